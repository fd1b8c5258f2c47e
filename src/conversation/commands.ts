import { bareWords, clean, saysBare } from '../core/text.ts'

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
const exact = new Map(table.map((entry) => [entry.bare, entry]))

/**
 * The command a whole message is, or null. Marks may be missing; small typing errors are allowed in phrases of two
 * words and more. A single word with marks must be that very word: "đúng" is not "dừng".
 */
export function commandOf(text: string): Command | null {
  if (text.length > 60) return null
  const bare = bareWords(text)
  const found = exact.get(bare) ?? table.find((entry) => entry.bare.includes(' ') && saysBare(bare, entry.bare))
  if (found === undefined) return null
  return found.bare.includes(' ') || sameMarks(text, found.phrase) ? found.command : null
}

function sameMarks(text: string, word: string): boolean {
  const typed = clean(text).toLowerCase()
  return !/[^\x00-\x7f]/.test(typed) || typed.includes(word)
}
