import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createStaffBook } from '../../src/console/staff.ts'
import { createThrottle } from '../../src/console/throttle.ts'
import { HOUR, MINUTE, SECOND } from '../../src/core/time.ts'
import { everythingIn } from '../support/store-fixtures.ts'
import { cheap, officers, openDesk, password, signedIn, tokenIn, Visitor, type Desk } from './support.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.close())

const isIn = async (visitor: Visitor): Promise<boolean> => (await visitor.get('/quan-tri')).status === 200

describe('without any staff account', () => {
  it('there is no console', async () => {
    const empty = await openDesk({ staff: false })
    const visitor = new Visitor(empty.app)
    for (const path of ['/quan-tri', '/quan-tri/', '/quan-tri/dang-nhap', '/quan-tri/giao-dien.css', '/quan-tri/cho']) expect((await visitor.get(path)).status).toBe(404)
    expect((await visitor.signIn('admin', 'admin')).status).toBe(404)
    await empty.close()
  })
})

describe('signing in', () => {
  it('a session cookie that scripts, other sites and plain http do not get, where the server is public', async () => {
    const published = await openDesk({ publicUrl: 'https://camnang.tinh.example' })
    const answer = await new Visitor(published.app).signIn(officers.duty)
    expect(answer.headers.get('set-cookie')).toMatch(/^__Host-camnang=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/)
    await published.close()
    expect((await new Visitor(desk.app).signIn(officers.duty)).headers.get('set-cookie')).toMatch(/^camnang=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
  })

  it('leads on to where one was going, and nowhere else', async () => {
    const to = async (back: string): Promise<string | null> => (await new Visitor(desk.app).send('/quan-tri/dang-nhap', { ten: officers.duty, 'mat-khau': password, ve: back })).headers.get('location')
    expect(await to('/quan-tri/cho')).toBe('/quan-tri/cho')
    for (const bad of ['https://xau.example', '//xau.example', '/quan-tri/../x', '/quan-tri//xau.example', '/quan-tri\\xau', '/muc', '/quan-tri/dang-xuat']) expect(await to(bad)).toBe('/quan-tri')
  })

  it('takes a name however it is typed', async () => {
    expect((await new Visitor(desk.app).signIn('  trực   MỘT '.normalize('NFD'))).status).toBe(303)
    // What no PostgreSQL takes as text.
    expect((await new Visitor(desk.app).signIn('Trực\0 Một')).status).toBe(303)
  })

  it('says the same for a wrong password, an unknown name and a disabled account', async () => {
    await createStaffBook(desk.world.store, cheap).change(officers.editor, { disabled: true })
    const shown = async (name: string, word: string): Promise<[number, boolean]> => {
      const answer = await new Visitor(desk.app).signIn(name, word)
      return [answer.status, (await answer.text()).includes('Tên hoặc mật khẩu không đúng.')]
    }
    for (const [name, word] of [[officers.duty, 'sai mật khẩu rồi'], ['Không Ai', password], [officers.editor, password], ['', '']] as const) expect(await shown(name, word)).toEqual([401, true])
  })

  it('refuses a form of another site', async () => {
    const visitor = new Visitor(desk.app)
    expect((await visitor.send('/quan-tri/dang-nhap', { ten: officers.duty, 'mat-khau': password }, { origin: 'https://xau.example' })).status).toBe(403)
    expect(visitor.cookie).toBeNull()
  })

  it('never takes over an id that was there before, and ends the session it replaces', async () => {
    const visitor = new Visitor(desk.app)
    visitor.cookie = `camnang=${'x'.repeat(43)}`
    await visitor.signIn(officers.duty)
    expect(visitor.cookie).not.toContain('xxx')
    const first = visitor.cookie
    await visitor.signIn(officers.duty)
    expect(visitor.cookie).not.toBe(first)
    const old = new Visitor(desk.app)
    old.cookie = first
    expect([await isIn(visitor), await isIn(old)]).toEqual([true, false])
  })

  it('keeps neither the id nor the password in the store, and leaves both out of copies', async () => {
    const visitor = await signedIn(desk, officers.duty)
    const [all, copied] = [await everythingIn(desk.world.store, true), await everythingIn(desk.world.store)]
    expect(all).not.toContain(visitor.cookie!.split('=')[1])
    expect(all).not.toContain(password)
    expect(all).toContain('scrypt$2$1$1$')
    expect(copied).not.toContain('scrypt$')
    expect(copied).not.toContain('secret:session')
    expect(copied).toContain('staff:trực một')
  })

  it('a link from elsewhere, to which a strict cookie does not come along, is opened once more from here', async () => {
    const answer = await new Visitor(desk.app).get('/quan-tri/cho', { 'sec-fetch-site': 'cross-site' })
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('http-equiv="refresh" content="0"')])
  })
})

describe('an address that no page has', () => {
  it('says so and leads back, signed in or not', async () => {
    for (const visitor of [new Visitor(desk.app), await signedIn(desk, officers.duty)]) {
      const answer = await visitor.get('/quan-tri/khong-co')
      expect([answer.status, await answer.text()]).toEqual([404, expect.stringMatching(/Không có trang này[^]*href="\/quan-tri"/)])
    }
  })
})

describe('a session', () => {
  it('ends after 30 minutes without a click', async () => {
    const visitor = await signedIn(desk, officers.duty)
    desk.world.now += 29 * MINUTE
    expect(await isIn(visitor)).toBe(true)
    desk.world.now += 29 * MINUTE
    expect(await isIn(visitor)).toBe(true)
    desk.world.now += 30 * MINUTE
    expect(await isIn(visitor)).toBe(false)
    desk.world.now -= 20 * MINUTE
    expect(await isIn(visitor)).toBe(false)
  })

  it('that ended while somebody wrote gives their words back, and a password to nobody', async () => {
    const visitor = await signedIn(desk, officers.duty)
    const form = { ma: tokenIn(await visitor.text('/quan-tri/mat-khau')), loi: 'Chào bác, xã trả thẻ <sáng> thứ Hai.', xong: 'co' }
    const refused = await visitor.send('/quan-tri/cho/kh-1/tra-loi', { ...form, ma: 'cũ' })
    expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining('Chào bác, xã trả thẻ &lt;sáng&gt; thứ Hai.')])

    desk.world.now += 30 * MINUTE
    const ended = await visitor.send('/quan-tri/cho/kh-1/tra-loi', form, { referer: 'http://localhost/quan-tri/cho/kh-1', host: 'localhost' })
    const page = await ended.text()
    expect([ended.status, page]).toEqual([401, expect.stringContaining('Chào bác, xã trả thẻ &lt;sáng&gt; thứ Hai.')])
    expect(page).toContain('/quan-tri/dang-nhap?ve=%2Fquan-tri%2Fcho%2Fkh-1"')
    expect(page).not.toContain('>co<')
    expect((await visitor.send('/quan-tri/cho/kh-1/tra-loi', form, { origin: 'https://xau.example' })).status).toBe(303)
    expect((await visitor.send('/quan-tri/mat-khau', { 'hien-tai': 'ba con ca', moi: 'ba con ca chua' })).status).toBe(303)
  })

  it('is not prolonged by a page that refreshes itself', async () => {
    const visitor = await signedIn(desk, officers.duty)
    for (let minutes = 0; minutes < 25; minutes += 5) {
      desk.world.now += 5 * MINUTE
      expect((await visitor.get('/quan-tri/cho?tu-dong=1')).status).toBe(200)
    }
    desk.world.now += 5 * MINUTE
    expect((await visitor.get('/quan-tri/cho?tu-dong=1')).status).toBe(303)
  })

  it('ends 12 hours after signing in, whatever one does', async () => {
    const visitor = await signedIn(desk, officers.duty)
    for (let at = 0; at < 12 * HOUR - 20 * MINUTE; at += 20 * MINUTE) {
      desk.world.now += 20 * MINUTE
      expect(await isIn(visitor)).toBe(true)
    }
    desk.world.now += 20 * MINUTE
    expect(await isIn(visitor)).toBe(false)
  })

  it.each([
    ['another password', (book: ReturnType<typeof createStaffBook>) => book.setPassword(officers.duty, 'mot mat khau khac han')],
    ['another role', (book: ReturnType<typeof createStaffBook>) => book.change(officers.duty, { role: 'editor' })],
    ['a disabled account', (book: ReturnType<typeof createStaffBook>) => book.change(officers.duty, { disabled: true })],
  ])('ends with %s; others go on', async (_, change) => {
    const [visitor, other] = [await signedIn(desk, officers.duty), await signedIn(desk, officers.admin)]
    await change(createStaffBook(desk.world.store, cheap))
    expect([await isIn(visitor), await isIn(other)]).toEqual([false, true])
  })

  it('ends by signing out, on this browser only', async () => {
    const [here, there] = [await signedIn(desk, officers.duty), await signedIn(desk, officers.duty)]
    const cookie = here.cookie
    expect((await here.post('/quan-tri/dang-xuat')).status).toBe(303)
    expect(here.cookie).toBeNull()
    here.cookie = cookie
    expect([await isIn(here), await isIn(there)]).toEqual([false, true])
  })

  it('holds on another process of the same store', async () => {
    const visitor = await signedIn(desk, officers.duty)
    const elsewhere = new Visitor(desk.another())
    elsewhere.cookie = visitor.cookie
    expect(await isIn(elsewhere)).toBe(true)
  })
})

describe('one’s own password', () => {
  const change = (visitor: Visitor, fields: Record<string, string>): Promise<Response> => visitor.post('/quan-tri/mat-khau', fields)
  const fresh = 'cay tre ben bo song 7'

  it('changes with the old one; this browser stays signed in, others do not', async () => {
    const [here, there] = [await signedIn(desk, officers.duty), await signedIn(desk, officers.duty)]
    expect((await change(here, { 'hien-tai': password, moi: fresh, 'moi-lan-hai': fresh })).status).toBe(303)
    expect([await isIn(here), await isIn(there)]).toEqual([true, false])
    expect((await new Visitor(desk.app).signIn(officers.duty)).status).toBe(401)
    expect((await new Visitor(desk.app).signIn(officers.duty, fresh)).status).toBe(303)
  })

  it('stays as it is without the old one, when typed differently, or when weak', async () => {
    const visitor = await signedIn(desk, officers.duty)
    for (const fields of [
      { 'hien-tai': 'sai rồi anh ơi', moi: fresh, 'moi-lan-hai': fresh }, { 'hien-tai': password, moi: fresh, 'moi-lan-hai': `${fresh}8` },
      { 'hien-tai': password, moi: 'ngan', 'moi-lan-hai': 'ngan' }, { 'hien-tai': password, moi: 'Mật khẩu 123', 'moi-lan-hai': 'Mật khẩu 123' },
    ]) expect((await change(visitor, fields)).status).toBe(422)
    expect((await new Visitor(desk.app).signIn(officers.duty)).status).toBe(303)
  })
})

describe('failing to sign in', () => {
  const wrong = 'mat khau sai hoan toan'

  it('five times for nothing, then one waits a minute, then longer; the right password waits too', async () => {
    const visitor = new Visitor(desk.app)
    for (let n = 0; n < 5; n++) expect((await visitor.signIn(officers.duty, wrong)).status).toBe(401)
    const told = await visitor.signIn(officers.duty)
    expect([told.status, told.headers.get('retry-after')]).toEqual([429, '60'])
    desk.world.now += 59 * SECOND
    expect((await visitor.signIn(officers.duty)).status).toBe(429)
    desk.world.now += 1 * SECOND
    expect((await visitor.signIn(officers.duty, wrong)).status).toBe(401)
    desk.world.now += 1 * MINUTE
    expect((await visitor.signIn(officers.duty)).status).toBe(429)
    desk.world.now += 1 * MINUTE
    expect((await visitor.signIn(officers.duty)).status).toBe(303)
    expect((await visitor.signIn(officers.duty, wrong)).status).toBe(401)
  })

  it('from other addresses and on other processes counts for the same name', async () => {
    const apps = [desk.app, desk.another()]
    for (let n = 0; n < 5; n++) await new Visitor(apps[n % 2]!, `10.0.1.${n}`).signIn(officers.duty, wrong)
    for (const app of apps) expect((await new Visitor(app, '10.9.9.9').signIn(officers.duty)).status).toBe(429)
    expect((await new Visitor(desk.app, '10.9.9.9').signIn(officers.admin)).status).toBe(303)
  })

  it('at once counts as often as one after another', async () => {
    const statuses = await Promise.all(Array.from({ length: 12 }, () => new Visitor(desk.app).signIn(officers.duty, wrong).then(({ status }) => status)))
    expect(statuses.filter((status) => status === 401)).toHaveLength(5)
  })

  it('with ever other names makes the address wait, and no one else', async () => {
    const visitor = new Visitor(desk.app, '10.6.6.6')
    for (let n = 0; n < 30; n++) expect((await visitor.signIn(`Người Lạ ${n}`, 'x')).status).toBe(401)
    expect((await visitor.signIn(officers.duty)).status).toBe(429)
    expect((await new Visitor(desk.app, '10.7.7.7').signIn(officers.duty)).status).toBe(303)
    desk.world.now += 2 * HOUR
    expect((await visitor.signIn(officers.duty)).status).toBe(303)
  })

  it('from everywhere at once lets nobody wait for long: past a bound they come again, and nothing is counted', async () => {
    const slow = await openDesk({ passwordCost: { N: 2 ** 12, r: 8, p: 1 } })
    const answers = await Promise.all(Array.from({ length: 60 }, (_, n) => new Visitor(slow.app, `10.8.0.${n}`).signIn(`Người Lạ ${n}`, wrong)))
    const turnedAway = answers.filter(({ status }) => status === 429)
    expect(turnedAway.length).toBeGreaterThan(0)
    expect(new Set(turnedAway.map(({ headers }) => headers.get('retry-after')))).toEqual(new Set(['10']))
    expect((await slow.world.store.listEntries('throttle:address:')).length).toBeLessThanOrEqual(60 - turnedAway.length)
    expect((await new Visitor(slow.app).signIn(officers.duty)).status).toBe(303)
    await slow.close()
  })
})

describe('counting failures', () => {
  it('takes a whole network of IPv6 for one address, in whatever way it is written', async () => {
    const throttle = createThrottle(desk.world.store)
    const begin = (name: string, address: string): Promise<number> => throttle.begin(name, address, desk.world.now)
    for (let n = 0; n < 30; n++) expect(await begin(`ai ${n}`, n % 2 === 0 ? `2001:db8:0:7::${n.toString(16)}` : `2001:0DB8:0:7:a:b:c:${n.toString(16)}`)).toBe(0)
    expect(await begin('nữa', '2001:db8:0:7:ffff::1')).toBe(MINUTE)
    for (const other of ['2001:db8:0:8::1', '2001:db8::7', '::1', '10.0.0.1', '::ffff:10.0.0.1']) expect(await begin('người khác', other)).toBe(0)
  })

  it('of a whole office behind one address locks no colleague out who signs in rightly, and is forgotten an hour after the last failure', async () => {
    const throttle = createThrottle(desk.world.store)
    const begin = (name: string): Promise<number> => throttle.begin(name, '10.5.5.5', desk.world.now)
    for (let n = 0; n < 30; n++) await begin(`kẻ lạ ${n}`)
    expect(await begin('cán bộ 0')).toBe(MINUTE)
    desk.world.now += MINUTE
    const signIn = async (name: string): Promise<void> => {
      expect(await begin(name)).toBe(0)
      await throttle.succeeded(name, '10.5.5.5')
    }
    for (let n = 0; n < 20; n++) await signIn(`cán bộ ${n}`)
    expect(await begin('gõ nhầm')).toBe(0)
    expect(await begin('người sau')).toBe(2 * MINUTE)
    for (let n = 0; n < 5; n++) {
      desk.world.now += 15 * MINUTE
      await signIn('cán bộ 0')
    }
    for (const name of ['gõ nhầm', 'người sau']) expect(await begin(name)).toBe(0)
  })

  it('takes a bounded place in the store, whatever strangers type', async () => {
    const throttle = createThrottle(desk.world.store)
    for (let n = 0; n < 5_000; n++) await throttle.begin(`tên ${n}`, `10.${n >> 8}.${n & 255}.1`, desk.world.now)
    expect((await desk.world.store.listEntries('throttle:name:')).length).toBeLessThanOrEqual(4_096)
    expect((await desk.world.store.listEntries('throttle:')).length).toBeLessThanOrEqual(2 * 4_096)
  })
})

describe('what every answer carries', () => {
  it('a strict policy, and nothing is kept by browser or proxy', async () => {
    const visitor = await signedIn(desk, officers.admin)
    for (const path of ['/quan-tri', '/quan-tri/cho', '/quan-tri/thanh-phan', '/quan-tri/mat-khau', '/quan-tri/dang-nhap']) {
      const { headers } = await visitor.get(path)
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
      expect([headers.get('cache-control'), headers.get('x-frame-options'), headers.get('x-content-type-options'), headers.get('referrer-policy')]).toEqual(['no-store', 'DENY', 'nosniff', 'same-origin'])
    }
  })

  it('no style or script of its own in a page, which the policy would forbid', async () => {
    const visitor = await signedIn(desk, officers.admin)
    for (const path of ['/quan-tri', '/quan-tri/cho', '/quan-tri/thanh-phan']) expect(await visitor.text(path)).not.toMatch(/<style|<script(?! src="\/quan-tri\/trang\.js")| style="| on\w+="/)
  })

  it('a large body that does not tell its length is held for staff only', async () => {
    const MiB = 1024 * 1024
    const send = async (cookie: string): Promise<[status: number, read: number]> => {
      let read = 0
      const body = new ReadableStream({ pull: (to) => (read >= 2 * MiB ? to.close() : to.enqueue(new Uint8Array(read += 16 * 1024).subarray(-16 * 1024))) })
      const { status } = await desk.app.request('/quan-tri/noi-dung/bang', { method: 'POST', body, duplex: 'half', headers: { cookie, 'content-type': 'multipart/form-data; boundary=x' } } as RequestInit)
      return [status, read]
    }
    const [status, read] = await send('')
    expect([status, read < 128 * 1024]).toEqual([413, true])
    expect((await send((await signedIn(desk, officers.editor)).cookie!))[1]).toBe(2 * MiB)
  })

  it('what is no form is refused', async () => {
    const visitor = await signedIn(desk, officers.duty)
    const headers = { 'content-type': 'multipart/form-data; boundary=x', cookie: visitor.cookie! }
    for (const path of ['/quan-tri/mat-khau', '/quan-tri/dang-nhap']) expect((await desk.app.request(path, { method: 'POST', body: '{"ma":1}', headers })).status).toBe(400)
  })

  it('a form larger than any answer is refused', async () => {
    const visitor = await signedIn(desk, officers.duty)
    expect((await visitor.send('/quan-tri/mat-khau', { moi: 'x'.repeat(70_000) })).status).toBe(413)
  })
})
