import { Hono, type Context } from 'hono'
import { html } from 'hono/html'
import { digestOf, sameDigest } from '../webhooks/sign.ts'
import type { AccountState } from './channels/account-state.ts'
import type { ContentHolder } from './content.ts'
import type { AccountKey } from './core/contact.ts'
import type { Log } from './core/ports.ts'
import { requestIdOf, type RequestBindings } from './core/request.ts'
import type { Clock } from './core/time.ts'
import type { WriteTrouble } from './jobs/writing.ts'
import { waysToAsk } from './site/article-page.ts'
import { page, siteName } from './site/layout.ts'
import { servedSite, type ServedFrom } from './site/places.ts'
import { siteRoutes, type AssetFiles } from './site/routes.ts'
import type { Load, Store } from './store/ports.ts'

export interface PagePorts {
  store: Store
  /** The words in use and why newer ones are not; null until they are read for the first time. */
  content: () => ContentHolder | null
  accounts: () => ReadonlyMap<AccountKey, AccountState>
  /** Why nothing can be recorded; null while it can. */
  writeTrouble: () => WriteTrouble | null
  metrics: (load: Load) => Promise<string>
  /** True when the request came from this machine without passing a proxy. */
  isLocal: (c: Context) => boolean
  metricsToken: string | null
  /** For the head of the home page. */
  headTag: unknown
  /** Where the rehearsal page is; null when the sandbox is off. */
  sandboxUrl: string | null
  site: ServedFrom & { assetFiles: AssetFiles }
  now: Clock
}

/** What is not a webhook: health, readiness, metrics, the home page, the handbook's pages. */
export function pageRoutes(ports: PagePorts): Hono {
  const { store, content, now } = ports
  const app = new Hono()
  const credentials = ports.metricsToken === null ? null : digestOf(`Bearer ${ports.metricsToken}`)
  const maySeeDetails = (c: Context): boolean =>
    ports.isLocal(c) || (credentials !== null && sameDigest(digestOf(c.req.header('authorization') ?? ''), credentials))

  app.get('/health', (c) => c.json({ status: 'ok' }))

  app.get('/ready', async (c) => {
    const details = maySeeDetails(c)
    // Counting everybody takes a store some milliseconds of doing nothing else: strangers may ask for it as often as they like.
    const load = details ? await store.load(now()).catch(() => null) : null
    const isReadable = details ? load !== null : await store.readEntry('ready').then(() => true, () => false)
    const stopped = [...ports.accounts()].filter(([, state]) => state.status !== 'ok')
    const words = content()
    const trouble = ports.writeTrouble()
    const reasons = [
      ...(isReadable ? [] : ['store_unreadable']),
      ...(trouble === null ? [] : ['store_unwritable']),
      ...(words === null ? ['content_loading'] : []),
    ]
    const ready = reasons.length === 0
    const answer = ready ? { ready } : { ready, reasons }
    if (!details) return c.json(answer, ready ? 200 : 503)
    return c.json({
      ...answer,
      recording: trouble ?? 'ok',
      store: load === null ? 'unavailable' : load,
      content: words?.status ?? 'loading',
      accounts: Object.fromEntries([...ports.accounts()].map(([account, { status, code, since }]) => [account, { status, code, since }])),
      stopped: stopped.length,
    }, ready ? 200 : 503)
  })

  app.get('/metrics', async (c) => {
    if (!maySeeDetails(c)) return c.text('', 403)
    try {
      return c.text(await ports.metrics(await store.load(now())), 200, { 'content-type': 'text/plain; version=0.0.4' })
    } catch {
      return c.text('', 503)
    }
  })

  app.get('/', (c) => {
    const words = content()?.current
    if (words === undefined) return c.html(html`<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Cẩm nang số</title>${ports.headTag}</head><body></body></html>`)
    const site = servedSite(words, ports.site)
    const description = 'Hệ thống trả lời tự động về dịch vụ công trực tuyến, thanh toán không dùng tiền mặt và an toàn trên mạng.'
    return c.html(page(site, { title: siteName(site), description, address: null, kind: 'website', more: ports.headTag }, html`
      <h1>${siteName(site)}</h1>
      <p>${description}</p>
      <ul class="buttons">
        <li><a class="button main" href="/muc">Xem tất cả các mục</a></li>
        ${ports.sandboxUrl === null ? '' : html`<li><a class="button" href="${ports.sandboxUrl}">Mở trang tập dượt</a></li>`}
      </ul>
      ${waysToAsk(site, 'trang-chu')}`))
  })

  app.route('/', siteRoutes({ ...ports.site, content: () => content()?.current ?? null }))
  return app
}

/** What went wrong leaves a line with the request's id; what was said in the request does not. */
export function logFailures(app: Hono<{ Bindings: RequestBindings }>, log: Log): void {
  app.notFound((c) => c.text('', 404))
  app.onError((error, c) => {
    log.error({ request: requestIdOf(c.env), method: c.req.method, error: error.name }, 'request failed')
    return c.text('', 500)
  })
}
