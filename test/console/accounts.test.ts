import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAccessLog } from '../../src/console/access-log.ts'
import { createAccountDesk } from '../../src/console/account-desk.ts'
import { createStaffBook } from '../../src/console/staff.ts'
import { brokenOut, hostileTexts } from '../support/hostile.ts'
import { cheap, officers, openDesk, password, signedIn, Visitor, type Desk } from './support.ts'

let desk: Desk
let admin: Visitor
beforeEach(async () => {
  desk = await openDesk()
  admin = await signedIn(desk, officers.admin)
})
afterEach(() => desk.close())

const book = () => createStaffBook(desk.world.store, cheap)
const secretIn = (page: string): string => /class="secret">([^<]+)</.exec(page)?.[1] ?? ''
const newWord = 'bon con meo nam 2027'

async function add(name: string, role = 'editor'): Promise<Response> {
  return admin.post('/quan-tri/can-bo', { ten: name, 'vai-tro': role })
}

describe('a new account', () => {
  it('gets a password that is shown once and opens nothing but the page where another is chosen', async () => {
    const made = await add('Giàng A Páo')
    const first = secretIn(await made.text())
    expect(first).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/)
    expect(await admin.text('/quan-tri/can-bo')).not.toContain(first)
    expect(made.headers.get('cache-control')).toBe('no-store')

    const pao = new Visitor(desk.app)
    expect((await pao.signIn('Giàng A Páo', first)).status).toBe(303)
    for (const path of ['/quan-tri', '/quan-tri/noi-dung', '/quan-tri/dot']) expect((await pao.get(path)).headers.get('location')).toBe('/quan-tri/mat-khau')
    expect(await pao.text('/quan-tri/mat-khau')).toContain('do người quản trị đặt')
    const change = (to: string): Promise<Response> => pao.post('/quan-tri/mat-khau', { 'hien-tai': first, moi: to, 'moi-lan-hai': to })
    expect(await (await change(first)).text()).toContain('phải khác')
    expect((await change(newWord)).status).toBe(303)
    expect((await pao.get('/quan-tri')).status).toBe(200)
    expect((await book().find('Giàng A Páo'))!.mustChange).toBeUndefined()
  })

  it('is written into the log, without the password', async () => {
    const secret = secretIn(await (await add('Giàng A Páo', 'approver')).text())
    const [line] = await createAccessLog(desk.world.store).latest(1)
    expect(line).toMatchObject({ who: officers.admin, action: 'staff_added', about: 'Giàng A Páo', reason: 'vai trò Duyệt' })
    const everything = (await desk.world.store.listEntries('')).map(({ value }) => value).join('\n')
    expect(everything).not.toContain(secret)
  })

  it.each([['a name that is taken', officers.duty, 'duty'], ['the same name in other letters', officers.duty.toUpperCase(), 'duty'], ['no name', '', 'duty'], ['a name with signs', '<b>x</b>', 'duty'], ['no role', 'Người Mới', 'boss']])('is refused for %s, and what was typed stays', async (_, name, role) => {
    const answer = await add(name, role)
    expect(answer.status).toBe(422)
    expect(secretIn(await answer.text())).toBe('')
    expect(await book().list()).toHaveLength(5)
  })
})

describe('an account that is there', () => {
  it('a new password ends the sessions and has to be changed', async () => {
    const duty = await signedIn(desk, officers.duty)
    const secret = secretIn(await (await admin.post('/quan-tri/can-bo/mat-khau', { ten: officers.duty })).text())
    expect((await duty.get('/quan-tri')).status).toBe(303)
    expect((await new Visitor(desk.app).signIn(officers.duty, password)).status).toBe(401)
    const again = new Visitor(desk.app)
    await again.signIn(officers.duty, secret)
    expect((await again.get('/quan-tri/cho')).headers.get('location')).toBe('/quan-tri/mat-khau')
  })

  it('another role holds at once, locking ends everything, unlocking brings it back', async () => {
    const duty = await signedIn(desk, officers.duty)
    expect((await admin.post('/quan-tri/can-bo/vai-tro', { ten: officers.duty, 'vai-tro': 'editor' })).headers.get('location')).toBe('/quan-tri/can-bo?da=vai-tro')
    expect((await duty.get('/quan-tri')).status).toBe(303)
    const asEditor = await signedIn(desk, officers.duty)
    expect([(await asEditor.get('/quan-tri/cho')).status, (await asEditor.get('/quan-tri/dot-moi')).status]).toEqual([403, 200])
    await admin.post('/quan-tri/can-bo/khoa', { ten: officers.duty })
    expect((await asEditor.get('/quan-tri')).status).toBe(303)
    expect((await new Visitor(desk.app).signIn(officers.duty)).status).toBe(401)
    await admin.post('/quan-tri/can-bo/mo', { ten: officers.duty })
    expect((await new Visitor(desk.app).signIn(officers.duty)).status).toBe(303)
    const told = (await createAccessLog(desk.world.store).latest(20)).filter(({ action }) => action === 'staff_changed').map(({ reason }) => reason)
    expect(told).toEqual(['mở khóa', 'khóa', 'vai trò Biên tập'])
  })

  it('a role change keeps that a given password has to be changed', async () => {
    await add('Giàng A Páo')
    await admin.post('/quan-tri/can-bo/vai-tro', { ten: 'Giàng A Páo', 'vai-tro': 'approver' })
    expect(await book().find('Giàng A Páo')).toMatchObject({ role: 'approver', mustChange: true })
  })

  it.each(['vai-tro', 'khoa', 'mat-khau'])('nobody does it to themselves, nor to nobody: %s', async (step) => {
    for (const ten of [officers.admin, officers.admin.toUpperCase(), 'Không Ai']) {
      expect((await admin.post(`/quan-tri/can-bo/${step}`, { ten, 'vai-tro': 'editor' })).status).toBe(422)
    }
    expect((await admin.get('/quan-tri/can-bo')).status).toBe(200)
    expect(await book().find(officers.admin)).toMatchObject({ role: 'admin', disabled: false })
  })
})

describe('an administrator always stays', () => {
  const accountDesk = () => createAccountDesk(book(), createAccessLog(desk.world.store), () => desk.world.now)

  it('also when two lock each other at the same moment', async () => {
    await book().add('Quản Hai', 'admin', password, desk.world.now)
    const [one, two] = [(await book().find(officers.admin))!, (await book().find('Quản Hai'))!]
    for (let round = 0; round < 5; round++) {
      await Promise.all([accountDesk().setDisabled(one, two.name, true), accountDesk().setRole(two, one.name, 'editor')])
      expect((await book().list()).filter(({ role, disabled }) => role === 'admin' && !disabled).length).toBeGreaterThan(0)
      await book().change(one.name, { role: 'admin', disabled: false })
      await book().change(two.name, { role: 'admin', disabled: false })
    }
  })

  it('one who is locked out cannot lock the last one from a page that is still open', async () => {
    const gone = { ...(await book().find(officers.admin))!, name: 'Đã Nghỉ' }
    expect(await accountDesk().setDisabled(gone, officers.admin, true)).toEqual({ refused: expect.stringContaining('cuối cùng') })
    expect(await accountDesk().setRole(gone, officers.admin, 'duty')).toEqual({ refused: expect.stringContaining('cuối cùng') })
  })
})

it('hostile names break out of nothing', async () => {
  for (const { text } of hostileTexts) {
    for (const answer of [await add(text), await admin.post('/quan-tri/can-bo/vai-tro', { ten: text, 'vai-tro': text }), await admin.post('/quan-tri/can-bo/khoa', { ten: text })]) expect((await answer.text()).match(brokenOut)?.[0]).toBeUndefined()
  }
})
