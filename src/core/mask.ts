import { maskNames } from './mask-names.ts'
import { clean } from './text.ts'

/**
 * Takes out what could name a person before a question is kept for staff: passwords and codes, links, e-mail addresses and
 * accounts, runs of digits (phone, ID, account, file numbers) however they are broken up or spelled out, number plates,
 * passports, names and addresses in capitals or small letters. Marks what stood there, so that the question stays readable.
 */
export function maskPersonal(text: string): string {
  const seen = clean(text).replace(/[\p{Cf}\u034f\ufe0f\u20e3]/gu, '').replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf)).replace(/[^\P{N}\d]/gu, plainDigit)
  const withoutNumbers = withoutSecrets(seen)
    .replace(mixedDigits, (run) => (digitsIn(run) >= 9 ? '[số]' : run))
    .replace(/https?:\/\/\S+|\bwww\.\S+|\b(?:(?:fb|facebook|instagram|tiktok|youtube)\.com|(?:m|t|zalo)\.me)\/\S+/giu, '[liên kết]')
    .replace(email, '[e-mail]')
    .replace(accountName, (whole, lead: string, name: string) => (isAccountName(name) ? `${lead}[liên kết]` : whole))
    .replace(/(?<!\S)@[\w.]{3,}/gu, '[liên kết]')
    .replace(/(?<![\p{L}\d])\d{2}[ .-]?[A-ZĐ][A-ZĐ\d]?[ .-]*\d{3}[.]?\d{1,2}(?!\d)/giu, '[số]')
    .replace(/(?<![\p{L}\d])[\dOoIl](?:[\s.\-_]{0,2}[\dOoIl]){7,}(?![\p{L}\d])/gu, (found) => ((found.match(/\d/g) ?? []).length >= 4 ? '[số]' : found))
    .replace(/(?<![\p{L}\d])[A-Z]\d{7,8}(?!\d)/giu, '[số]')
    .replace(/(?<!\d)[+(]?\d(?:[\s.\-–/_,*|~()]{0,3}\d){5,}/gu, (run) => (/^\d{1,3}\/20\d{2}$/.test(run) ? run : '[số]'))
    // Nine and more, whatever signs stand between; the colon and the hundredth part of hours and shares.
    .replace(/(?<!\d)\d(?:[^\p{L}\p{N}:%]{0,3}\d){8,}/gu, '[số]')
    .replace(spelledDigits, '[số]')
  return maskNames(withoutNumbers
    .replace(/(?<=(?:tên|Tên|ten|tôi|Tôi|tui|em|chị|anh) (?:tôi )?(?:là|la) )\p{Lu}\p{L}*(?: \p{Lu}\p{L}*)*/gu, '[tên]')
    .replace(/(?<=(?<!\p{L})(?:số nhà|nhà số|ngõ|hẻm|kiệt|đường|thôn|ấp|xóm|khóm|bản|buôn|làng) )(?:\d[\p{L}\d/.-]*|\p{Lu}\p{L}*(?: \p{Lu}\p{L}*)*)/gu, '[địa chỉ]')
    .replace(/(?<!\p{L})\d+\p{L}?(?:\/\d+)*,? \p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}*){1,3}(?!\p{L})/gu, (found) => (isPublic(found.replace(/^\S+ /u, '')) ? found : '[địa chỉ]'))
    .replace(/(?<!\p{L})\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}*){1,4}(?!\p{L})/gu, (run) => (isPublic(run) ? run : '[tên]'))
    .replace(/(?<=(?:^|\s)(?:[ôÔ]ng|[bB]à|[aA]nh|[cC]hị|[cC]ô|[cC]hú|[bB]ác|[cC]háu|[tT]hầy|giáo|[dD]ì|[cC]ậu|bé|chồng|vợ|tên) )\p{Lu}\p{Ll}+(?!\p{L})/gu, (one) => (isPublic(one) ? one : '[tên]')))
}

/** With its signs, or with them said: "nguyenvanb (a) gmail cham com", "lan a còng yahoo chấm com". */
const email = new RegExp(String.raw`(?<![\w.+-])[\w.+-]+(?: ?(?:@|\(at\)|\[at\]) ?[\w-]+(?: ?\. ?[\w-]{2,})+| ?(?:@|[([](?:at|a)[)\]]|(?<= )(?:a còng|a cong|acong|a móc|a moc|a vòng|a vong)(?= )) ?[\w-]+ ?(?:\.|chấm|cham|[([]?dot[)\]]?) ?(?:com|vn|net|org|edu)| (?:gmail|yahoo|hotmail|outlook|icloud) ?(?:\.|chấm|cham|dot) ?com)(?![\p{L}\d])`, 'giu')

/** What follows "nick", "zalo" and the like, where it is a name somebody chose: with digits or a stroke below, and no telephone or level. */
const accountName = /((?<![\p{L}\d])(?:(?:zalo|facebook|fb|face|telegram|tele|tiktok|messenger|instagram|insta|skype|viber)|(?:nick|username|user|tên đăng nhập|ten dang nhap)(?! (?:zalo|facebook|fb|face|telegram|tele|tiktok|messenger|instagram|insta|skype|viber)))(?: (?:của|cua|em|tôi|toi|tui|mình|minh|nó|no|là|la|tên|ten))*[ :]+)([a-z][\w.]*\w)(?![\w@.]*\p{L})/giu
const isAccountName = (name: string): boolean =>
  name.length >= 5 && /[_\d]/.test(name) && !/\.(?:com|vn|net|org)$/i.test(name) && !/^(?:iphone|ipad|samsung|galaxy|oppo|vivo|xiaomi|redmi|realme|nokia|android|ios|windows|win|muc|level|lv|vneid|vssid|zalo|version|v)_?\d+\w{0,3}$/i.test(name)

const digit = '(?:không|một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín|mười|mươi|linh|lẻ|khong|mot|bon|nam|sau|bay|tam|chin|muoi)'
/** A phone number read out: no amount and no age has so many digits in a row. */
const spelledDigits = new RegExp(String.raw`(?<!\p{L})${digit}(?:[\s.,-]+${digit}){5,}(?!\p{L})`, 'giu')

/** The same with some of the digits as digits: "0912 ba bốn năm 678", "0912 rồi 345 678". Vietnamese phone and ID numbers begin with a nought. */
const mixedDigits = new RegExp(String.raw`(?<![\p{L}\d])(?:0\d*|không|khong)(?:(?:[\s.,-]+(?:rồi|roi|và|va|tiếp|tiep|sau đó|sau do))?[\s.,-]+(?:\d+|${digit})(?!\p{L}))+`, 'giu')
const digitsIn = (run: string): number => (run.match(new RegExp(String.raw`\d|(?<!\p{L})${digit}(?!\p{L})`, 'giu')) ?? []).length

/** `①`, `𝟏` and the like as a digit; what is none stays. */
const plainDigit = (dressed: string): string => (/^\d$/.test(dressed.normalize('NFKC')) ? dressed.normalize('NFKC') : dressed)

/** Capitalised words that name nobody. A run in which another word stands may be a name. */
const publicWords: ReadonlySet<string> = new Set(`
  Bộ Công An Cổng Dịch Vụ Quốc Gia Căn Cước Ngân Hàng Nhà Nước Ủy Ban Nhân Dân Việt Nam Mật Khẩu Quên Thẻ Bảo Hiểm Y Tế Xã Hội Trung Tâm Phục Hành Chính Sở Phòng Thông Tin Nghị Định Luật
  Giấy Phép Lái Xe Hộ Chiếu Chữ Ký Số Điện Thoại Tài Khoản Tổng Đài Bưu Chuyển Đổi Hồ Sơ Đăng Nhập Tết Tây Tòa Án Viện Kiểm Sát Cảnh Facebook Zalo Momo Google Telegram Messenger Viettel Vinaphone
  Mobifone Vietcombank Agribank Xin Chào Cho Tôi Hỏi Em Anh Chị Làm Sao Nào Thế Như Ở Đâu Khi Bao Nhiêu Thủ Tục Đảng Chính Phủ Tỉnh Phường
  Ngày Những Thương Tư Pháp Mobile Money Wi Fi Tra Trên Trang Dùng Sách Nội Dung Mở Đóng Nộp Mất Bị Có Không Tôi Gọi`.trim().split(/\s+/))
const isPublic = (run: string): boolean => run.split(' ').every((word) => publicWords.has(word))

/**
 * The text with `instead` in place of what should never have been typed: a citizen's ID number, a bank card's, a
 * password, a one-time code. The very same text where there is none; a question about passwords or codes has none.
 */
export function withoutSecrets(text: string, instead = '[đã che]'): string {
  if (text.length < shortestSecret) return text
  return text
    .replace(password, (whole, lead: string, told: string, value: string) => {
      // Behind "!" goes on a password or the next sentence: only the first has digits.
      const chosen = [...(/\d/.test(value) ? [value] : []), value.split('!')[0]!].find((part) => part.length >= 4 && looksChosen(part, told.trim() !== ''))
      return chosen === undefined ? whole : `${lead}${told}${instead}${value.slice(chosen.length)}`
    })
    .replace(oneTimeCode, `$1$2${instead}`)
    .replace(card, (whole, digits: string, behind?: string) => (isCardNumber(digits) || isCardNumber(/^\d(?:[ .-]?\d){15}(?=[ .-])/.exec(digits)?.[0] ?? '1') ? `${instead}${behind === undefined ? '' : `${behind}${instead}`}` : whole))
    .replace(idNumber, instead)
}

/** `cvv123`. */
const shortestSecret = 6

/** What may stand between a code's name and the code: "mã OTP ngân hàng vừa gửi là", and whether it says that it comes now. */
const between = String.raw`(?: (?:của|cua|tôi|toi|tui|em|mình|minh|con|cháu|vneid|zalo|facebook|fb|ngân hàng|ngan hang|app|mới|moi|vừa|vua|gửi|gui|về|ve|đây|day|này|nay|nè|ne|(?:4|6|bốn|bon|sáu|sau) (?:chữ |chu )?(?:số|so))(?![\p{L}\d])){0,6}`
const told = String.raw`((?: (?:là|la))?\s?[:=]?\s*)`

const password = new RegExp(String.raw`((?<![\p{L}\d])(?:mật khẩu|mat khau|mk|pass|password|passcode|mã pin|ma pin|pin)(?![\p{L}\d])${between})${told}([^\s,;?!](?:[^\s,;?!]|!+(?=[^\s,;?!])){3,})`, 'giu')
/** Amounts and lengths ("otp 6 số", "otp mất 5000000 đồng") are no codes. */
const oneTimeCode = new RegExp(String.raw`((?<![\p{L}\d])(?:otp|mã xác thực|mã xác nhận|mã xác minh|ma xac thuc|ma xac nhan|ma xac minh|mã pin|ma pin|cvv|cvc|(?:mã|ma)(?= (?:4|6|bốn|bon|sáu|sau) (?:số|so)))${between})${told}(?:\d{4,8}|(?<=cv[vc]\D{0,12})\d{3})(?!\d|\s?(?:đ|d|k|tr|triệu|trieu|nghìn|nghin|ngàn|ngan|đồng|dong|số|so|chữ|chu)(?!\p{L}))`, 'giu')
/** Its number; until when it is valid, and the three digits on its back, where they stand beside it. */
const card = /(?<!\d)(\d(?:[ .-]?\d){15,18})(?![\d/])(?:([^\d\n]{1,30})(?:0[1-9]|1[0-2]) ?[/-] ?(?:20)?[2-4]\d(?![\d/])(?:[^\d\n]{1,15}\d{3}(?![\d/]| ?(?:k|tr|triệu|trieu|nghìn|nghin|ngàn|ngan|đ|d|đồng|dong)(?!\p{L})))?)?/giu
/** Province 001–096, then century, sex and year of birth; account and file numbers of twelve digits are told by the word before. */
const idNumber = /(?<!(?:tài khoản|tai khoan|stk|tk|hồ sơ|ho so|mã đơn|ma don|vận đơn|van don|biên lai|bien lai)[^\d\n]{0,12})(?<![\d.-])0\d{2}[ .]?\d{3}[ .]?\d{3}[ .]?\d{3}(?![\d.-]*\d)/giu

/** Unlike a Vietnamese word, which has neither digits nor signs, nor more than one syllable; surer where "là" or ":" told that it comes. */
const looksChosen = (value: string, told: boolean): boolean =>
  /^[\x21-\x7e]+$/.test(value) && !/^\d+mah\b/i.test(value) && (told ? /\d|[^A-Za-z\d.)"']/.test(value) || isRunTogether(value.replace(/[.)"']+$/, '')) : /\d/.test(value) && value.length >= 6)

/** "matkhau", "lananh": several syllables written as one, and no word from abroad that one asks about. */
const isRunTogether = (value: string): boolean => /^[A-Za-z]{5,}$/.test(value) && (value.length >= 8 || /[aeiouy](?:[^aeiouy]+[aeiouy]|[aeiouy]{3})/i.test(value)) && !fromAbroad.has(value.toLowerCase())
const fromAbroad: ReadonlySet<string> = new Set('password passcode passwords facebook messenger telegram google gmail email tiktok youtube viettel mobifone vinaphone vinaphon vietcombank agribank vietinbank techcombank online offline internet iphone samsung android mobile banking smartbanking username default random unicode token numbers wifi'.split(' '))

/** Luhn's check, which every bank card passes and nine in ten other numbers do not. */
function isCardNumber(written: string): boolean {
  const digits = written.replace(/\D/g, '')
  let sum = 0
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits.at(-1 - at))
    const doubled = at % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/** What staff give as a reason, without telephone, ID and platform numbers (nine digits and more; a date has fewer) and e-mail addresses. */
export const withoutContacts = (text: string): string =>
  text.replaceAll(/[\w.+-]+@[\w-]+\.[\w.-]+/g, '[e-mail]').replaceAll(/\+?\d(?:[ .-]?\d){8,}/g, '[số]')
