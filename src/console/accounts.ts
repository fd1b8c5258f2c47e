import type { Context } from 'hono'
import { clean } from '../core/text.ts'
import { SECOND, type Clock, type Millis } from '../core/time.ts'
import type { AccessLog } from './access-log.ts'
import { passwordPage, signInPage } from './account-pages.ts'
import type { Guard } from './guard.ts'
import { passwordFault, passwordLength } from './password.ts'
import { root } from './paths.ts'
import { span } from './show.ts'
import { staffKey, type StaffBook } from './staff.ts'
import type { Throttle } from './throttle.ts'

export interface AccountPorts {
  staff: StaffBook
  throttle: Throttle
  log: AccessLog
  addressOf: (c: Context) => string
  now: Clock
}

/** Where to go after signing in: one of our own paths, or the first page. */
const backTo = (path: string): string => (/^\/quan-tri(?:\/[\w-]+)*$/.test(path) && path !== `${root}/dang-nhap` && path !== `${root}/dang-xuat` ? path : root)

/** Passwords are checked one after another, a third of a second each: so many strangers at most may stand before an officer. */
const mostAtOnce = 30

/** Signing in and out, and changing one's own password. */
export function accountRoutes(guard: Guard, { staff, throttle, log, addressOf, now }: AccountPorts): void {
  guard.onOutside('GET /dang-nhap', async ({ c }) => {
    const back = backTo(c.req.query('ve') ?? '')
    return (await guard.isSignedIn(c)) ? c.redirect(back, 303) : guard.showOutside(c, 'Đăng nhập', signInPage({ name: '', error: null, back }))
  })

  let underWay = 0
  guard.onOutside('POST /dang-nhap', async ({ c, field }) => {
    const [name, back] = [clean(field('ten').slice(0, 100)), backTo(field('ve'))]
    if (underWay >= mostAtOnce) return comeAgain(c, { name, back, wait: 10 * SECOND, error: 'Đang có quá nhiều người đăng nhập cùng lúc. Anh chị thử lại sau ít giây.' })
    underWay += 1
    return signIn(c, { name, back, word: field('mat-khau') }).finally(() => { underWay -= 1 })
  })

  async function signIn(c: Context, { name, back, word }: { name: string; back: string; word: string }): Promise<Response> {
    const address = addressOf(c)
    const wait = await throttle.begin(staffKey(name), address, now())
    if (wait > 0) return comeAgain(c, { name, back, wait, error: `Đã thử sai nhiều lần. Anh chị thử lại sau ${span(wait)}.` })
    const account = await staff.signIn(name, word)
    if (account === null) return guard.showOutside(c, 'Đăng nhập', signInPage({ name, back, error: 'Tên hoặc mật khẩu không đúng.' }), 401)
    await throttle.succeeded(staffKey(name), address)
    await guard.signIn(c, account)
    await log.append({ at: now(), who: account.name, action: 'signed_in', about: account.name, count: null, reason: '' })
    return c.redirect(back, 303)
  }

  function comeAgain(c: Context, { name, back, wait, error }: { name: string; back: string; wait: Millis; error: string }): Promise<Response> {
    c.header('retry-after', String(Math.ceil(wait / SECOND)))
    return guard.showOutside(c, 'Đăng nhập', signInPage({ name, back, error }), 429)
  }

  guard.on('POST /dang-xuat', async ({ c, viewer }) => {
    await guard.signOut(c)
    await log.append({ at: now(), who: viewer.account.name, action: 'signed_out', about: viewer.account.name, count: null, reason: '' })
    return c.redirect(`${root}/dang-nhap`, 303)
  })

  const head = { title: 'Đổi mật khẩu', section: null, again: null }
  guard.on('GET /mat-khau', async ({ c, viewer, show }) => show(head, passwordPage({ token: viewer.token, error: null, done: c.req.query('da') === 'doi', first: viewer.account.mustChange === true })))

  guard.on('POST /mat-khau', async ({ c, viewer, field, show }) => {
    const { name } = viewer.account
    const refuse = (error: string, status: 422 | 429 = 422): Promise<Response> => show(head, passwordPage({ token: viewer.token, error, done: false, first: viewer.account.mustChange === true }), status)
    const wait = await throttle.begin(staffKey(name), addressOf(c), now())
    if (wait > 0) return refuse(`Đã thử sai nhiều lần. Anh chị thử lại sau ${span(wait)}.`, 429)
    if (await staff.signIn(name, field('hien-tai').slice(0, passwordLength.most + 1)) === null) return refuse('Mật khẩu hiện tại không đúng.')
    await throttle.succeeded(staffKey(name), addressOf(c))
    const fault = field('moi') !== field('moi-lan-hai') ? 'Hai lần gõ mật khẩu mới không giống nhau.' : field('moi') === field('hien-tai') ? 'Mật khẩu mới phải khác mật khẩu hiện tại.' : passwordFault(field('moi'), name)
    if (fault !== null) return refuse(fault)
    await staff.setPassword(name, field('moi'))
    const account = await staff.find(name)
    if (account !== null) await guard.signIn(c, account)
    await log.append({ at: now(), who: name, action: 'password_changed', about: name, count: null, reason: '' })
    return c.redirect(`${root}/mat-khau?da=doi`, 303)
  })
}
