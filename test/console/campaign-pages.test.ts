import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Campaign } from '../../src/campaign/campaign.ts'
import { createEngine } from '../../src/campaign/engine.ts'
import { exportCampaign } from '../../src/campaign/export.ts'
import type { AuditLine, PublicationRow } from '../../src/core/campaign.ts'
import { MINUTE, vietnamDay } from '../../src/core/time.ts'
import { createAccessLog, type AccessAction, type AccessLine } from '../../src/console/access-log.ts'
import { weeksOf } from '../../src/console/campaign-calendar.ts'
import { createPictureShelf } from '../../src/node/picture-shelf.ts'
import { campaignText } from '../campaign/support.ts'
import { compose, rules } from '../campaign/world.ts'
import { aPublication } from '../support/campaign-fixtures.ts'
import { standardSettings } from '../support/campaign-settings.ts'
import { brokenOut, hostileTexts, unseen } from '../support/hostile.ts'
import { hiddenIn, officers, openDesk, signedIn, tokenIn, type Desk, type Visitor } from './support.ts'

let folder: string
let desk: Desk
let editor: Visitor
let approver: Visitor
let duty: Visitor
let admin: Visitor
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'camnang-pictures-'))
  mkdirSync(join(folder, 'assets'))
  desk = await openDesk({ pictures: createPictureShelf(folder, () => desk.world.now) })
  ;[editor, approver, duty, admin] = await Promise.all([signedIn(desk, officers.editor), signedIn(desk, officers.approver), signedIn(desk, officers.duty), signedIn(desk, officers.admin)])
})
afterAll(async () => {
  await desk.close()
  rmSync(folder, { recursive: true, force: true })
})

let serial = 0
let id: string
beforeEach(() => { id = `dot-${++serial}` })
const record = (of = id) => desk.world.store.loadCampaign(of)
const content = async (of = id): Promise<Campaign> => (await record(of))!.content as Campaign
const logged = async (action: AccessAction): Promise<AccessLine[]> => (await createAccessLog(desk.world.store).latest(50)).filter((line) => line.action === action)
const lines = async (): Promise<AuditLine[]> => {
  const all: AuditLine[] = []
  for await (const batch of desk.world.store.auditLines()) all.push(...batch.filter(({ campaign }) => campaign === id))
  return all
}

const head = (): Record<string, string> => ({ ten: 'Họp dân', 'ma-dot': id, 'muc-dich': 'Mời họp', tu: '2026-12-01', den: '2026-12-10' })
const post = (more: Record<string, string> = {}): Record<string, string> =>
  ({ goc: '', ban: '0', bai: '', 'tieu-de': 'Mời họp', gio: '2026-12-01T09:00', loi: 'Mời bà con.', 'gui-telegram': 'direct', viec: 'luu', ...more })
const write = (fields: Record<string, string>): Promise<Response> => editor.post('/quan-tri/dot-bai', fields)

describe('a post in a form', () => {
  it('makes a campaign with all that a file can say, comes back as it was, is changed, and taken out', async () => {
    const all = post({
      ...head(), 'ma-bai': 'mot', 'gui-zalo': 'template', 'mau-zalo': 'mau-1', 'o-zalo': 'ten: Bà con\nngay: 10/10', 'gui-facebook': 'message', dem: 'skip',
      'lien-ket-ten-2': 'Cổng', 'lien-ket-2': 'https://dichvucong.gov.vn', 'nut-ten-1': 'Mở', 'nut-1': 'article:co-that',
      xa: 'Nà Hang, Thượng Lâm', 'vai-tro': 'tổ trưởng', 'nhan-tu': '2026-11-01', nguoi: 'Bà Mẫu | Hồ sơ 12\nÔng Thử | Hồ sơ 13', 'khau-hieu': 'Một\nHai', 'ngay-trong-diem': '2026-12-05',
    })
    expect((await write(all)).headers.get('location')).toBe(`/quan-tri/dot/${id}?da=luu`)
    expect(await content()).toMatchObject({
      name: 'Họp dân', slogans: ['Một', 'Hai'], keyDays: ['2026-12-05'], period: { from: '2026-12-01', to: '2026-12-10' },
      posts: [{
        id: 'mot', atNight: 'skip', message: { text: 'Mời bà con.', links: [{ title: 'Cổng', url: 'https://dichvucong.gov.vn' }], buttons: [{ title: 'Mở', opens: 'article:co-that' }] },
        audience: { commune: ['Nà Hang', 'Thượng Lâm'], role: ['tổ trưởng'], lastSeenSince: '2026-11-01' }, people: [{ name: 'Bà Mẫu', consent: 'Hồ sơ 12' }, { name: 'Ông Thử', consent: 'Hồ sơ 13' }],
        means: [{ means: 'zalo_template', template: { id: 'mau-1', data: { ten: 'Bà con', ngay: '10/10' } } }, { means: 'facebook_message' }, { means: 'telegram_direct' }],
      }],
    })
    const before = await content()
    const page = await editor.text(`/quan-tri/dot-bai?dot=${id}&bai=mot`)
    const fields: Record<string, string> = { ...Object.fromEntries([...page.matchAll(/<input (?:type="(?:text|date|datetime-local|hidden)") [^>]*?name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [name!, value!])) }
    for (const [, name, value] of page.matchAll(/<textarea id="[^"]+" name="([^"]+)"[^>]*>\n([^<]*)<\/textarea>/g)) fields[name!] = value!
    for (const [, name, body] of page.matchAll(/<select id="[^"]+" name="([^"]+)"[^>]*>(.*?)<\/select>/gs)) fields[name!] = /value="([^"]*)" selected/.exec(body!)?.[1] ?? ''
    expect((await write({ ...fields, goc: id, ban: '1', bai: 'mot', viec: 'luu' })).status).toBe(303)
    expect(await content()).toEqual(before)
    expect((await record())!.version).toBe(1)

    expect((await write(post({ goc: id, ban: '1', 'tieu-de': 'Mời họp', loi: 'Bài hai.' }))).status).toBe(303)
    expect((await content()).posts.map((each) => each.id)).toEqual(['mot', 'moi-hop'])
    expect((await write(post({ goc: id, ban: '2', 'tieu-de': 'Mời họp', loi: 'Bài ba.' }))).status).toBe(303)
    expect((await content()).posts.map((each) => each.id)).toEqual(['mot', 'moi-hop', 'moi-hop-2'])
    expect((await write({ goc: id, ban: '2', bai: 'mot', viec: 'bo' })).status).toBe(409)
    for (const [version, bai] of [['3', 'mot'], ['4', 'moi-hop']] as const) expect((await write({ goc: id, ban: version, bai, viec: 'bo' })).status).toBe(303)
    const last = await write({ goc: id, ban: '5', bai: 'moi-hop-2', viec: 'bo' })
    expect([last.status, await last.text()]).toEqual([409, expect.stringContaining('còn ít nhất một bài')])
  })

  it('codes are made of names where none are written', async () => {
    id = `ngay-hoi-${serial}`
    expect((await write(post({ ...head(), ten: `Ngày hội ${serial}`, 'ma-dot': '' }))).headers.get('location')).toBe(`/quan-tri/dot/${id}?da=luu`)
    expect((await content()).posts[0]!.id).toBe('moi-hop')
  })

  it.each([
    ['no words', { loi: '' }, 'loi'], ['no time', { gio: 'mai' }, 'gio'], ['no channel', { 'gui-telegram': '' }, 'gui-zalo'], ['a link that is none', { 'lien-ket-ten-3': 'x', 'lien-ket-3': 'javascript:alert(1)' }, 'lien-ket-3'],
    ['a button without a title', { 'nut-2': 'article:co-that' }, 'nut-ten-2'], ['a template without its id', { 'gui-zalo': 'template' }, 'mau-zalo'], ['a means of nobody', { 'gui-telegram': 'khong-co' }, 'gui-telegram'],
    ['a person without consent', { nguoi: 'Bà Mẫu' }, 'nguoi'], ['a day that is none', { 'nhan-tu': '2026-02-30' }, 'nhan-tu'],
  ])('says beside the field: %s', async (_, more, field) => {
    const answer = await write(post({ ...head(), ...more }))
    expect(answer.status).toBe(422)
    const page = await answer.text()
    expect(page).toMatch(new RegExp(`id="${field}-loi"`))
    expect(page).toContain('Họp dân')
    expect(await record()).toBeNull()
  })

  it('is shown before anything is kept, with what is wrong and whom it reaches', async () => {
    const answer = await write(post({ 'tieu-de': '', gio: '', 'gui-zalo': 'broadcast', viec: 'xem' }))
    expect(answer.status).toBe(200)
    const preview = (await answer.text()).split('id="xem-truoc"')[1]!
    expect(preview).toContain('Không muốn nhận nữa, nhắn “dừng”.')
    expect(preview).toContain('cần ảnh bìa')
    expect(preview).toMatch(/trong \d+ người/)
    expect(await desk.world.store.loadCampaign('ban-nhap')).toBeNull()
    const broken = await write(post({ loi: '', viec: 'xem' }))
    expect((await broken.text()).split('id="xem-truoc"')[1]).toContain('bỏ trống')
  })

  it('says beside its field what the check finds, in the words of the form; by the preview which field is meant', async () => {
    const page = await (await write(post({ loi: 'Bộ TT&TT mời bà con.', 'nut-ten-2': 'Xem', 'nut-2': 'article:khong-co', viec: 'xem' }))).text()
    expect(page).toMatch(/id="loi-loi">Tên gọi cũ &quot;Bộ TT&amp;TT&quot; → [^<]+<\/p><textarea id="loi"[^>]*aria-invalid="true"/)
    expect(page).toMatch(/<details open><summary>Liên kết và nút[^]*id="nut-2-loi">Nơi nút mở ra không có hoặc không còn/)
    expect(page.split('id="xem-truoc"')[1]).toContain('<strong>Lời:</strong> <bdi>Tên gọi cũ')
    expect(page).not.toContain('name="the"')
    // What is kept all the same is told on the campaign's own page, place by place.
    await write(post({ ...head(), loi: 'Bộ TT&TT mời bà con.' }))
    expect(await editor.text(`/quan-tri/dot/${id}`)).toContain('Bài “Mời họp”, Lời: Tên gọi cũ')
    expect(await editor.text(`/quan-tri/dot-bai?dot=${id}&bai=moi-hop`)).toContain('id="loi-loi"')
  })

  it('a post of which the form has no field for everything is changed as a file', async () => {
    await write(post(head()))
    const { version, content: kept } = (await record())!
    const text = exportCampaign(kept as Campaign).replace('    means:', '    audience:\n      tags: [x]\n    means:')
    expect((await editor.post('/quan-tri/dot-moi', { goc: id, ban: String(version), 'ca-dot': text, viec: 'luu' })).status).toBe(303)
    expect((await editor.get(`/quan-tri/dot-bai?dot=${id}&bai=moi-hop`)).headers.get('location')).toBe(`/quan-tri/dot-moi?dot=${id}`)
  })

  it('is not changed over somebody else, nor in what has begun', async () => {
    await write(post(head()))
    expect((await write(post({ goc: id, ban: '1', bai: 'moi-hop', 'ma-bai': 'moi-hop', loi: 'Một' }))).status).toBe(303)
    const stale = await write(post({ goc: id, ban: '1', bai: 'moi-hop', 'ma-bai': 'moi-hop', loi: 'Hai' }))
    expect([stale.status, await stale.text()]).toEqual([409, expect.stringContaining('Hai')])
    expect((await editor.get(`/quan-tri/dot-bai?dot=${id}&bai=khong-co`)).status).toBe(404)
    expect((await editor.get('/quan-tri/dot-bai?dot=khong-co')).status).toBe(404)
  })
})

describe('name, time and copies', () => {
  it('are changed in a form; a copy takes another id and moves its posts with its first day', async () => {
    await write(post(head()))
    const changed = { ...head(), goc: id, ban: '1', chep: '', ten: 'Họp dân lần hai', 'chu-de': 'Chủ đề' }
    expect((await editor.post('/quan-tri/dot-dau', { ...changed, den: '2026-11-01' })).status).toBe(422)
    const wrong = await (await editor.post('/quan-tri/dot-dau', { ...changed, den: '2026-11-01', 'ngay-trong-diem': '31/11/2026' })).text()
    expect(wrong).toMatch(/id="den-loi">Ngày cuối sớm hơn ngày đầu[^]*id="den"[^>]*aria-invalid="true"/)
    expect((await editor.post('/quan-tri/dot-dau', { ...changed, 'ngay-trong-diem': '5/12/2026, 2026-12-06' })).status).toBe(303)
    expect(await content()).toMatchObject({ keyDays: ['2026-12-05', '2026-12-06'] })
    expect(await editor.text(`/quan-tri/dot-dau?dot=${id}`)).toContain('value="05/12/2026, 06/12/2026"')
    expect((await editor.post('/quan-tri/dot-dau', { ...changed, ban: '2' })).status).toBe(303)
    expect(await content()).toMatchObject({ name: 'Họp dân lần hai', theme: 'Chủ đề', posts: [{ id: 'moi-hop' }] })
    const copy = `${id}-nam-sau`
    const fields = { ...head(), goc: '', ban: '0', chep: id, 'ma-dot': copy, tu: '2027-12-03', den: '2027-12-12', 'doi-gio': 'co' }
    expect((await editor.post('/quan-tri/dot-dau', { ...fields, 'ma-dot': id })).status).toBe(409)
    expect((await editor.post('/quan-tri/dot-dau', fields)).headers.get('location')).toBe(`/quan-tri/dot/${copy}?da=chep`)
    expect(vietnamDay((await content(copy)).posts[0]!.at)).toBe('2027-12-03')
    expect((await record(copy))).toMatchObject({ status: 'draft', approval: null, author: officers.editor })
    expect(await editor.text('/quan-tri/dot-lich?thang=2027-12')).toContain(`href="/quan-tri/dot/${copy}"`)
    expect(await editor.text('/quan-tri/dot-lich?thang=2027-10')).not.toContain(`href="/quan-tri/dot/${copy}"`)
  })

  it('a month is shown in whole weeks, over the turn of the year too', () => {
    expect(weeksOf({ year: 2026, month: 12 })).toHaveLength(5)
    expect(weeksOf({ year: 2026, month: 12 }).flat().slice(0, 1)).toEqual(['2026-11-30'])
    expect(weeksOf({ year: 2027, month: 1 }).flat()).toEqual(expect.arrayContaining(['2027-01-01', '2027-01-31']))
    expect(weeksOf({ year: 2027, month: 2 })).toHaveLength(4)
  })
})

const engineHere = () => createEngine({ store: desk.world.store, world: async () => ({ compose: compose(), rules }), settings: standardSettings, accounts: [], now: () => desk.world.now })

/** Running, with one message each that was sent, skipped, and that nobody knows the end of. */
async function run(publications: readonly PublicationRow[] = []): Promise<string[]> {
  const { world } = desk
  const account = `telegram:${world.contact('an', 'telegram').accountId}` as const
  const keys: string[] = []
  for (const who of ['an', 'binh', 'chi']) {
    await world.hears(`${who}${serial}`, 'chào', { channel: 'telegram' })
    keys.push(world.store.keyOf(world.contact(`${who}${serial}`, 'telegram')))
  }
  await world.settle()
  await editor.post('/quan-tri/dot-moi', { goc: '', ban: '0', 'ca-dot': campaignText().replace('id: dot-thu', `id: ${id}`), viec: 'luu' })
  await editor.post(`/quan-tri/dot/${id}/trinh`)
  await approver.post(`/quan-tri/dot/${id}/duyet`, { 'da-xem': hiddenIn(await approver.text(`/quan-tri/dot/${id}`), 'da-xem') })
  const system = { actor: { name: 'hệ thống', role: 'system', via: 'job' }, why: '' } as const
  const engine = engineHere()
  await engine.schedule(id, system)
  await engine.start(id, system, publications.map((row) => ({ ...row, id: row.id.replace('dot/', `${id}/`), campaign: id })))
  const sorted = keys.toSorted()
  await world.store.planBatch({
    campaign: id, post: 'mo-dau', account, means: 'telegram_direct', after: null, upTo: sorted.at(-1)!, done: true, now: world.now,
    rows: sorted.map((contactKey, n) => ({ contactKey, parts: [{ text: 'Chào' }], dueAt: world.now, skip: n === 2 ? 'opted_out' : null })),
  })
  const claimed = await world.store.claimCampaignDeliveries(account, 2, world.now, MINUTE)
  await world.store.finishDeliveries([
    { id: claimed[0]!.id, claim: claimed[0]!.claim, end: { status: 'sent', platformMessageId: 'p' } }, { id: claimed[1]!.id, claim: claimed[1]!.claim, end: { status: 'uncertain', reason: 'no_answer' } },
  ], world.now)
  return [claimed[0]!.contactKey, claimed[1]!.contactKey, sorted[2]!]
}

describe('recipients', () => {
  it('are shown by outcome, page by page, and every look is logged with its filter and number', async () => {
    const [sent] = await run()
    const page = await approver.text(`/quan-tri/dot/${id}/nguoi-nhan?ket-qua=sent`)
    expect(page).toContain('1 lượt')
    expect(page).toContain(sent!.slice(0, 6))
    expect(page).not.toContain(sent!)
    expect(await approver.text(`/quan-tri/dot/${id}/nguoi-nhan?ket-qua=skipped&vi-sao=opted_out`)).toMatch(/1 lượt[^]*đã dừng nhận/)
    expect(await approver.text(`/quan-tri/dot/${id}/nguoi-nhan?bai=khong-co`)).toContain('3 lượt')
    expect((await logged('recipients_read')).map(({ who, about, count }) => [who, about, count])).toEqual(expect.arrayContaining([[officers.approver, `${id}, mọi bài, đã gửi`, 1], [officers.approver, `${id}, mọi bài, bỏ qua, đã dừng nhận tin`, 1]]))
    // A place in another campaign's list is none here.
    expect(await approver.text(`/quan-tri/dot/${id}/nguoi-nhan?sau=${encodeURIComponent('dot-khac/mo-dau:x#1')}`)).toContain('3 lượt')
  })

  it('are taken away as CSV only with a reason, which is logged before; cells are no formulas', async () => {
    const keys = await run()
    expect((await approver.post(`/quan-tri/dot/${id}/nguoi-nhan`, { 'ly-do': ' ' })).status).toBe(422)
    expect((await approver.post(`/quan-tri/dot/${id}/nguoi-nhan`, { 'ly-do': 'x'.repeat(301) })).status).toBe(422)
    expect(await logged('recipients_exported')).toEqual([])
    const answer = await approver.post(`/quan-tri/dot/${id}/nguoi-nhan`, { 'ly-do': '=HYPERLINK("x") gửi 0912345678', 'ket-qua': '' })
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="nguoi-nhan-${id}.csv"`)
    const csv = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await answer.arrayBuffer())
    const rows = csv.trimEnd().split('\r\n')
    expect(rows[0]).toBe('\uFEFF"Mã người nhắn","Kênh","Tài khoản","Bài","Phần","Kết quả","Lý do","Lúc"')
    expect(rows).toHaveLength(4)
    for (const key of keys) expect(csv).toContain(key)
    expect(csv).toMatch(/"Bỏ qua","đã dừng nhận tin"/)
    for (const row of rows.slice(1)) for (const cell of row.split(',')) expect(cell).not.toMatch(/^"[=+\-@]/)
    expect(await logged('recipients_exported')).toMatchObject([{ who: officers.approver, about: `${id}, mọi bài, mọi kết quả`, count: 3, reason: '=HYPERLINK("x") gửi [số]' }])
    expect((await editor.post(`/quan-tri/dot/${id}/nguoi-nhan`, { 'ly-do': 'x' })).status).toBe(403)
  })
})

describe('what nobody knows', () => {
  const telegram = (post: string, status: PublicationRow['status']): PublicationRow => aPublication('dot', post, { status, reason: status === 'uncertain' ? 'no_answer' : null })
  it('publications are settled by who looked, a finished campaign runs again for what is published again, and reach is noted by hand', async () => {
    await run([telegram('mo-dau', 'uncertain')])
    const [publication] = await desk.world.store.listPublications({ campaign: id })
    const page = await duty.text(`/quan-tri/dot/${id}/chua-ro`)
    expect(page).toContain(`name="bai-dang" value="${publication!.id}"`)
    const settle = (viec: string): Promise<Response> => duty.post(`/quan-tri/dot/${id}/chua-ro`, { 'bai-dang': publication!.id, viec })
    expect((await settle('gui-lai')).status).toBe(422)
    await engineHere().finish(id, { actor: { name: 'hệ thống', role: 'system', via: 'job' }, why: '' })
    expect((await settle('dang-lai')).status).toBe(303)
    expect((await record())!.status).toBe('running')
    expect((await settle('da-len')).status).toBe(409)
    expect((await desk.world.store.listPublications({ campaign: id }))[0]!.status).toBe('planned')
    expect((await lines()).at(-1)).toMatchObject({ action: 'send_again', who: officers.duty, before: 'finished', after: 'running' })
    // Of another campaign's publication nothing is settled here.
    expect((await duty.post('/quan-tri/dot/dot-khac/chua-ro', { 'bai-dang': publication!.id, viec: 'da-len' })).status).toBe(404)
  })

  it('reach: a number and a day not to come; who wrote it stands beside it and in the log', async () => {
    await run([telegram('mo-dau', 'published')])
    const [{ id: publication }] = (await desk.world.store.listPublications({ campaign: id })) as [PublicationRow]
    const note = (fields: Record<string, string>, who = editor): Promise<Response> => who.post(`/quan-tri/dot/${id}/tiep-can`, { 'bai-dang': publication, ...fields })
    const today = vietnamDay(desk.world.now)
    for (const wrong of [{ 'so-nguoi': 'nhiều' }, { 'so-nguoi': '-3' }, { 'so-nguoi': '1.5' }, { 'so-nguoi': '' }, { 'so-nguoi': '9999999999999' }, { 'so-nguoi': '5', ngay: '2099-01-01' }, { 'so-nguoi': '5', ngay: 'hôm qua' }]) expect((await note(wrong)).status, JSON.stringify(wrong)).toBe(422)
    expect((await note({ 'so-nguoi': '5', 'bai-dang': `${id}/khong-co@zalo:1` })).status).toBe(409)
    expect((await note({ 'so-nguoi': '1.234', ngay: today })).status).toBe(303)
    expect((await desk.world.store.listPublications({ campaign: id }))[0]!.reach).toEqual({ value: 1_234, source: 'by_hand', who: officers.editor, day: today })
    // A digit too many is asked for again, and kept when it is typed the same once more.
    const doubted = await note({ 'so-nguoi': '12.340.000' })
    expect([doubted.status, await doubted.text()]).toEqual([422, expect.stringContaining('12.340.000 người là nhiều hơn thường thấy')])
    expect((await note({ 'so-nguoi': '12340000', 'so-nguoi-lai': '1234000' })).status).toBe(422)
    expect((await desk.world.store.listPublications({ campaign: id }))[0]!.reach!.value).toBe(1_234)
    expect((await note({ 'so-nguoi': '12340000', 'so-nguoi-lai': '12.340.000' })).status).toBe(303)
    expect((await note({ 'so-nguoi': '1.234', ngay: today })).status).toBe(303)
    const page = await editor.text(`/quan-tri/dot/${id}`)
    expect(page).toMatch(/1\.234 [^]*nhập tay: <bdi>Biên Tập/)
    expect((await lines()).at(-1)).toMatchObject({ action: 'note_reach', who: officers.editor, why: expect.stringContaining('1234 người') })
  })
})

describe('putting right', () => {
  it('two people: what would be done stands on the page before; who proposed cannot confirm; dropping wants a reason', async () => {
    await run()
    const page = await editor.text(`/quan-tri/dot/${id}/dinh-chinh`)
    expect(page).toContain('gửi lời đính chính cho đúng những người này')
    expect(page).toContain('gửi lời thu hồi cho đúng những người này')
    const propose = (more: Record<string, string> = {}): Promise<Response> => approver.post(`/quan-tri/dot/${id}/dinh-chinh`, { loai: 'recall', 'loi-dinh-chinh': 'Bỏ qua tin trước', 'ly-do': 'Nhầm', ...more })
    for (const wrong of [{ loai: 'x' }, { 'loi-dinh-chinh': ' ' }, { 'loi-dinh-chinh': 'x'.repeat(1_501) }, { 'ly-do': '' }]) expect((await propose(wrong)).status).toBe(422)
    expect((await propose({ bai: 'khong-co' })).status).toBe(409)
    const proposed = await propose({ bai: '*' })
    expect(proposed.status).toBe(303)
    expect(await approver.text(proposed.headers.get('location')!)).toContain('Đã đề nghị thu hồi.')
    expect((await record())!.correction).not.toHaveProperty('posts')
    expect((await record())!.status).toBe('paused')
    expect((await propose()).status).toBe(409)
    expect(await editor.text(`/quan-tri/dot/${id}`)).toContain('chờ người thứ hai')
    expect(await approver.text(`/quan-tri/dot/${id}/dinh-chinh`)).toContain('không được tự xác nhận')
    expect((await approver.post(`/quan-tri/dot/${id}/dinh-chinh/xac-nhan`)).status).toBe(409)
    expect(await admin.text('/quan-tri/dot')).toContain('Cần anh chị xác nhận thu hồi')
    const seen = await admin.text(`/quan-tri/dot/${id}/dinh-chinh`)
    expect(seen).toContain('THU HỒI: Bỏ qua tin trước')
    expect((await admin.post(`/quan-tri/dot/${id}/dinh-chinh/bo`, { 'ly-do-bo': '' })).status).toBe(422)
    expect((await admin.post(`/quan-tri/dot/${id}/dinh-chinh/bo`, { 'ly-do-bo': 'Không cần' })).status).toBe(303)
    expect((await record())!.correction).toBeNull()
    expect((await propose({ bai: 'mo-dau' })).status).toBe(303)
    expect((await admin.post(`/quan-tri/dot/${id}/dinh-chinh/xac-nhan`)).status).toBe(303)
    expect((await record())!.correction).toMatchObject({ confirmedBy: officers.admin, kind: 'recall', posts: ['mo-dau'] })
  })
})

describe('trials', () => {
  it('phones are kept by the administrator; a trial says phone by phone what became of it, and is no figure', async () => {
    await write(post(head()))
    expect((await editor.post(`/quan-tri/dot/${id}/gui-thu`, { bai: 'moi-hop' })).status).toBe(409)
    const { world } = desk
    await world.hears(`may${serial}`, 'gặp cán bộ', { channel: 'telegram' })
    await world.settle()
    const key = world.store.keyOf(world.contact(`may${serial}`, 'telegram'))
    expect(await admin.text('/quan-tri/dot-may')).toContain(`<option value="${key}">`)
    for (const wrong of [{ 'ma-nguoi-nhan': 'khong-co', 'ten-may': 'Lan' }, { 'ma-nguoi-nhan': key, 'ten-may': '' }]) expect((await admin.post('/quan-tri/dot-may', wrong)).status).toBe(422)
    expect((await admin.post('/quan-tri/dot-may', { 'ma-nguoi-nhan': key, 'ten-may': 'Lan' })).status).toBe(200)
    const sent = await editor.post(`/quan-tri/dot/${id}/gui-thu`, { bai: 'moi-hop' })
    expect([sent.status, await sent.text()]).toEqual([200, expect.stringMatching(/Gửi thử: <bdi>Lan<\/bdi>: đang gửi/)])
    expect((await editor.post(`/quan-tri/dot/${id}/gui-thu`, { bai: 'khong-co' })).status).toBe(422)
    await world.settle()
    expect(world.channels.telegram.textsTo(`may${serial}`).at(-1)).toContain('[GỬI THỬ]')
    expect(await world.store.readLedger({ campaign: id })).toEqual([])
    expect(await logged('trial_sent')).toMatchObject([{ who: officers.editor, about: `${id}/moi-hop`, count: 1 }])
    expect((await admin.post('/quan-tri/dot-may', { 'ma-nguoi-nhan': key, viec: 'bo' })).status).toBe(200)
    expect((await admin.post('/quan-tri/dot-may', { 'ma-nguoi-nhan': key, viec: 'bo' })).status).toBe(409)
  })
})

describe('pictures', () => {
  const picture = readFileSync('content/assets/khung-anh-1010-mau.png')
  async function upload(bytes: Uint8Array, more: Record<string, string> = {}, name = 'a.png'): Promise<Response> {
    const body = new FormData()
    body.set('ma', tokenIn(await editor.text('/quan-tri/mat-khau')))
    body.set('tep', new File([bytes as Uint8Array<ArrayBuffer>], name, { type: 'image/png' }))
    for (const [field, value] of Object.entries({ 'ten-anh': 'Chợ', 'mo-ta': 'Bà con ở chợ', quyen: 'Sở tự chụp', ...more })) body.set(field, value)
    return desk.app.request('/quan-tri/dot-anh', { method: 'POST', body, headers: { cookie: editor.cookie! } })
  }
  const files = (): string[] => readdirSync(join(folder, 'assets')).sort()
  const described = (): string => readFileSync(join(folder, 'assets/assets.yaml'), 'utf8')

  it('what is no picture by its bytes, too heavy or without a description is refused, and nothing is written', async () => {
    for (const [bytes, more, what] of [
      [new TextEncoder().encode('<svg/>'), {}, 'Không nhận ra'], [new TextEncoder().encode('GIF89a...'), {}, 'PNG hoặc JPG'], [new TextEncoder().encode('%PDF-1.7'), {}, 'không phải ảnh'],
      [new Uint8Array(0), {}, 'Chưa chọn'], [picture.subarray(0, 2_000), {}, 'hỏng hoặc chưa tải hết'], [new Uint8Array([...picture, ...new Uint8Array(1024 * 1024)]), {}, 'quá 1 MB'], [picture, { 'mo-ta': ' ' }, 'Điền tên'], [picture, { 'mo-ta': 'x'.repeat(501) }, 'dài quá'],
    ] as const) {
      const answer = await upload(bytes, more)
      expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining(what)])
    }
    expect((await upload(new Uint8Array(2 * 1024 * 1024))).status).toBe(413)
    expect(files()).toEqual([])
  })

  it('it is kept under a name of its bytes, described as a person would; the same again is the same; comments stay', async () => {
    writeFileSync(join(folder, 'assets/assets.yaml'), '# Lời dặn của cán bộ\nassets:\n  - id: cu\n    file: cu.png\n    kind: banner\n    title: Cũ\n    alt: Cũ # đừng xóa\n    rights: Tự làm\n')
    expect((await upload(picture, { 'ten-anh': 'Chợ: "phiên" #1\u202e' }, '../../../etc/x.png')).status).toBe(303)
    const [name] = files().filter((each) => /^[0-9a-f]{32}\.png$/.test(each))
    expect(new Uint8Array(readFileSync(join(folder, 'assets', name!)))).toEqual(new Uint8Array(picture))
    expect(described()).toMatch(/^# Lời dặn của cán bộ\nassets:\n  - id: cu\n[^]*alt: Cũ # đừng xóa\n    rights: Tự làm\n  - id: anh-\d{8}-[0-9a-f]{8}\n    file: [0-9a-f]{32}\.png\n    kind: banner\n    title: "Chợ: \\"phiên\\" #1/)
    const before = described()
    expect((await upload(picture)).status).toBe(303)
    expect(described()).toBe(before)
    expect(files()).toHaveLength(2)
    expect((await logged('picture_added'))[0]).toMatchObject({ who: officers.editor, about: expect.stringMatching(/^anh-/) })
  })

  it('nothing is written beside a description that cannot be read', async () => {
    const broken = 'assets: [\n'
    writeFileSync(join(folder, 'assets/assets.yaml'), broken)
    const answer = await upload(new Uint8Array([...picture, 1]))
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining('đang có lỗi')])
    expect(described()).toBe(broken)
    expect(files()).toHaveLength(2)
  })
})

describe('hostile texts', () => {
  const whole = hostileTexts.map(({ text }) => text).join('\n').toWellFormed()
  const checked = (page: string): void => {
    expect(page.match(brokenOut)?.[0]).toBeUndefined()
    expect(page.replaceAll('\n', '').match(unseen)?.[0]?.codePointAt(0)).toBeUndefined()
  }
  it('break out of no form that shows again what was refused', async () => {
    await run()
    const everywhere = Object.fromEntries(['tieu-de', 'ma-bai', 'gio', 'loi', 'tep', 'xa', 'nguoi', 'lien-ket-ten-1', 'lien-ket-1', 'nut-ten-1', 'nut-1', 'gui-zalo', 'o-zalo', 'mau-zalo', 'ten', 'ma-dot', 'muc-dich', 'tu', 'den', 'chu-de', 'khau-hieu'].map((name) => [name, whole]))
    for (const answer of [
      await write({ goc: '', ban: '0', ...everywhere, viec: 'luu' }), await write({ goc: '', ban: '0', ...everywhere, 'gui-zalo': 'consultation', gio: '2026-12-01T09:00', viec: 'xem' }),
      await editor.post('/quan-tri/dot-dau', { chep: id, ...everywhere }), await approver.post(`/quan-tri/dot/${id}/dinh-chinh`, { loai: whole, 'loi-dinh-chinh': whole, 'ly-do': whole }),
      await approver.post(`/quan-tri/dot/${id}/nguoi-nhan`, { bai: whole, 'ket-qua': whole, 'vi-sao': whole, 'ly-do': '' }), await admin.post('/quan-tri/dot-may', { 'ma-nguoi-nhan': whole, 'ten-may': whole }),
      await editor.post(`/quan-tri/dot/${id}/tiep-can`, { 'bai-dang': whole, 'so-nguoi': whole, ngay: whole }), await duty.post(`/quan-tri/dot/${id}/chua-ro`, { 'bai-dang': whole, luot: whole, viec: whole }),
      await editor.get(`/quan-tri/dot-lich?thang=${encodeURIComponent(whole)}`),
    ]) checked(await answer.text())
    expect((await approver.post(`/quan-tri/dot/${id}/dinh-chinh`, { loai: 'correct', 'loi-dinh-chinh': whole.slice(0, 1_000).toWellFormed(), 'ly-do': whole.slice(0, 300).toWellFormed() })).status).toBe(303)
    for (const path of ['', '/dinh-chinh']) checked(await admin.text(`/quan-tri/dot/${id}${path}`))
  })
})
