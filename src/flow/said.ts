/** Only so much of what a citizen said is matched, shown or kept. */
const mostCharacters = 500

/** The first 500 characters of the trimmed NFC text. */
export function saidPart(text: string): string {
  const trimmed = text.normalize('NFC').trim()
  return trimmed.length <= mostCharacters ? trimmed : [...trimmed.slice(0, 2 * mostCharacters)].slice(0, mostCharacters).join('')
}
