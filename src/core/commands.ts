import { bareWords, clean, fold, saysBare, words } from './text.ts'

/** What a citizen may order at any moment. */
export type Command = 'menu' | 'back' | 'human' | 'stop' | 'start' | 'data' | 'erase'

/** They match only a whole message: "mất máy muốn xóa dữ liệu" is a question. `0` and `9` are for menus: see `decideText`. */
const phrases: Record<Command, string[]> = {
  menu: ['menu', 'menu chính', 'xem menu', 'về menu', 'quay lại menu', 'về menu chính', 'trang chủ', 'danh mục', 'bắt đầu lại', '/menu', '/start', '/help', 'help',
    'mê nu', 'mneu', 'meun', 'emnu', 'memu', 'mnu'],
  back: ['quay lại', 'trở lại', 'quay về', 'lùi lại', 'quay lại bước trước', 'về bước trước', 'back', '/back'],
  human: [
    'gặp cán bộ', 'gặp cán bộ trực', 'gặp người', 'gặp người thật', 'gặp người trực', 'gặp nhân viên', 'gặp tư vấn viên', 'gặp tổng đài viên',
    'nói chuyện với cán bộ', 'nói chuyện với người', 'nói chuyện với người thật', 'nói chuyện với nhân viên', 'chuyển cán bộ', 'kết nối cán bộ', 'chat với cán bộ', '/canbo',
  ],
  stop: [
    'dừng', 'stop', 'unsubscribe', 'unsub', '/stop', '/dung', 'tắt thông báo', 'dừng thông báo', 'dừng tin', 'dừng gửi tin', 'ngừng gửi tin', 'dừng nhận tin', 'dừng nhận tin nhắn', 'ngừng nhận tin', 'ngưng nhận tin',
    'hủy nhận tin', 'hủy nhận thông báo', 'hủy đăng ký nhận tin', 'hủy đăng ký nhận thông báo', 'bỏ đăng ký nhận tin', 'bỏ theo dõi nhận tin', 'từ chối nhận tin',
    'không nhận tin', 'không nhận tin nữa', 'không nhận thông báo nữa', 'không muốn nhận tin', 'không muốn nhận tin nữa', 'không gửi tin nữa', 'thôi nhận tin', 'thôi không nhận tin nữa',
    ...['đừng gửi tin', 'đừng nhắn tin', 'đừng gửi tin nhắn'].flatMap((order) => [order, ...['nữa', 'cho tôi nữa'].flatMap((more) => [`${order} ${more}`, `thôi ${order} ${more}`])]), 'đừng nhắn nữa', 'đừng gửi nữa',
  ],
  start: ['nhận tin', 'đăng ký nhận tin', 'nhận lại tin', 'nhận tin trở lại', 'bật nhận tin', '/nhantin'],
  data: ['dữ liệu của tôi', 'xem dữ liệu của tôi', 'xem dữ liệu', 'xem dữ liệu đã lưu', 'xem thông tin của tôi', 'cho xem dữ liệu', 'dữ liệu của em', 'dữ liệu của mình', '/dulieu'],
  erase: ['xóa dữ liệu', 'xóa dữ liệu của tôi', 'xóa hết dữ liệu', 'xóa hết dữ liệu của tôi', 'xóa thông tin của tôi', '/xoa'],
}

const table = Object.entries(phrases).flatMap(([command, list]) =>
  list.map((phrase) => ({ command: command as Command, phrase, bare: bareWords(phrase) })))

/** Shorter phrases have too many neighbours that mean something else: "nhận tin", "nhận tiền". */
const fuzzyFrom = 10

/**
 * The command a whole message is, or null. Marks may be missing but not different ("đúng" is not "dừng", "nhắn tin" not
 * "nhận tin"); a key held too long ("menuu") is allowed in all phrases, other small typing errors in longer ones.
 */
export function commandOf(text: string): Command | null {
  if (text.length > 60) return null
  const bare = bareWords(text)
  const same = exactly(text, bare)
  if (same !== null) return same
  if (table.some((entry) => entry.bare === bare)) return null
  const once = text.replace(/(\p{L})\1+/giu, '$1')
  return exactly(once, bareWords(once))
    ?? table.find((entry) => entry.bare.length >= fuzzyFrom && mayBeMisspelt(entry.command, bare) && saysBare(bare, entry.bare))?.command
    ?? (asksForPerson(text) ? 'human' : null)
}

/** "xem dữ liệu" is near the order to erase, "đừng gửi tiền" near the one to stop. */
const mayBeMisspelt = (command: Command, bare: string): boolean => (command !== 'erase' || bare.startsWith('xoa ')) && !/\btien\b/.test(bare)

const exactly = (text: string, bare: string): Command | null =>
  table.find((entry) => entry.bare === bare && marksFit(text, entry.phrase))?.command ?? null

/** Longer sentences tell a story in which a person is only named. */
const longestAsking = 10

/**
 * "cho tôi nói chuyện với người", "kết nối tôi với cán bộ hỗ trợ", "gọi lại cho tôi số 0912 …": a short sentence, or the
 * end of one, that is nothing but the wish. Where or how to meet somebody is a question.
 */
function asksForPerson(text: string): boolean {
  const wish = text.replace(/\d[\d .-]{5,}/g, ' 0 ').replace(/[\s.!?]+$/u, '').split(/[,.;!\n]/u).at(-1)!
  const said = words(wish)
  return said.length <= longestAsking && (meeting.test(said.join(' ')) || callingBack.test(said.join(' ')))
}

const before = '(?:(?:da|alo|ad|admin|em|anh|chi|bac|co|chu|ban|oi|a|toi|tui|minh|chau|con|xin|nho|muon|can|dang|cho|de|hay|vui|long|lam|on|giup|phien|duoc|yeu|cau) )*'
const after = '(?: (?:a|di|nhe|nha|voi|luon|ngay|gap|giup|gium|dum|ho|truc|tiep|em|toi|duoc|khong|ko|k|hong|dc|chut|mot|lat|bay|gio|voi|cai))*'
const someone = '(?:mot |1 |anh |chi |vi |ai do )?(?:can bo|nguoi|nguoi that|con nguoi|nhan vien|tong dai vien|tu van vien|nguoi phu trach|ai do)(?: (?:ho tro|tu van|truc|truc ban|phu trach|that|khac|cua xa|cua tinh|nao do|o day))*'
const meeting = new RegExp(`^${before}(?:gap|noi chuyen(?: truc tiep)?|trao doi|chat|ket noi|noi may|lien he|chuyen(?: may)?|goi dien)(?: (?:toi|em|minh|may|cho|sang|qua|den|voi|truc tiep))* ${someone}${after}$`)
const callingBack = new RegExp(`^${before}(?:(?:nho|xin|muon|can|yeu cau|bao) (?:can bo|nhan vien|nguoi|ai do) )?(?:goi|goi lai|goi dien|goi dien lai|dien|dien lai|lien he|lien he lai|lien lac)(?: (?:lai|cho|voi|giup))* (?:toi|em|minh|chau|con|bac|co|chu)(?: (?:theo|qua|vao|so|so dien thoai|sdt|dt|la|nay|0))*${after}$`)

/** Whether every word of the text that is also in the phrase is written as there, without its tone, or bare. */
function marksFit(text: string, phrase: string): boolean {
  if (!/[^\x00-\x7f]/.test(text)) return true
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
