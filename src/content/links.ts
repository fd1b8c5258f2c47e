/** Addresses of pages in a text. */

/**
 * `host` is where it leads, in ASCII (`xn--…` for others); `shown` is what the eye reads, with a name before `@` if there
 * is one; `secure` is null where no `http` is written.
 */
export interface LinkInText { raw: string; host: string; shown: string; secure: boolean | null }

/** Services whose addresses hide where they lead. Short names, so that a text which names one is naming an address. */
const shorteners = [
  'bit.ly', 'tinyurl.com', 'goo.gl', 't.co', 't.ly', 's.id', 'is.gd', 'v.gd', 'ow.ly', 'cutt.ly', 'rb.gy', 'shorturl.at', 'tiny.cc', 'rebrand.ly', 'short.gy', 'gg.gg', 'buff.ly',
  'lnkd.in', 'surl.li', 'adf.ly', 'ouo.io', 'qrco.de', 'shorten.asia', 'bom.so', 'by.com.vn', 'link1s.com', 'urlvn.net',
]

/** Endings that make a bare word an address. Messaging apps turn the same words into links. */
const endings = 'vn|com|net|org|gov|edu|info|biz|io|me|app|xyz|top|site|online|club|shop|store|vip|cc|asia|mobi|live|icu|link|click|work|pro|tv|co|us|cn|example'
const anyLink = new RegExp(
  String.raw`(?<![\p{L}\p{N}@._/-])(?:(https?):\/\/([^\s/?#"'<>()“”‘’«»,;]+)|((?:${shorteners.join('|').replaceAll('.', '\\.')})(?!\.?[\p{L}\p{N}@_-])|(?:[\p{L}\p{N}-]+\.)+(?:${endings})(?:\.[a-z]{2}(?![\p{L}\p{N}]))?(?![\p{L}\p{N}@_-])|(?:[\p{L}\p{N}-]{2,}\.)+[a-z]{2}(?=\/[\p{L}\p{N}])))(?:[/?#][^\s"'<>()“”‘’«»]*)?`, 'giu')

/** Every address in a text, written out or bare (`dichvucong.gov.vn`, of any country where a path follows: `bit.ly/abc`); e-mail addresses and endings alone (`gov.vn`) are none. */
export function linksIn(text: string): LinkInText[] {
  return [...text.matchAll(anyLink)].flatMap(([found, scheme, given, bare]): LinkInText[] => {
    const raw = found.replace(/[.,;!?:]+$/, '')
    const shown = (given ?? bare!).replace(/:\d*$/, '').replace(/\.+$/, '').toLowerCase()
    const host = URL.parse(`https://${shown}`)?.hostname
    if (host === undefined || !host.includes('.') || /^(?:gov|com|org|net|edu)\.vn$/.test(host)) return []
    return [{ raw, host, shown, secure: scheme === undefined ? null : scheme.toLowerCase() === 'https' }]
  })
}

/** Whether a host is one of the listed, or below one of them. */
export const isListed = (host: string, listed: Iterable<string>): boolean =>
  [...listed].some((site) => host === site || host.endsWith(`.${site}`) || host === `www.${site}` || `www.${host}` === site)

/** Only state bodies are given names under `.gov.vn`. */
export const isGovernment = (host: string): boolean => host.endsWith('.gov.vn')

/** Whether an address says nothing about where it leads. */
export const isShortened = (host: string): boolean => isListed(host, shorteners)
