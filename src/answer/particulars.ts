import { sayFakePages, sayStatePages } from './addresses.ts'

/** A name after "tôi tên". */
const ownName = /(?:(?<!\p{L})(?:[tT]ôi|[tT]oi|[tT]ui|[eE]m|[cC]on|[cC]háu|[mM]ình) (?:tên|ten)(?: là| la)?|(?<!\p{L})[hH]ọ (?:và )?tên(?: là)?:?) (?:\p{Lu}\p{Ll}*(?!\p{L})\s?){1,5}/gu
/** A phone or ID number, with the words that announce it. */
const ownNumber = /(?:(?<!\p{L})(?:số|so|điện thoại|dien thoai|sđt|sdt|đt|dt|cccd|cmnd|căn cước|can cuoc|của tôi|cua toi|là|la)[ :]+){0,4}(?<![\p{L}\d])(?:\+84|0)(?:[ .-]?\d){8,11}(?!\d)/giu

/** A pasted address is asked about as a link, whatever it is made of. */
const pasted = /(?:(?:đường|duong) )?(?:(?:link|dẫn|dan) )?(?:https?:\/\/|www\.)\S+/giu

/** A question without what only tells who asks it, and with pasted addresses called links, those dressed up as the state's what they are: none of these words finds an article. */
export function withoutParticulars(question: string): string {
  if (!/\d{3}|\p{Lu}|:\/\/|\w\.\w/u.test(question)) return question
  return sayStatePages(sayFakePages(question)).replace(pasted, ' đường link ').replace(ownName, ' ').replace(ownNumber, ' ')
}
