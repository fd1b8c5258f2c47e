import { clean, words } from './text.ts'

/** The wish that no person need come any more. */

/** Longer sentences tell a story. */
const longest = 14

const politely = '(?:(?:da|thoi|a|oi|xin|lam|on|vui|long|nho|em|toi|tui|minh|con|chau|bac|co|chu|anh|chi|ad|admin|bot|gio|bay|the|vay|thi|ok|tu|lam|hieu|biet|ra|viec|het|duoc|xong|roi) )*'
const not = '(?:khong|hong|hem|ko|k|hok|chang|cha|khoi|dung)'
const person = '(?:(?:mot|anh|chi|vi|cac) )?(?:can bo|cb|nguoi|nguoi that|nhan vien|tong dai vien|tu van vien)(?: (?:ho tro|tu van|truc|that|xa|tinh))*'
const meeting = `(?:gap|cho|doi|phien|lam phien|noi chuyen|ket noi|lien he|hoi|chuyen)(?: (?:voi|den|toi|qua|sang|cho))?`
const over = '(?: (?:nua|dau|giup|gium|dum|voi|a|nhe|nha|nghe|nghen|em|toi|tui|ad|oi|roi|luon|day|cam|on))*'
const refusing = [
  `${not} (?:can|muon|can phai)(?: (?:xin|nho))? (?:${meeting} )?${person}(?: (?:goi lai|tra loi|ho tro|giup))?`,
  `(?:khoi|dung) ${meeting} ${person}`,
  `${not} ${meeting} ${person} nua`,
  `${not} (?:can|muon) (?:goi|goi dien|dien|lien he) lai(?: cho (?:toi|em|minh|tui|con|chau))?`,
  `(?:huy|huy bo|bo|rut|rut lai)(?: (?:yeu cau|de nghi|viec|lenh|lich|hen))?(?: (?:xin|duoc))? ${meeting} ${person}`,
]
const whole = new RegExp(`^${politely}(?:${refusing.join('|')})${over}$`)

/**
 * Whether a short message, or the end of one, takes back the wish for a person: "thôi không cần gặp cán bộ nữa", "hủy yêu cầu gặp cán bộ".
 * "Không gặp được cán bộ" and whatever asks ("không cần gặp cán bộ à?") do not.
 */
export function takesBackRequest(text: string): boolean {
  if (text.length > 100 || /\?\s*$/u.test(text)) return false
  const wish = clean(text).replace(/[\s.!]+$/u, '').split(/[,.;!\n]/u).at(-1)!
  const said = words(wish)
  return said.length <= longest && whole.test(said.join(' ')) && !saysSomethingElse(wish)
}

/** With other marks the words say something else: "đúng" and "dùng" are no "đừng". */
const saysSomethingElse = (wish: string): boolean => /(?:^|\s)(?:đúng|dùng|cân|khói|khởi|bò)(?=\s|$)/iu.test(wish)
