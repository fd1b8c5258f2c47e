import { maskPersonal } from '../../core/mask.ts'
import { clean, fold, shorten } from '../../core/text.ts'

/** Of a longer story the beginning is told. */
const longest = 1_000

/** The question as it may leave the house: one spelling of every character, nothing invisible, personal data masked. */
export function questionForModel(question: string): string {
  return shorten(maskPersonal(plainCharacters(question)).replace(/\s+/gu, ' ').trim(), longest)
}

/** Full-width and other dressed-up letters and digits as plain ones; what cannot be seen is dropped. */
const plainCharacters = (text: string): string => clean(text).normalize('NFKC').replace(/[\p{Cf}\p{Cc}\p{Co}]/gu, (character) => (/\s/u.test(character) ? ' ' : ''))

/**
 * Whether words are meant for a machine and not for the handbook: orders to forget its rules, to play somebody, to show
 * them, to say a given sentence; marks of chat templates. A question with them is answered without the model.
 */
export function givesOrders(question: string): boolean {
  const plain = plainCharacters(question)
  return machineMarks.test(plain) || orders.test(fold(plain).replace(/[^\p{L}\p{N}]+/gu, ' '))
}

const machineMarks = /<\|?\/?(?:im_start|im_end|system|user|assistant|inst|s)\b|\[\/?INST\]|```|^#{2,} |\b(?:system|assistant)\s*:|\[[A-Z]+_\d+\]|[A-Za-z\d+/]{80,}/imu

const rules = '(?:huong dan|chi dan|chi thi|quy tac|quy dinh|lenh|yeu cau|noi dung|prompt|instructions?|rules?|messages?)'
const orders = new RegExp([
  `(?:bo qua|quen|phot lo|khong can theo|khong tuan theo|dung theo|lam ngo|ignore|disregard|forget|override) (?:\\w+ ){0,4}${rules}(?: \\w+){0,2} (?:tren|truoc|he thong|cua ban|cu|above|previous|prior|system)`,
  '(?:ignore|disregard|forget|override) (?:\\w+ ){0,4}(?:instructions?|rules?|prompts?)',
  '(?:system|developer) (?:prompt|message)', '(?:loi nhac|chi dan|huong dan|lenh) (?:he thong|goc|ban dau|bi mat)',
  '(?:dong vai|gia vo|hay la|nhap vai|act as|pretend|you are now|ban bay gio la|tu gio ban la|ke tu bay gio ban) ',
  '(?:tra loi|noi|viet|in|ghi|xuat|lap lai|nhac lai|repeat|print|say|reply|output) (?:\\w+ ){0,3}(?:rang|nguyen van|chinh xac|dung cau|toan bo (?:huong dan|chi dan|prompt)|exactly|verbatim)',
  '(?:them|chen|dat|dua) (?:\\w+ ){0,4}(?:vao|cuoi|trong) (?:\\w+ ){0,2}cau tra loi', 'trong cau tra loi (?:hay|phai|nho|cua ban)',
  '(?:che do|mode) (?:nha phat trien|developer|dan|admin|quan tri)', 'jailbreak', 'khong gioi han nao',
].map((order) => `(?<![\\p{L}])(?:${order})`).join('|'), 'u')
