import * as z from 'zod'
import type { Problem } from '../core/problem.ts'
import { keys, readYaml, someText, type Locate, type Path } from '../core/yaml.ts'
import type { TextFile } from './files.ts'
import { knownNames, placeholderProblems } from './placeholders.ts'
import type { Entry } from './types.ts'

/** What `command:<name>` may name. */
export const commandNames = ['menu', 'human', 'stop', 'start', 'data', 'erase'] as const

const opens = someText.regex(
  new RegExp(`^(flow:[a-z0-9-]+|article:[a-z0-9-]+|command:(${commandNames.join('|')})|https://\\S+)$`),
  `nơi mở ra viết sai → viết flow:<mã>, article:<mã>, command:<${commandNames.join(' | ')}> hoặc https://…`,
)
const item = keys({ title: someText, opens })

const schema = keys({
  greeting: someText,
  persistent_menu: z.array(item).optional(),
  ice_breakers: z.array(item).optional(),
  commands: z.array(keys({ command: someText.regex(/^[a-z0-9_]{1,32}$/, 'tên lệnh viết sai → dùng chữ thường không dấu, số, gạch dưới, không có dấu /'), description: someText, opens })).optional(),
  refs: z.record(z.string().regex(/^[\w-]{1,64}$/, 'mã QR viết sai → dùng 1–64 chữ không dấu, số, gạch ngang, gạch dưới'), opens).optional(),
})

export interface EntryFile { entry: Entry; file: string; locate: Locate }

/** `entry.yaml`: the greeting, menus, and where QR codes lead. */
export function parseEntry({ file, text }: TextFile, province: Readonly<Record<string, string>>): { read: EntryFile | null; problems: Problem[] } {
  const { value, problems, locate } = readYaml(file, text, schema)
  if (value === null) return { read: null, problems }
  const entry: Entry = {
    greeting: value.greeting,
    persistentMenu: value.persistent_menu ?? [],
    iceBreakers: value.ice_breakers ?? [],
    commands: value.commands ?? [],
    refs: value.refs ?? {},
  }
  const wrong = placeholderProblems(file, locate, ['greeting'], entry.greeting, knownNames(province, ['privacy_url']))
  return { read: wrong.length > 0 ? null : { entry, file, locate }, problems: wrong }
}

/** Entries that open a flow or article which is not there. They lead to the main menu, so this stops nothing. */
export function checkEntry({ entry, file, locate }: EntryFile, has: { flow(id: string): boolean; article(id: string): boolean }): Problem[] {
  const places: { path: Path; opens: string }[] = [
    ...entry.persistentMenu.map(({ opens }, index) => ({ path: ['persistent_menu', index, 'opens'], opens })),
    ...entry.iceBreakers.map(({ opens }, index) => ({ path: ['ice_breakers', index, 'opens'], opens })),
    ...entry.commands.map(({ opens }, index) => ({ path: ['commands', index, 'opens'], opens })),
    ...Object.entries(entry.refs).map(([ref, opens]) => ({ path: ['refs', ref], opens })),
  ]
  return places.flatMap(({ path, opens }): Problem[] => {
    const [kind, id = ''] = opens.split(':')
    const there = kind === 'flow' ? has.flow(id) : kind === 'article' ? has.article(id) : true
    return there ? [] : [{ file, ...locate(path), severity: 'warning', what: `"${opens}" không có`, todo: 'sửa mã, hoặc bỏ dòng này; người dân sẽ được đưa về menu chính' }]
  })
}
