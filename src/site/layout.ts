import { createHash } from 'node:crypto'
import { html, raw } from 'hono/html'
import { isShown } from '../content.ts'
import { style } from './style.ts'
import type { Site } from './site.ts'

/** A piece of a page, escaped already. */
export type Html = ReturnType<typeof html>

/** What the head of a page tells browsers, search engines and the previews of links. */
export interface Head {
  title: string
  description: string
  /** The whole address of the page; null where nobody knows it. */
  address: string | null
  kind: 'article' | 'website'
  /** For search engines: a page that only says that something is gone or being reviewed. */
  hidden?: boolean
  /** More of the head, as it is. */
  more?: unknown
}

/** One page with the province's name above it and the way to everything else below. */
export function page(site: Site, head: Head, body: unknown): Html {
  const { content: { province: { values } }, places } = site
  const name = siteName(site)
  return html`<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${head.title === name ? name : `${head.title} – ${name}`}</title>
<meta name="description" content="${head.description}">
${head.hidden === true ? html`<meta name="robots" content="noindex">` : ''}
<meta property="og:title" content="${head.title}">
<meta property="og:description" content="${head.description}">
<meta property="og:type" content="${head.kind}">
<meta property="og:locale" content="vi_VN">
<meta property="og:site_name" content="${name}">
${head.address === null ? '' : html`<meta property="og:url" content="${head.address}">
<link rel="canonical" href="${head.address}">`}
${previewPicture(site)}
<meta name="theme-color" content="#00604e">
<link rel="icon" href="data:,">
${head.more ?? ''}
<style>${raw(style)}</style>
</head>
<body>
<a class="skip" href="#noi-dung">Đến nội dung</a>
<header class="top"><a href="${places.home}">${name}</a></header>
<main id="noi-dung">
${body}
</main>
<footer class="foot screen">
<p>${[values['office'], values['hotline'] === undefined ? undefined : `Điện thoại: ${values['hotline']}`].filter((part) => part !== undefined).join('. ')}</p>
<p><a href="${places.home}">Tất cả các mục</a> · <a href="${places.privacy}">Dữ liệu cá nhân</a></p>
</footer>
</body>
</html>
`
}

/** By this id the province's own picture is found in `assets.yaml`. */
const previewAsset = 'anh-chia-se'

/** The picture beside a link that was sent; nothing where there is none that every app takes. */
function previewPicture({ content, places, day }: Site): Html | '' {
  const asset = content.assets.get(previewAsset)
  const address = asset === undefined || !isShown(asset, day) || !['image/png', 'image/jpeg'].includes(asset.type) ? null : places.assetAddress(asset)
  return asset === undefined || address === null ? '' : html`<meta property="og:image" content="${address}">
<meta property="og:image:type" content="${asset.type}">
<meta property="og:image:alt" content="${asset.alt}">`
}

export const siteName = ({ content }: Pick<Site, 'content'>): string => `Cẩm nang số ${content.province.values['name'] ?? ''}`.trim()

/** What a page may load: itself. Its one style is known by its hash, so that nothing put into a text can run or fetch. */
export const policy = [
  "default-src 'none'", `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "img-src 'self' data:", "media-src 'self'", "base-uri 'none'", "form-action 'none'",
].join('; ')

/** The address as a QR code to scan, on paper too, with the address in letters beside it. Nothing where there is no address. */
export async function qrBlock(address: string | null, says: string): Promise<Html | ''> {
  if (address === null) return ''
  return html`<div class="qr">${raw(await codeOf(address))}<p>${says}<br><span class="address">${inPieces(address.replace(/^https:\/\//, ''))}</span></p></div>`
}

const drawn = new Map<string, string>()
const mostDrawn = 1_000

/** Drawing one takes longer than all the rest of a page, and a page may show thirty: each is drawn once (1,000 are kept, then anew). */
async function codeOf(address: string): Promise<string> {
  let code = drawn.get(address)
  if (code !== undefined) return code
  // With its drawing of pictures a large library, and no start should wait for it.
  const { default: QRCode } = await import('qrcode')
  const svg = await QRCode.toString(address, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' })
  code = svg.trim().replace('<svg ', '<svg role="img" aria-label="Mã QR dẫn đến trang này" ')
  if (drawn.size >= mostDrawn) drawn.clear()
  drawn.set(address, code)
  return code
}

/** An address that may be broken after its slashes, not within words. */
const inPieces = (address: string) => address.split(/(?<=[^:/]\/)/).map((piece, index) => html`${index === 0 ? '' : html`<wbr>`}${piece}`)
