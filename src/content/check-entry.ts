import { profileLimits } from '../channels/profile.ts'
import type { Problem } from '../core/problem.ts'
import { lengthOf } from '../core/text.ts'
import type { Path } from '../core/yaml.ts'
import type { EntryFile } from './entry.ts'
import type { KnownArticles } from './known-articles.ts'

/** A greeting that fills the first screen of a phone is not read. */
const longestGreeting = 600

/** What may be opened. */
export interface Targets { flow(id: string): boolean; articles: KnownArticles }

/** What is not good about the greeting and the menus that can be used. */
export function checkEntry(read: EntryFile, has: Targets): Problem[] {
  return [...lostTargets(read, has), ...tooLong(read)]
}

/** Entries that open a flow or article which is not there. They lead to the main menu, so that the server runs on, but a printed code leads nowhere. */
function lostTargets({ entry, file, locate }: EntryFile, has: Targets): Problem[] {
  const places: { path: Path; opens: string }[] = [
    ...entry.persistentMenu.map(({ opens }, index) => ({ path: ['persistent_menu', index, 'opens'], opens })),
    ...entry.iceBreakers.map(({ opens }, index) => ({ path: ['ice_breakers', index, 'opens'], opens })),
    ...entry.commands.map(({ opens }, index) => ({ path: ['commands', index, 'opens'], opens })),
    ...Object.entries(entry.refs).map(([ref, opens]) => ({ path: ['refs', ref], opens })),
  ]
  return places.flatMap(({ path, opens }): Problem[] => {
    const [kind, id = ''] = opens.split(':')
    const standing = kind === 'article' ? has.articles.standing(id) : kind === 'flow' && !has.flow(id) ? 'unknown' : 'used'
    if (standing === 'withdrawn') return [{ file, ...locate(path), severity: 'warning', what: `"${opens}" dẫn tới mục đã rút`, todo: has.articles.instead(id) }]
    return standing !== 'unknown' ? [] : [{ file, ...locate(path), severity: 'error', what: `"${opens}" không có`, todo: 'sửa mã, hoặc bỏ dòng này; người dân sẽ được đưa về menu chính' }]
  })
}

/** What a platform would cut or leave out. */
function tooLong({ entry, file, locate }: EntryFile): Problem[] {
  const { facebook, telegram } = profileLimits
  const problems: Problem[] = []
  const complain = (path: Path, what: string, todo: string) => problems.push({ file, ...locate(path), severity: 'warning', what, todo })
  const count = (key: string, items: readonly unknown[], most: number, where: string) => {
    if (items.length > most) complain([key, most], `${where} chỉ hiện ${most} dòng đầu, ở đây có ${items.length}`, 'bỏ bớt dòng ít dùng')
  }
  const length = (path: Path, text: string, most: number, where: string) => {
    if (lengthOf(text) > most) complain(path, `dài ${lengthOf(text)} ký tự, ${where} chỉ hiện ${most}`, `rút ngắn còn nhiều nhất ${most} ký tự`)
  }
  length(['greeting'], entry.greeting, longestGreeting, 'màn hình điện thoại')
  count('persistent_menu', entry.persistentMenu, facebook.menu, 'menu Facebook')
  count('ice_breakers', entry.iceBreakers, facebook.iceBreakers, 'Facebook')
  count('commands', entry.commands, telegram.commands, 'Telegram')
  entry.persistentMenu.forEach(({ title }, index) => length(['persistent_menu', index, 'title'], title, facebook.menuTitle, 'menu Facebook'))
  entry.iceBreakers.forEach(({ title }, index) => length(['ice_breakers', index, 'title'], title, facebook.question, 'Facebook'))
  entry.commands.forEach(({ description }, index) => length(['commands', index, 'description'], description, telegram.commandDescription, 'Telegram'))
  return problems
}
