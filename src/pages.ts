import { randomUUID } from 'node:crypto'
import { Hono, type Context } from 'hono'
import { html, raw } from 'hono/html'
import { marked } from 'marked'
import type { AccountState } from './channels/account-state.ts'
import type { ContentHolder } from './content.ts'
import { fill } from './core/fill.ts'
import type { AccountKey } from './core/contact.ts'
import type { Log } from './core/ports.ts'
import type { Clock } from './core/time.ts'
import type { Load, Store } from './store/ports.ts'

export interface PagePorts {
  store: Store
  /** The words in use and why newer ones are not; null until they are read for the first time. */
  content: () => ContentHolder | null
  accounts: () => ReadonlyMap<AccountKey, AccountState>
  metrics: (load: Load) => Promise<string>
  /** True when the request came from this machine without passing a proxy. */
  isLocal: (c: Context) => boolean
  metricsToken: string | null
  /** For the head of the home page. */
  headTag: unknown
  /** Where the rehearsal page is; null when the sandbox is off. */
  sandboxUrl: string | null
  now: Clock
}

/** What is not a webhook: health, readiness, metrics, the privacy notice, a home page. */
export function pageRoutes(ports: PagePorts): Hono {
  const { store, content, now } = ports
  const app = new Hono()
  const maySeeDetails = (c: Context): boolean =>
    ports.isLocal(c) || (ports.metricsToken !== null && c.req.header('authorization') === `Bearer ${ports.metricsToken}`)

  app.get('/health', (c) => c.json({ status: 'ok' }))

  app.get('/ready', async (c) => {
    const load = await store.load(now()).catch(() => null)
    const stopped = [...ports.accounts()].filter(([, state]) => state.status !== 'ok')
    const words = content()
    const ready = load !== null && words !== null
    if (!maySeeDetails(c)) return c.json({ ready }, ready ? 200 : 503)
    return c.json({
      ready,
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

  app.get('/privacy', (c) => {
    const words = content()
    if (words === null) return c.text('', 503)
    const { privacy, province } = words.current
    const notice = fill(privacy, (name) => province.values[name.replace(/^province\./, '')] ?? null)
    return c.html(page('Thông báo về dữ liệu cá nhân', html`${raw(marked.parse(notice, { async: false }))}`))
  })

  app.get('/', (c) => {
    const name = content()?.current.province.values['name'] ?? ''
    return c.html(page(`Cẩm nang số ${name}`, html`
      <h1>Cẩm nang số ${name}</h1>
      <p>Hệ thống trả lời tự động về dịch vụ công trực tuyến, thanh toán không dùng tiền mặt và an toàn trên mạng.</p>
      ${ports.sandboxUrl === null ? '' : html`<p><a href="${ports.sandboxUrl}">Mở trang tập dượt</a></p>`}
      <p><a href="/privacy">Thông báo về dữ liệu cá nhân</a></p>`, ports.headTag))
  })

  return app
}

function page(title: string, body: unknown, head: unknown = '') {
  return html`<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title>${head}
<style>
:root { color-scheme: light dark }
body { font: 1.125rem/1.6 system-ui, sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.6rem; line-height: 1.25 } h2 { font-size: 1.25rem; margin-top: 2rem } a { color: LinkText }
</style></head><body><main>${body}</main></body></html>`
}

/** What went wrong leaves a line with an id, which the answer carries too; what was said in the request does not. */
export function logFailures(app: Hono, log: Log): void {
  app.notFound((c) => c.text('', 404))
  app.onError((error, c) => {
    const request = randomUUID()
    log.error({ request, method: c.req.method, error: error.name }, 'request failed')
    return c.text('', 500, { 'x-request-id': request })
  })
}
