/**
 * As `read`, which must be pure and never says undefined; what it says of a text that `keeps` allows is kept, of at most so many texts. The same
 * words are read again and again. Whoever keeps what citizens wrote leaves out numbers: they may be somebody's.
 */
export function remembered<Said>(read: (text: string) => Said, keeps: (text: string) => boolean, most: number): (text: string) => Said {
  const kept = new Map<string, Said>()
  return (text) => {
    const known = kept.get(text)
    if (known !== undefined) return known
    const said = read(text)
    if (kept.size >= most) kept.clear()
    if (keeps(text)) kept.set(text, said)
    return said
  }
}

/** `xin chào`, `cảm ơn`, `menu`, `1`. */
const longestShort = 8

/** `remembered` of whole messages: most short ones are the same few. */
export const rememberedIfShort = <Said>(read: (text: string) => Said): ((text: string) => Said) =>
  remembered(read, (text) => text.length <= longestShort && !/\d{3}/.test(text), 500)
