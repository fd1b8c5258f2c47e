import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { staffRoles, type StaffRole } from '../../src/campaign/life.ts'
import { routes, type Route } from '../../src/console/paths.ts'
import { officers, openDesk, signedIn, Visitor, type Desk } from './support.ts'

let desk: Desk
const visitors = new Map<StaffRole, Visitor>()
beforeAll(async () => {
  desk = await openDesk()
  for (const role of staffRoles) visitors.set(role, await signedIn(desk, officers[role]))
})
afterAll(() => desk.close())

const key = 'A'.repeat(22)
const pathOf = (route: Route): string => `/quan-tri${route.split(' ')[1]!.replace(':key', key).replace(/^\/$/, '')}`
const inside = (Object.keys(routes) as Route[]).filter((route) => routes[route] !== 'everyone')

/** Written down once more, so that a slip in the table is found. */
const allowed: Record<string, readonly StaffRole[]> = {
  'POST /dang-xuat': staffRoles, 'GET /mat-khau': staffRoles, 'POST /mat-khau': staffRoles, 'GET /': staffRoles,
  'GET /cho': ['duty', 'admin'], 'GET /cho/:key': ['duty', 'admin'], 'POST /cho/:key/nhan': ['duty', 'admin'], 'POST /cho/:key/tra-loi': ['duty', 'admin'],
  'POST /cho/:key/tra-lai': ['duty', 'admin'], 'POST /cho/:key/dong': ['duty', 'admin'], 'GET /thanh-phan': ['admin'],
  'GET /so-lieu': staffRoles, 'GET /so-lieu/tai-ve': staffRoles, 'GET /qr': staffRoles, 'GET /qr/in': staffRoles, 'GET /qr/ma.svg': staffRoles,
  'GET /binh-luan': ['duty', 'admin'], 'POST /binh-luan/:key/rieng': ['duty', 'admin'], 'POST /binh-luan/:key/cong-khai': ['duty', 'admin'], 'POST /binh-luan/:key/xong': ['duty', 'admin'],
  'GET /viec': staffRoles, 'GET /viec/:id': staffRoles, 'GET /viec/:id/mau.xlsx': staffRoles, 'POST /viec/:id': ['editor', 'admin'], 'POST /viec/:id/bo': ['editor', 'admin'], 'POST /viec-tep': ['editor', 'admin'], 'POST /viec-don-vi': ['editor', 'admin'],
  'GET /bao-cao': staffRoles, 'GET /bao-cao/tai-ve': staffRoles, 'POST /bao-cao': ['editor', 'admin'],
  'GET /dot': staffRoles, 'GET /dot/:id': staffRoles, 'GET /dot/:id/tien-do': staffRoles, 'POST /dot/:id/tam-dung': staffRoles,
  'GET /dot-moi': ['editor', 'admin'], 'POST /dot-moi': ['editor', 'admin'], 'POST /dot/:id/trinh': ['editor', 'admin'],
  'POST /dot/:id/duyet': ['approver', 'admin'], 'POST /dot/:id/tra-lai': ['approver', 'admin'], 'POST /dot/:id/huy': ['approver', 'admin'],
  'POST /dot/:id/tiep-can': staffRoles, 'POST /dot/:id/gui-thu': ['editor', 'approver', 'admin'], 'GET /dot/:id/dinh-chinh': staffRoles, 'POST /dot/:id/dinh-chinh': staffRoles,
  'POST /dot/:id/dinh-chinh/xac-nhan': ['approver', 'admin'], 'POST /dot/:id/dinh-chinh/bo': ['approver', 'admin'],
  'GET /dot/:id/nguoi-nhan': ['approver', 'duty', 'admin'], 'POST /dot/:id/nguoi-nhan': ['approver', 'duty', 'admin'],
  'GET /dot-lich': staffRoles, 'GET /dot-dau': ['editor', 'admin'], 'POST /dot-dau': ['editor', 'admin'], 'GET /dot-bai': ['editor', 'admin'], 'POST /dot-bai': ['editor', 'admin'],
  'GET /dot-anh': ['editor', 'admin'], 'POST /dot-anh': ['editor', 'admin'], 'GET /dot-may': ['admin'], 'POST /dot-may': ['admin'],
  'GET /noi-dung': staffRoles, 'GET /noi-dung/muc/:id': staffRoles, 'GET /noi-dung/kich-ban/:id': staffRoles, 'GET /noi-dung/tep': staffRoles, 'POST /noi-dung/tep': ['editor', 'approver', 'admin'],
  'GET /noi-dung/sua': ['editor', 'admin'], 'POST /noi-dung/sua': ['editor', 'admin'], 'GET /noi-dung/moi': ['editor', 'admin'], 'POST /noi-dung/moi': ['editor', 'admin'],
  'GET /noi-dung/nhap/:id': staffRoles, 'POST /noi-dung/nhap/:id/trinh': ['editor', 'admin'], 'POST /noi-dung/nhap/:id/dang': ['approver', 'admin'], 'POST /noi-dung/nhap/:id/tra-lai': ['approver', 'admin'],
  'POST /noi-dung/nhap/:id/ghep': ['editor', 'approver', 'admin'], 'POST /noi-dung/nhap/:id/bo': ['editor', 'admin'],
  'GET /noi-dung/bang': ['editor', 'admin'], 'GET /noi-dung/bang/tai-ve': ['editor', 'admin'], 'POST /noi-dung/bang': ['editor', 'admin'], 'GET /noi-dung/cau-hoi': staffRoles, 'POST /noi-dung/cau-hoi': ['editor', 'admin'], 'POST /noi-dung/cau-hoi/bao-cao': ['editor', 'approver', 'admin'],
  'GET /du-lieu': ['duty', 'admin'], 'POST /du-lieu': ['duty', 'admin'], 'GET /du-lieu/:id': ['duty', 'admin'], 'POST /du-lieu/:id/tai-ve': ['duty', 'admin'], 'POST /du-lieu/:id/xong': ['duty', 'admin'],
  'GET /du-lieu/:id/xoa': ['admin'], 'POST /du-lieu/:id/xoa': ['admin'], 'GET /nhat-ky': ['approver', 'admin'], 'POST /nhat-ky': ['approver', 'admin'],
  'GET /can-bo': ['admin'], 'POST /can-bo': ['admin'], 'POST /can-bo/vai-tro': ['admin'], 'POST /can-bo/khoa': ['admin'], 'POST /can-bo/mo': ['admin'], 'POST /can-bo/mat-khau': ['admin'],
  'POST /dot/:id/chay-tiep': ['approver', 'duty', 'admin'], 'GET /dot/:id/chua-ro': ['approver', 'duty', 'admin'], 'POST /dot/:id/chua-ro': ['approver', 'duty', 'admin'],
}

describe('who may use what', () => {
  it('every route is written down', () => expect(Object.keys(allowed).sort()).toEqual([...inside].sort()))

  for (const route of inside) {
    const [method] = route.split(' ')
    it(`${route}: nobody without signing in`, async () => {
      const stranger = new Visitor(desk.app)
      const answer = method === 'GET' ? await stranger.get(pathOf(route)) : await stranger.send(pathOf(route), {})
      expect(answer.status).toBe(303)
      expect(answer.headers.get('location')).toMatch(/^\/quan-tri\/dang-nhap/)
    })
    for (const role of staffRoles) {
      const may = allowed[route]!.includes(role)
      it(`${route}: ${role} ${may ? 'may' : 'may not'}`, async () => {
        const visitor = route === 'POST /dang-xuat' ? await signedIn(desk, officers[role]) : visitors.get(role)!
        const answer = method === 'GET' ? await visitor.get(pathOf(route)) : await visitor.post(pathOf(route))
        if (may) expect([200, 303, 404, 422]).toContain(answer.status)
        else expect(answer.status).toBe(403)
      })
    }
    if (method !== 'POST') continue
    it(`${route}: not without the token of this session, nor from another site`, async () => {
      const visitor = visitors.get('admin')!
      const others = await visitors.get('duty')!.text('/quan-tri/mat-khau')
      const foreignToken = /name="ma" value="([^"]+)"/.exec(others)![1]!
      expect((await visitor.send(pathOf(route), {})).status).toBe(403)
      expect((await visitor.send(pathOf(route), { ma: foreignToken })).status).toBe(403)
      for (const headers of [{ origin: 'https://xau.example' }, { 'sec-fetch-site': 'cross-site' }, { origin: 'null' }]) {
        expect((await visitor.post(pathOf(route), {}, { headers })).status).toBe(403)
      }
      expect((await visitor.get('/quan-tri')).status).toBe(200)
    })
  }

  it('navigation shows what the role may open, and nothing else', async () => {
    expect(await visitors.get('editor')!.text('/quan-tri')).not.toContain('href="/quan-tri/cho"')
    expect(await visitors.get('duty')!.text('/quan-tri')).toContain('href="/quan-tri/cho"')
    expect(await visitors.get('duty')!.text('/quan-tri')).not.toContain('thanh-phan')
    expect(await visitors.get('admin')!.text('/quan-tri')).toContain('href="/quan-tri/thanh-phan"')
  })
})
