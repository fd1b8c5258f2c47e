/** What tells who asks, not what is asked: a name after "tôi tên", a phone or ID number with the words that announce it. */
const particulars = new RegExp(
  String.raw`(?:(?<!\p{L})(?:tôi|toi|tui|em|con|cháu|chau|mình|minh) (?:tên|ten)(?: là| la)?|(?<!\p{L})(?:họ tên|ho ten|họ và tên|ho va ten)(?: là| la)?:?) (?:\p{Lu}\p{Ll}*(?![\p{L}])\s?){1,5}` +
  String.raw`|(?:(?<!\p{L})(?:số|so|điện thoại|dien thoai|sđt|sdt|đt|dt|cccd|cmnd|căn cước|can cuoc|chứng minh|của tôi|cua toi|là|la)[ :]+){0,4}(?<![\p{L}\d])\d(?:[ .-]?\d){7,}(?!\d)`, 'gu')

/** A pasted address is asked about as a link, whatever it is made of. */
const pasted = /(?:(?:đường|duong) )?(?:(?:link|dẫn|dan) )?(?:https?:\/\/|www\.)\S+/giu

/** A question without what only tells who asks it, and with pasted addresses called links: none of these words finds an article. */
export function withoutParticulars(question: string): string {
  if (!/\d{3}|\p{Lu}|:\/\/|www\./u.test(question)) return question
  return question.replace(pasted, ' đường link ').replace(particulars, ' ')
}
