/** Full numbers, 1800 and 1900 numbers, and three or four digits after "gọi", "tổng đài", "đường dây nóng", "hotline". */
const anyPhone = new RegExp([
  String.raw`(?<![\d./,-])(?:\+84|0)(?:[ .]?\d){8,10}(?![\d/])`,
  String.raw`(?<![\d./,-])1[89]00(?:[ .]?\d){4,6}(?![\d/])`,
  String.raw`(?<=(?:gọi|tổng đài|đường dây nóng|hotline|phone|số máy)[:"']*\s+(?:số\s+)?["']?)\d{3,4}(?![\d./-])`,
].join('|'), 'giu')

/** Phone numbers in a text, as written and as bare digits with a leading zero. Short ones only where the words around say so. */
export function phoneNumbers(text: string): { raw: string; digits: string }[] {
  return [...text.matchAll(anyPhone)].map(([raw]) => ({ raw, digits: raw.replace(/\D/g, '').replace(/^84(?=\d{9,10}$)/, '0') }))
}
