import { isListed, linksIn } from './links.ts'
import { phoneNumbers } from './phone-numbers.ts'
import type { Contacts } from './contacts.ts'

/** Words by which a text says that a number or a page may be another one by now. */
const hedge = /theo thông tin hiện có|kiểm (?:tra )?lại|nên hỏi lại|xem lại (?:số|trang|địa chỉ)|(?:số|trang|địa chỉ|mức)[^.\n]{0,40}có thể (?:đã )?(?:thay )?đổi|chưa chắc còn dùng/iu

/** The numbers and pages marked KIỂM that a text names as if they were sure: each line has to say so itself, since it is read and forwarded alone. */
export function unhedged(text: string, { unsure }: Pick<Contacts, 'unsure'>): string[] {
  return text.normalize('NFC').split('\n').filter((line) => !hedge.test(line)).flatMap((line) => [
    ...phoneNumbers(line).filter(({ digits }) => unsure.phones.has(digits)).map(({ raw }) => raw),
    ...linksIn(line).filter(({ host }) => isListed(host, unsure.sites)).map(({ raw }) => raw),
  ])
}
