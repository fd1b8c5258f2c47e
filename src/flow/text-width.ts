/** How wide a text comes out in a sans-serif face, roughly and rather too wide: nothing here can measure letters. */

const narrow = /[iljtfrI.,:;'’“”!|()\-\s]/
const wide = /[mwMW@%…⚠→]/

/** Pixels at that size. */
export function widthOf(text: string, fontSize: number): number {
  let ems = 0
  for (const char of text.normalize('NFD').replace(/[\u0300-\u036f]/g, '')) ems += narrow.test(char) ? 0.36 : wide.test(char) ? 0.95 : /\p{Lu}/u.test(char) ? 0.76 : 0.6
  return ems * fontSize
}

/** Lines of at most `width` pixels, broken at spaces; a word that is wider stands alone and is cut. */
export function wrap(text: string, width: number, fontSize: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line === '' || widthOf(longer, fontSize) <= width) line = longer
    else {
      lines.push(line)
      line = word
    }
  }
  return [...lines, line].map((one) => cutToWidth(one, width, fontSize))
}

/** Cut with `…` where it is too wide. */
export function cutToWidth(text: string, width: number, fontSize: number): string {
  if (widthOf(text, fontSize) <= width) return text
  const chars = [...text]
  while (chars.length > 1 && widthOf(`${chars.join('')}…`, fontSize) > width) chars.pop()
  return `${chars.join('').trimEnd()}…`
}
