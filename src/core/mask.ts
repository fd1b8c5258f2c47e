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
    .replace(/(?<=(?:tên|Tên|ten|tôi|Tôi|tui|em|chị|anh) (?:tôi )?(?:là|la) )\p{Lu}\p{L}*(?: \p{Lu}\p{L}*)*/gu, '[tên]')
    .replace(/(?<=(?:số nhà|nhà số|ngõ|hẻm|kiệt|đường|thôn|ấp|xóm|khóm) )(?:\d[\p{L}\d/.-]*|\p{Lu}\p{L}*(?: \p{Lu}\p{L}*)*)/gu, '[địa chỉ]')
    .replace(/(?<!\p{L})\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}*){1,4}/gu, '[tên]')
}
