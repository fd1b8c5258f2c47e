import { itemsOfFile, type Item } from '../../content/sheets/items.ts'
import { sheetNamed, writtenColumns } from '../../content/sheets/layout.ts'
import type { DraftChange } from './drafts.ts'
import { piecesOf } from './line-difference.ts'
import { kindOf } from './word-files.ts'

/** One place where a file says something else, named as staff know it. */
export interface ChangedPlace {
  /** `Trả lời ngắn`, `Câu hỏi`, `Dòng 12`. */
  title: string
  /** Empty where nothing stood or stands. */
  before: string
  after: string
}

/** What a change makes different, place by place; by lines where the file has no places of its own, or only its comments differ. */
export function placesOf({ file, before, after }: DraftChange): ChangedPlace[] {
  const hasPlaces = ['article', 'flow', 'replies'].includes(kindOf(file))
  const items = (text: string | null): Item[] => (text === null || !hasPlaces ? [] : itemsOfFile({ ...file, text }))
  const places = itemPlaces(items(before), items(after))
  return places.length > 0 || before === after ? places : linePlaces(before ?? '', after)
}

function itemPlaces(before: readonly Item[], after: readonly Item[]): ChangedPlace[] {
  const sheets = [...new Set([...before, ...after].map(({ sheet }) => sheet))]
  return sheets.flatMap((name) => {
    const [was, now] = [before, after].map((items) => items.filter(({ sheet }) => sheet === name)) as [Item[], Item[]]
    return sheetNamed(name).list === null ? thingPlaces(was, now) : listPlaces(name, was, now)
  })
}

/** Things that are always there: each cell for itself. */
function thingPlaces(before: readonly Item[], after: readonly Item[]): ChangedPlace[] {
  const scopes = [...new Set([...before, ...after].map(({ scope }) => scope))]
  return scopes.flatMap((scope) => {
    const [was, now] = [before.find((item) => item.scope === scope), after.find((item) => item.scope === scope)]
    const item = (now ?? was)!
    return writtenColumns(sheetNamed(item.sheet)).map(({ id, heading }) => ({ title: `${whereOf(item)}${heading}`, before: was?.cells[id] ?? '', after: now?.cells[id] ?? '' }))
      .filter((place) => place.before !== place.after)
  })
}

const whereOf = ({ sheet, cells }: Item): string => {
  if (sheet === 'flows') return `${[cells.step, cells.place].filter((part) => part !== '').join(' · ')} · `
  return sheet === 'replies' ? `${cells.key} · ` : ''
}

/** Items of a list: what left it against what came, in order; moving one is no change. */
function listPlaces(name: Item['sheet'], before: readonly Item[], after: readonly Item[]): ChangedPlace[] {
  const sheet = sheetNamed(name)
  const told = ({ cells }: Item): string => writtenColumns(sheet).map(({ id }) => cells[id] ?? '').filter((text) => text !== '').join('\n')
  const [was, now] = [before.map(told), after.map(told)]
  const [gone, come] = [without(was, now), without(now, was)]
  return Array.from({ length: Math.max(gone.length, come.length) }, (_, n) => ({ title: sheet.list!.noun, before: gone[n] ?? '', after: come[n] ?? '' }))
}

function without(all: readonly string[], others: readonly string[]): string[] {
  const left = [...others]
  return all.filter((one) => {
    const at = left.indexOf(one)
    if (at !== -1) left.splice(at, 1)
    return at === -1
  })
}

function linePlaces(before: string, after: string): ChangedPlace[] {
  const places: ChangedPlace[] = []
  let line = 1
  let open: ChangedPlace | null = null
  for (const { kind, text } of piecesOf(linesOf(before), linesOf(after), '\n')) {
    if (kind === 'same') open = null
    else {
      if (open === null) places.push(open = { title: `Dòng ${line}`, before: '', after: '' })
      open[kind === 'gone' ? 'before' : 'after'] = text
    }
    if (kind !== 'gone') line += text.split('\n').length
  }
  return places
}

const linesOf = (text: string): string[] => text.replaceAll('\r\n', '\n').split('\n')

