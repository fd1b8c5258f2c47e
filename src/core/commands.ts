import { asksWhether } from './asking.ts'
import { rememberedIfShort } from './remembered-texts.ts'
import { takesBackRequest } from './taking-back.ts'
import { bareWords, clean, fold, lettersNear, lettersOf, saysBare, words } from './text.ts'

/** What a citizen may order at any moment; `take_back`: no person need come any more. */
export type Command = 'menu' | 'back' | 'human' | 'take_back' | 'stop' | 'start' | 'data' | 'erase'

/** They match only a whole message: "mất máy muốn xóa dữ liệu" is a question. `0` and `9` are for menus: see `decideText`. */
const phrases: Record<Command, string[]> = {
  menu: ['menu', 'menu chính', 'xem menu', 'về menu', 'quay lại menu', 'về menu chính', 'trang chủ', 'danh mục', 'bắt đầu lại', 'bắt đầu lại từ đầu', 'làm lại từ đầu', 'quay lại từ đầu', 'về đầu', 'mục lục', 'xem danh mục', 'quay về menu', 'trở về menu', 'trở lại menu', '/menu', '/start', '/help', 'help',
    'mê nu', 'mơ nu', 'meniu', 'mneu', 'meun', 'emnu', 'memu', 'mnu'],
  back: ['quay lại', 'trở lại', 'quay về', 'lùi lại', 'quay lại bước trước', 'về bước trước', 'trở về', 'quay ra', 'trở ra', 'quay trở lại', 'lùi', 'lui lại', 'trở lui', 'quay lui', 'back', '/back'],
  human: [
    'gặp cán bộ', 'gặp cán bộ trực', 'gặp người', 'gặp người thật', 'gặp người trực', 'gặp nhân viên', 'gặp tư vấn viên', 'gặp tổng đài viên',
    'nói chuyện với cán bộ', 'nói chuyện với người', 'nói chuyện với người thật', 'nói chuyện với nhân viên', 'chuyển cán bộ', 'kết nối cán bộ', 'chat với cán bộ', '/canbo',
  ],
  take_back: ['không cần cán bộ nữa', 'không cần gặp cán bộ nữa', 'thôi không gặp cán bộ nữa'],
  stop: [
    'dừng', 'stop', 'unsubscribe', 'unsub', '/stop', '/dung', 'tắt thông báo', 'dừng thông báo', 'dừng tin', 'dừng gửi tin', 'ngừng gửi tin', 'dừng nhận tin', 'dừng nhận tin nhắn', 'ngừng nhận tin', 'ngưng nhận tin',
    'hủy nhận tin', 'hủy nhận thông báo', 'hủy đăng ký nhận tin', 'hủy đăng ký nhận thông báo', 'bỏ đăng ký nhận tin', 'bỏ theo dõi nhận tin', 'từ chối nhận tin',
    'không nhận tin', 'không nhận tin nữa', 'không nhận thông báo nữa', 'không muốn nhận tin', 'không muốn nhận tin nữa', 'không gửi tin nữa', 'thôi nhận tin', 'thôi không nhận tin nữa',
    ...['đừng gửi tin', 'đừng nhắn tin', 'đừng gửi tin nhắn'].flatMap((order) => [order, ...['nữa', 'cho tôi nữa'].flatMap((more) => [`${order} ${more}`, `thôi ${order} ${more}`])]), 'đừng nhắn nữa', 'đừng gửi nữa',
    'bỏ đăng ký', 'bỏ theo dõi', 'hủy theo dõi', 'bỏ quan tâm', 'hủy quan tâm', 'tắt tin', 'tắt tin nhắn', 'ra khỏi danh sách', 'ra khỏi danh sách nhận tin', 'xóa tôi khỏi danh sách', 'xóa tôi khỏi danh sách nhận tin',
  ],
  start: [
    'nhận tin', 'đăng ký nhận tin', 'nhận lại tin', 'nhận tin lại', 'nhận tin trở lại', 'tiếp tục nhận tin', 'bật nhận tin', 'đk nhận tin', '/nhantin',
    'nhận thông báo', 'nhận lại thông báo', 'nhận thông báo lại', 'nhận thông báo trở lại', 'đăng ký nhận thông báo', 'đăng ký nhận tin thông báo', 'bật thông báo', 'bật lại thông báo', 'mở thông báo', 'mở lại thông báo',
  ],
  data: ['dữ liệu của tôi', 'xem dữ liệu của tôi', 'xem dữ liệu', 'xem dữ liệu đã lưu', 'xem thông tin của tôi', 'xem thông tin cá nhân của tôi', 'coi dữ liệu của tôi', 'cho xem dữ liệu', 'dữ liệu của em', 'dữ liệu của mình', '/dulieu'],
  erase: ['xóa dữ liệu', 'xóa dữ liệu của tôi', 'xóa hết dữ liệu', 'xóa hết dữ liệu của tôi', 'xóa thông tin của tôi', 'xóa hết thông tin của tôi', 'xóa thông tin cá nhân của tôi', 'xóa dữ liệu cá nhân của tôi',
    'xóa tin nhắn của tôi', 'xóa hết tin nhắn', 'xóa hết tin nhắn của tôi', 'xóa lịch sử', 'xóa lịch sử trò chuyện', 'xóa lịch sử chat', 'xóa cuộc trò chuyện', 'xóa cuộc trò chuyện này', '/xoa'],
}

interface Entry { command: Command; phrase: string; bare: string; letters: number }

const entries: readonly Entry[] = Object.entries(phrases).flatMap(([command, list]) =>
  list.map((phrase) => ({ command: command as Command, phrase, bare: bareWords(phrase), letters: lettersOf(bareWords(phrase)) })))
const byBare = Map.groupBy(entries, ({ bare }) => bare)

/** Shorter phrases have too many neighbours that mean something else: "nhận tin", "nhận tiền". */
const fuzzyFrom = 10
const longer = entries.filter(({ bare }) => bare.length >= fuzzyFrom)

/**
 * The command a whole message is, or null. Marks may be missing but not different ("đúng" is not "dừng", "nhắn tin" not
 * "nhận tin"); a key held too long ("menuu") is allowed in all phrases, other small typing errors in longer ones.
 */
export const commandOf = rememberedIfShort((text: string): Command | null => {
  if (text.length > 60 || asksWhether(text)) return null
  const bare = bareWords(text)
  const same = exactly(text, bare)
  if (same !== null) return same
  if (byBare.has(bare)) return null
  const once = text.replace(/(\p{L})\1+/giu, '$1')
  return exactly(once, bareWords(once))
    ?? misspelt(text, bare)
    ?? (takesBackRequest(text) ? 'take_back' : refusesNews(text) ? 'stop' : asksForPerson(text) ? 'human' : null)
})

function misspelt(text: string, bare: string): Command | undefined {
  const letters = lettersOf(bare)
  const found = longer.find((entry) => lettersNear(letters, entry.letters, 2) && saysBare(bare, entry.bare) && mayBeMisspelt(entry, bare))?.command
  // Calls are not ours to stop.
  return found === 'stop' && /gọi/iu.test(clean(text)) ? undefined : found
}

/**
 * What is done stands first, and one letter makes another order of it ("bật thông báo", "tắt thông báo"); "đừng gửi tiền" is near
 * the order to stop, "nhận tin giả" near a consent.
 */
function mayBeMisspelt({ command, bare: phrase }: Entry, bare: string): boolean {
  if (/\btien\b/.test(bare)) return false
  const [said, meant] = [bare.split(' '), phrase.split(' ')]
  return navigating.has(command) || (said[0] === meant[0] && (command !== 'start' || said.at(-1) === meant.at(-1)))
}
const navigating: ReadonlySet<Command> = new Set<Command>(['menu', 'back', 'human'])

/**
 * "hổng muốn nhận mấy tin này nữa đâu", "phiền quá, đừng gửi nữa": whole messages that are nothing but the wish to be left alone.
 * Read as typed, with or without marks: "dừng" and "đừng" say the same here, "nhắn" and "nhận" do not.
 */
function refusesNews(text: string): boolean {
  return /n[uữự]a/iu.test(text) && !/\?\s*$/u.test(text) && refusal.test(` ${clean(text).toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim()} `)
}

const typed = (marked: string): string => [...new Set(marked.split('|').flatMap((word) => [word, fold(word)]))].join('|')
const not = `nỏ|${typed('không|hông|hổng|hong|hem|hok|ko|k|kg|chẳng|chả')}`
const news = `(?: (?:${typed('mấy|những|các|cái|ba cái|tin|tin nhắn|thông báo|quảng cáo|này|kiểu này|ni|nầy|nớ|đó')}))`
const fed = `(?: (?:${typed('phiền|làm phiền|mệt|bực|ồn|rác|nhiều')}) (?:${typed('quá|lắm|ghê|rồi')}))?`
const end = ` (?:${typed('nữa|nựa')})(?: (?:${typed('đâu|mô|nha|nhé|nghe|nghen|ạ|nhá|đi|giùm|dùm|giúp|với|ad|em|luôn')}))*`
const self = `(?: (?:cho|${typed('gởi|gửi|tới|đến')}) (?:${typed('tôi|tui|em|mình|cháu|con|bác|cô|chú|anh|chị|bà|ông')}))?`
const polite = `(?: (?:${typed('dạ|thôi|xin|làm ơn|vui lòng|nhờ|ad|admin|bot|em|tôi|tui|mình|bác|cô|chú|anh|chị|cháu|con|từ nay|ơi')}))*`
const refusal = new RegExp(`^${fed}${polite} (?:(?:${not}|${typed('khỏi|đừng|dừng|ngừng|ngưng|thôi')})(?: (?:${typed('muốn|cần|có|phải')}))? (?:${typed('nhận|gửi|gởi')})|(?:${typed('đừng|dừng|ngừng|ngưng|không|khỏi')})(?: ${typed('có')})? (?:${typed('nhắn')}))${news}*${self}${end}${fed} $`, 'u')

const exactly = (text: string, bare: string): Command | null =>
  byBare.get(bare)?.find(({ phrase }) => marksFit(text, phrase) || marksFit(text.replace(need, ''), phrase))?.command ?? null

/** "cô cần gặp cán bộ": without marks the same word as in "cán bộ". */
const need = /^(?:\p{L}+\s+){0,3}cần\s+/iu

/** Longer sentences tell a story in which a person is only named. */
const longestAsking = 10

/**
 * "cho tôi nói chuyện với người", "kết nối tôi với cán bộ hỗ trợ", "gọi lại cho tôi số 0912 …": a short sentence, or the
 * end of one, that is nothing but the wish. Where or how to meet somebody is a question.
 */
function asksForPerson(text: string): boolean {
  const wish = text.replace(/\d[\d .-]{5,}/g, ' 0 ').replace(/[\s.!?]+$/u, '').split(/[,.;!\n]/u).at(-1)!
  const said = words(wish)
  return said.length <= longestAsking && [meeting, callingBack, fetching, noMachine].some((way) => way.test(said.join(' ')))
}

const before = '(?:(?:da|alo|ad|admin|em|anh|chi|bac|co|chu|ban|oi|a|toi|tui|minh|chau|con|xin|nho|van|muon|can|dang|cho|de|hay|vui|long|lam|on|giup|phien|duoc|yeu|cau|the) )*'
const after = '(?: (?:a|di|nhe|nha|voi|luon|ngay|gap|giup|gium|dum|ho|truc|tiep|em|toi|duoc|khong|ko|k|hong|dc|chut|mot|lat|bay|gio|voi|cai))*'
const described = '(?: (?:ho tro|tu van|truc|truc ban|phu trach|that|khac|cua xa|cua tinh|nao do|o day))*'
const someone = `(?:mot |1 |anh |chi |vi |ai do )?(?:can bo|nguoi|nguoi that|con nguoi|nhan vien|tong dai vien|tu van vien|nguoi phu trach|ai do)${described}`
const meeting = new RegExp(`^${before}(?:gap|noi chuyen(?: truc tiep)?|trao doi|chat|ket noi|noi may|lien he|chuyen(?: may)?|goi dien)(?: (?:toi|em|minh|may|cho|sang|qua|den|voi|truc tiep))* ${someone}${after}$`)
const staff = `(?:mot |1 |anh |chi |vi )?(?:can bo|nguoi that|con nguoi|nhan vien|tong dai vien|tu van vien|nguoi phu trach|nguoi truc)${described}`
/** "gọi cán bộ đi", "cho người thật trả lời", "đừng trả lời tự động nữa". */
const fetching = new RegExp(`^${before}(?:goi|keu|moi|nho|bao|cho) ${staff}(?: (?:ra|vao|den|tra loi|tu van|noi chuyen|giai quyet|xu ly|nhan tin|toi|em|minh|voi|lai|cho toi|cho em|cho minh|cho chau))*${after}$`)
const noMachine = new RegExp(`^${before}(?:${staff} (?:tra loi|noi chuyen|tu van|ra day|dau)|(?:dung|thoi|ngung|khong can|khong muon) tra loi (?:tu dong|bang may))(?: (?:nua|roi|lam roi))*${after}$`)
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
