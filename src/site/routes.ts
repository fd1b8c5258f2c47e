import { Hono, type Context } from 'hono'
import { etag } from 'hono/etag'
import { secureHeaders } from 'hono/secure-headers'
import type { Article } from '../answer/article.ts'
import { isShown, type Asset, type Content } from '../content.ts'
import { articlePage } from './article-page.ts'
import { cardPage, cardsOf, cardsPage, isCard } from './card-page.ts'
import { assetGonePage, indexPage, notFoundPage } from './list-pages.ts'
import { policy } from './layout.ts'
import { servedSite, type ServedFrom } from './places.ts'
import { privacyPage } from './privacy-page.ts'
import type { Site } from './site.ts'

/**
 * Gives the bytes of an asset, or the part of them that the request's `Range` asks for, with an `ETag`; null when there
 * is no such file. `file` is a name of `assets.yaml`: no folder, nothing to escape.
 */
export type AssetFiles = (file: string, request: Request) => Promise<Response | null>

export interface SitePorts extends ServedFrom {
  /** Null until it is read for the first time. */
  content: () => Content | null
  assetFiles: AssetFiles
}

/** Long enough to carry a page through a busy morning, short enough for a mended answer. */
const keptFor = 'public, max-age=300'

/** `/muc`, `/muc/<id>`, `/bai`, `/bai/<id>`, `/tep/<id>`, `/privacy`: the handbook for everybody, without login or script. */
export function siteRoutes(ports: SitePorts): Hono {
  const app = new Hono()

  /** A page of the words in use; until they are read, the visitor comes again. */
  const shown = (make: (site: Site, c: Context) => Response | Promise<Response>) => async (c: Context): Promise<Response> => {
    const content = ports.content()
    if (content === null) return c.text('Trang đang khởi động, bà con thử lại sau ít phút.', 503, { 'retry-after': '30' })
    return make(servedSite(content, ports), c)
  }

  const headers = secureHeaders({
    strictTransportSecurity: false, xFrameOptions: 'DENY', referrerPolicy: 'strict-origin-when-cross-origin', crossOriginResourcePolicy: false,
  })
  for (const path of ['/muc', '/muc/*', '/bai', '/bai/*', '/privacy']) {
    app.use(path, etag(), headers, async (c, next) => {
      await next()
      c.header('content-security-policy', `${policy}; frame-ancestors 'none'`)
      if (c.res.ok) c.header('cache-control', keptFor)
    })
  }
  app.use('/tep/*', headers)

  // An address copied with a slash at its end leads to the page all the same.
  for (const path of ['/muc/', '/muc/:id/', '/bai/', '/bai/:id/', '/privacy/']) app.get(path, (c) => c.redirect(new URL(c.req.url).pathname.slice(0, -1), 301))
  app.get('/privacy', shown((site, c) => c.html(privacyPage(site))))
  app.get('/muc', shown((site, c) => c.html(indexPage(site))))
  app.get('/muc/:id', shown(async (site, c) => {
    const article = articleOf(site, c)
    return article === undefined ? c.html(notFoundPage(site, c.req.param('id') ?? ''), 404) : c.html(await articlePage(site, article))
  }))
  app.get('/bai', shown(async (site, c) => (cardsOf(site.content).length === 0 ? c.html(notFoundPage(site, ''), 404) : c.html(await cardsPage(site)))))
  app.get('/bai/:id', shown(async (site, c) => {
    const card = articleOf(site, c)
    return card !== undefined && isCard(card) ? c.html(await cardPage(site, card)) : c.html(notFoundPage(site, c.req.param('id') ?? ''), 404)
  }))
  app.get('/tep/:id', shown(async (site, c) => {
    const asset = site.content.assets.get(c.req.param('id') ?? '')
    const file = asset !== undefined && isShown(asset, site.day) ? await ports.assetFiles(asset.file, c.req.raw) : null
    if (asset !== undefined && file !== null) return assetResponse(asset, file)
    c.header('content-security-policy', policy)
    return c.html(assetGonePage(site, asset?.title ?? null), 404)
  }))
  return app
}

/** In use or withdrawn: both have their page. */
function articleOf({ content }: Site, c: Context): Article | undefined {
  const id = c.req.param('id') ?? ''
  return content.articles.get(id) ?? content.withdrawn.get(id)
}

/** Always the type that `assets.yaml` told, never run: a drawing may hold a script. */
function assetResponse({ type, until }: Asset, { status, body, headers: sent }: Response): Response {
  const headers = new Headers(sent)
  headers.set('content-type', type)
  headers.set('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
  headers.set('cross-origin-resource-policy', 'cross-origin')
  headers.set('accept-ranges', 'bytes')
  headers.set('cache-control', until === null ? 'public, max-age=86400' : 'public, max-age=3600')
  return new Response(body, { status, headers })
}
