import { bareWords, clean, fold, saysBare } from '../core/text.ts'

/** What a citizen may order at any moment. */
export type Command = 'menu' | 'back' | 'human' | 'stop' | 'start' | 'data' | 'erase'

/** They match only a whole message: "mất máy muốn xóa dữ liệu" is a question. `0` and `9` are for menus, see decide. */
const phrases: Record<Exclude<Command, 'back'>, string[]> = {
  menu: ['menu', 'menu chính', 'xem menu', 'về menu', 'quay lại menu', 'về menu chính', 'trang chủ', 'danh mục', 'bắt đầu lại', '/menu', '/start', '/help'],
  human: [
    'gặp cán bộ', 'gặp cán bộ trực', 'gặp người', 'gặp người thật', 'gặp người trực', 'gặp nhân viên', 'gặp tư vấn viên', 'gặp tổng đài viên',
    'nói chuyện với cán bộ', 'nói chuyện với người', 'nói chuyện với người thật', 'nói chuyện với nhân viên', 'chuyển cán bộ', 'kết nối cán bộ', 'chat với cán bộ', '/canbo',
  ],
  stop: ['dừng', 'dừng nhận tin', 'dừng nhận tin nhắn', 'ngừng nhận tin', 'ngưng nhận tin', 'hủy nhận tin', 'không nhận tin nữa', 'thôi nhận tin', 'hủy đăng ký nhận tin', 'từ chối nhận tin', 'stop', '/stop', '/dung'],
  start: ['nhận tin', 'đăng ký nhận tin', 'nhận lại tin', 'nhận tin trở lại', 'bật nhận tin', '/nhantin'],
  data: ['dữ liệu của tôi', 'xem dữ liệu của tôi', 'dữ liệu của em', 'dữ liệu của mình', '/dulieu'],
  erase: ['xóa dữ liệu', 'xóa dữ liệu của tôi', 'xóa hết dữ liệu', 'xóa hết dữ liệu của tôi', 'xóa thông tin của tôi', '/xoa'],
}

const table = Object.entries(phrases).flatMap(([command, list]) =>
  list.map((phrase) => ({ command: command as Command, phrase, bare: bareWords(phrase) })))

/** Shorter phrases have too many neighbours that mean something else: "nhận tin", "nhận tiền". */
const fuzzyFrom = 10

/**
 * The command a whole message is, or null. Marks may be missing but not different ("đúng" is not "dừng", "nhắn tin" not
 * "nhận tin"); small typing errors are allowed in longer phrases.
 */
export function commandOf(text: string): Command | null {
  if (text.length > 60) return null
  const bare = bareWords(text)
  const same = table.find((entry) => entry.bare === bare && marksFit(text, entry.phrase))
  if (same !== undefined) return same.command
  if (table.some((entry) => entry.bare === bare)) return null
  return table.find((entry) => entry.bare.length >= fuzzyFrom && saysBare(bare, entry.bare))?.command ?? null
}

/** Whether every word of the text that is also in the phrase is written as there, without its tone, or bare. */
function marksFit(text: string, phrase: string): boolean {
  const wanted = wordMarks(phrase)
  return wordMarks(text).every(({ word, marks }) => {
    const same = wanted.filter((other) => other.word === word)
    return same.length === 0 || same.some((other) => marks === '' || marks === other.marks || marks === withoutTone(other.marks))
  })
}

const withoutTone = (marks: string): string => marks.replace(/[\u0300\u0301\u0303\u0309\u0323]/g, '')

function wordMarks(text: string): { word: string; marks: string }[] {
  return clean(text).toLowerCase().split(/[^\p{L}]+/u).filter((word) => word !== '').map((typed) => ({
    word: fold(typed),
    marks: typed.replace(/đ/g, '-').normalize('NFD').replace(/[a-z]/g, ''),
  }))
}
