import { clean, words } from './text.ts'

/** Questions that are made of the words of an order: "có cần gặp cán bộ không". */

/** What may follow the question word. */
const softeners: ReadonlySet<string> = new Set(['a', 'da', 'vay', 'the', 'em', 'ad', 'admin', 'bot', 'anh', 'chi', 'ban', 'nhi', 'ta', 'oi', 'nhe', 'nha', 'rua', 'hen'])
const whether: ReadonlySet<string> = new Set(['khong', 'hong', 'hok', 'hem', 'khum', 'ko', 'k', 'kg'])
/** "cho tôi gặp cán bộ được không" asks for it politely. */
const granting: ReadonlySet<string> = new Set(['duoc', 'dc'])

const needed = /(?:^|[,.;!\n])\s*(?:(?:dạ|vậy|thế|rồi|thì|ad|em|anh|chị)\s+)*có\s+(?:cần|phải|bắt\s+buộc|nhất\s+thiết)(?=\s)/iu
const neededToo = /^(?:co )?(?:can|phai|bat buoc|nhat thiet) /
const wondering = /\s(?:hả|hở|hử)[\s.?!]*$/iu
const wonderingAboutNeed = /\s(?:hả|hở|hử|à|ư|chứ|sao|ha)(?:\s+(?:em|ad|anh|chị|bạn|vậy))?[\s.?!]*$/iu

/**
 * Whether a short message only asks about what its words could order: "có cần gặp cán bộ không", "phải gặp cán bộ à". "Gặp cán bộ được
 * không" is the order, politely.
 */
export function asksWhether(text: string): boolean {
  const typed = clean(text)
  const said = words(typed)
  while (said.length > 1 && softeners.has(said.at(-1)!)) said.pop()
  if (whether.has(said.at(-1) ?? '')) return !granting.has(said.at(-2) ?? '')
  if (needed.test(typed) || wondering.test(typed)) return !granting.has(said.at(-1) ?? '')
  return neededToo.test(said.join(' ')) && (wonderingAboutNeed.test(typed) || (said[0] === 'co' && /\?\s*$/u.test(typed)))
}

const meeting = '(?:gap|lien he|noi chuyen|trao doi|tiep xuc)(?: (?:truc tiep|voi|mat))*'
const somebody = '(?:mot |1 |anh |chi |ong |ba )?(?:can bo|cb|cong an|nhan vien|nguoi|ai)(?: (?:xa|phuong|that|truc|nao|do|het|truc tiep))*'
const needOfPerson = new RegExp(`(?<= |^)(?:(?:co )?(?:can|phai|can phai|bat buoc|bat buoc phai|nhat thiet phai)|co) (?:(?:di|len|ra|den|toi|xuong|ve)(?: (?:xa|phuong|uy ban))? )?${meeting} ${somebody}(?= |$)`)

/**
 * The words around "có cần gặp cán bộ", "phải lên xã gặp công an": what a question whether one must meet somebody is about, as
 * places in `said`, the message's folded words; null where it asks no such thing.
 */
export function needOfPersonIn(said: readonly string[]): { from: number; to: number } | null {
  const all = said.join(' ')
  const found = needOfPerson.exec(all)
  if (found === null) return null
  const from = all.slice(0, found.index).split(' ').length - 1
  return { from, to: from + found[0].split(' ').length }
}

/** Whether a short message asks if one must meet somebody, and does not ask to. */
export const asksWhetherToMeet = (text: string): boolean => text.length <= 100 && asksWhether(text) && needOfPersonIn(words(text)) !== null
