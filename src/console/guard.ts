import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { html } from 'hono/html'
import { secureHeaders } from 'hono/secure-headers'
import type { Clock } from '../core/time.ts'
import { notice } from './components.ts'
import { outsidePage, page, type PageHead, type Viewer } from './layout.ts'
import { mayUse, root, routes, signInPath, uploads, type Route } from './paths.ts'
import { formToken, isFormToken, type Sessions } from './sessions.ts'
import type { StaffBook } from './staff.ts'
import { endedPage, oldFormPage, wordsIn } from './unsent.ts'

/** Everything a request passes before a page of the console is made. */

/** What a handler may use of a request: who asks, the fields of a form, and how a page is answered. */
export interface Asked {
  c: Context
  viewer: Viewer
  /** A field of the form; empty where it is absent or a file. */
  field: (name: string) => string
  show: (head: PageHead, body: unknown, status?: 200 | 403 | 404 | 409 | 422 | 429) => Promise<Response>
}
/** The same for somebody who is not signed in. */
export type AskedOutside = Omit<Asked, 'viewer' | 'show'>

export interface GuardPorts {
  staff: StaffBook
  sessions: Sessions
  /** The server's https address, where it has one: cookies are then for https only. */
  publicUrl: string | null
  province: () => string
  now: Clock
}

const policy = [
  "default-src 'none'", "style-src 'self'", "script-src 'self'", "connect-src 'self'", "img-src 'self' data:", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
].join('; ')

/** More than the longest answer in any spelling; a form without a large file is never larger. */
const largestForm = 64 * 1024

export function createGuard({ staff, sessions, publicUrl, province, now }: GuardPorts) {
  const isHttps = publicUrl?.startsWith('https:') === true
  const cookie = isHttps ? '__Host-camnang' : 'camnang'
  const app = new Hono({ strict: false })

  app.use(`${root}/*`, secureHeaders({ strictTransportSecurity: false, xFrameOptions: 'DENY', referrerPolicy: 'same-origin', crossOriginResourcePolicy: 'same-origin' }))
  const limits = new Map([[null, largestForm], ...Object.entries(uploads)].map(([path, maxSize]) => [path, bodyLimit({ maxSize: Number(maxSize), onError: (c) => c.text('', 413) })]))
  app.use(`${root}/*`, async (c, next) => {
    const large = limits.get(c.req.path)
    return (large !== undefined && (tellsItsLength(c) || (await viewerOf(c)) !== null) ? large : limits.get(null)!)(c, next)
  })
  app.use(`${root}/*`, async (c, next) => {
    // Without an account there is no console: nothing to find, nothing to attack.
    if ((await staff.list()).length === 0) return c.text('', 404)
    await next()
    c.header('content-security-policy', policy)
    if (c.res.headers.get('cache-control') === null) c.header('cache-control', 'no-store')
  })

  /** One that does not is read here, before anybody asks who sent it: from a stranger no more than a small form is held. */
  const tellsItsLength = (c: Context): boolean => c.req.header('content-length') !== undefined && c.req.header('transfer-encoding') === undefined

  /** Forms come from our own pages: browsers say so themselves. */
  function isForeign(c: Context): boolean {
    const site = c.req.header('sec-fetch-site')
    if (site !== undefined && site !== 'same-origin' && site !== 'none') return true
    const origin = c.req.header('origin')
    if (origin === undefined) return false
    const host = URL.parse(origin)?.host
    return host === undefined || (host !== c.req.header('host') && host !== URL.parse(publicUrl ?? '')?.host)
  }

  const show = (viewer: Viewer, c: Context): Asked['show'] => async (head, body, status = 200) => c.html(await page(viewer, province(), head, body), status)
  const showOutside = async (c: Context, title: string, body: unknown, status: 200 | 401 | 403 | 429 = 200): Promise<Response> => c.html(await outsidePage(province(), title, body), status)

  /** Null where what was sent cannot be read as a form. */
  async function fields(c: Context): Promise<Asked['field'] | null> {
    const body = c.req.method === 'POST' ? await c.req.parseBody().catch(() => null) : {}
    if (body === null) return null
    return (name) => {
      const value = body[name]
      return typeof value === 'string' ? value.replaceAll('\r\n', '\n') : ''
    }
  }

  /** Sent here from another site, a strict cookie stays behind: coming once more from our own page brings it along. */
  const comesFromElsewhere = (c: Context): boolean => c.req.method === 'GET' && c.req.header('sec-fetch-site') === 'cross-site' && getCookie(c, cookie) === undefined

  async function viewerOf(c: Context): Promise<Viewer | null> {
    const id = getCookie(c, cookie)
    if (id === undefined) return null
    const account = await sessions.find(id, now(), c.req.query('tu-dong') === undefined)
    return account === null ? null : { account, token: formToken(id) }
  }

  /** Of a form of our own pages. A password is nobody's to see again, and a stranger's large file is not read. */
  async function writtenIn(c: Context, route: Route): Promise<string[]> {
    if (c.req.method !== 'POST' || isForeign(c) || route === 'POST /mat-khau' || limits.has(c.req.path)) return []
    return wordsIn(await c.req.parseBody().catch(() => ({})))
  }

  const toSignIn = (c: Context): Response => c.redirect(c.req.method === 'GET' ? `${signInPath}?ve=${encodeURIComponent(c.req.path)}` : `${signInPath}?ve=${encodeURIComponent(root)}`, 303)

  return {
    app,
    showOutside,

    /** A page for those whom the table lets in. There is no other way to add one. */
    on(route: Exclude<Route, OutsideRoute>, handle: (asked: Asked) => Promise<Response>): void {
      const [method, path] = parts(route)
      app.on(method, path, async (c) => {
        if (comesFromElsewhere(c)) return c.html(html`<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Đang mở</title><meta http-equiv="refresh" content="0"></head><body></body></html>`)
        const viewer = await viewerOf(c)
        if (viewer === null) {
          const words = await writtenIn(c, route)
          return words.length === 0 ? toSignIn(c) : showOutside(c, 'Phiên làm việc đã hết', endedPage(words, pageOf(c)), 401)
        }
        if (viewer.account.mustChange === true && !openBefore.includes(route)) return c.redirect(`${root}/mat-khau`, 303)
        const field = await fields(c)
        if (field === null) return c.text('', 400)
        const asked = { c, viewer, show: show(viewer, c), field }
        if (!mayUse(route, viewer.account.role)) return asked.show({ title: 'Không có quyền', section: null, again: null }, noRight, 403)
        if (method === 'POST' && (isForeign(c) || !isFormToken(getCookie(c, cookie) ?? '', asked.field('ma')))) {
          return asked.show({ title: 'Biểu mẫu đã cũ', section: null, again: null }, oldFormPage(await writtenIn(c, route)), 403)
        }
        return handle(asked)
      })
    },

    /** A page for everybody. */
    onOutside(route: OutsideRoute, handle: (asked: AskedOutside) => Promise<Response>): void {
      const [method, path] = parts(route)
      app.on(method, path, async (c) => {
        if (method === 'POST' && isForeign(c)) return showOutside(c, 'Không nhận', oldFormPage([]), 403)
        const field = await fields(c)
        return field === null ? c.text('', 400) : handle({ c, field })
      })
    },

    /** To be called after all others: an address that no page has. */
    onNothingElse(): void {
      app.all(`${root}/*`, async (c) => {
        const viewer = await viewerOf(c)
        const body = html`<h1>Không có trang này</h1>${notice('Địa chỉ viết sai, hoặc trang đã đổi chỗ.', 'warn')}<p><a href="${root}">Về Tổng quan</a></p>`
        return viewer === null ? c.html(await outsidePage(province(), 'Không có trang này', body), 404) : show(viewer, c)({ title: 'Không có trang này', section: null, again: null }, body, 404)
      })
    },

    /** A new session with a new id for the browser; what it had before is over. */
    async signIn(c: Context, account: Viewer['account']): Promise<void> {
      await endSession(c)
      setCookie(c, cookie, await sessions.start(account, now()), { httpOnly: true, sameSite: 'Strict', secure: isHttps, path: '/' })
    },
    async signOut(c: Context): Promise<void> {
      await endSession(c)
      deleteCookie(c, cookie, { secure: isHttps, path: '/' })
    },
    isSignedIn: async (c: Context): Promise<boolean> => (await viewerOf(c)) !== null,
  }

  async function endSession(c: Context): Promise<void> {
    const id = getCookie(c, cookie)
    if (id !== undefined) await sessions.end(id)
  }
}

export type Guard = ReturnType<typeof createGuard>

/** Routes that the table opens to everyone. */
type OutsideRoute = { [R in Route]: (typeof routes)[R] extends 'everyone' ? R : never }[Route]

/** The page a form was sent from; the first one where nobody says. */
function pageOf(c: Context): string {
  const from = URL.parse(c.req.header('referer') ?? '')
  return from?.host === c.req.header('host') && from?.pathname.startsWith(root) === true ? from.pathname : root
}

function parts(route: Route): [method: string, path: string] {
  const [method = '', path = ''] = route.split(' ')
  return [method, path === '/' ? root : root + path]
}

/** What somebody whose password another person has seen may use before choosing one of their own. */
const openBefore: readonly Route[] = ['GET /mat-khau', 'POST /mat-khau', 'POST /dang-xuat']

const noRight = html`<h1>Không có quyền</h1>${notice('Vai trò của anh chị không dùng được trang này. Cần thì nhờ người quản trị.', 'warn')}`
