/** An article's file cut into pieces that give the file again when put together. Line ends are `\n`. */
interface Pieces {
  /** The first `---` line. */
  open: string
  frontMatter: string
  /** The second `---` line, with the space and the comments above the answer. */
  between: string
  short: string
  /** The empty lines after the short answer. */
  gap: string
  details: string
  /** The end of the file. */
  end: string
}

/** Null for a file without front matter. */
export function cutArticle(text: string): Pieces | null {
  const found = /^(---[ \t]*\n)([\s\S]*?\n)(---[ \t]*(?:\n|$))/.exec(text)
  if (found === null) return null
  const [whole, open = '', frontMatter = '', close = ''] = found
  const body = text.slice(whole.length)
  const above = /^(?:\s|<!--[\s\S]*?-->)*/.exec(body)![0]
  const written = body.slice(above.length).trimEnd()
  const gap = /\n[ \t]*\n\s*/.exec(written)
  const short = gap === null ? written : written.slice(0, gap.index)
  return {
    open, frontMatter, between: close + above, short, gap: gap?.[0] ?? '',
    details: gap === null ? '' : written.slice(gap.index + gap[0].length),
    end: body.slice(above.length + written.length),
  }
}

export const joinArticle = ({ open, frontMatter, between, short, gap, details, end }: Pieces): string =>
  open + frontMatter + between + short + (details === '' ? '' : gap === '' ? '\n\n' : gap) + details + end

/** An edit of the front matter alone. */
export function inFrontMatter(text: string, edit: (yaml: string) => string): string {
  const pieces = cutArticle(text)
  return pieces === null ? text : joinArticle({ ...pieces, frontMatter: edit(pieces.frontMatter) })
}

/** Without byte order mark and with `\n` line ends; `restore` puts back what was there. A file that mixes its line ends is left as it is. */
export function plainForm(text: string): { plain: string; restore: (plain: string) => string } {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : ''
  const isWindows = text.includes('\r\n') && !/(?:^|[^\r])\n/.test(text)
  const unmarked = text.slice(mark.length)
  return {
    plain: isWindows ? unmarked.replaceAll('\r\n', '\n') : unmarked,
    restore: (plain) => mark + (isWindows ? plain.replaceAll('\n', '\r\n') : plain),
  }
}
