/**
 * Takes out what could name a person before a question is kept for staff: links, e-mail addresses, runs of digits
 * (phone, ID, account, file numbers), names after "tên là …" and runs of two or more capitalised words, house and street
 * addresses. Marks what stood there, so that the question stays readable.
 */
export function maskPersonal(text: string): string {
  return text
    .replace(/https?:\/\/\S+|\bwww\.\S+/giu, '[liên kết]')
    .replace(/[\w.+-]+@[\w-]+\.[\w.-]+/gu, '[e-mail]')
    .replace(/\+?\d(?:[\s.\-/]?\d){5,}/gu, '[số]')
    .replace(/(?<=(?:^|[\s,.])(?:tên\s+(?:tôi\s+)?là|tên là|tôi là|tui là|em là|ten la|toi la)\s+)\p{Lu}[\p{L}]*(?:\s+\p{Lu}[\p{L}]*)*/giu, nameOrWords)
    .replace(/(?<![\p{L}])\p{Lu}\p{Ll}+(?:\s+\p{Lu}\p{Ll}*){1,4}/gu, '[tên]')
    .replace(/(?<=(?:số nhà|nhà số|ngõ|hẻm|kiệt|đường|thôn|ấp|tổ|xóm)\s+)[\p{L}\d/.-]+(?:\s+\p{Lu}\p{L}*)*/giu, '[địa chỉ]')
}

const nameOrWords = (found: string): string => (/^\p{Lu}/u.test(found) ? '[tên]' : found)
