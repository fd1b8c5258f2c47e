import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Campaign } from '../../src/campaign/campaign.ts'
import { createEngine } from '../../src/campaign/engine.ts'
import { parseTemplate, type PostTemplate } from '../../src/campaign/templates.ts'
import { campaignDeliveryId, type AuditLine } from '../../src/core/campaign.ts'
import { DAY, MINUTE, dayAfter } from '../../src/core/time.ts'
import { createAccessLog } from '../../src/console/access-log.ts'
import { by } from '../campaign/running.ts'
import { campaignText, readCampaign } from '../campaign/support.ts'
import { compose, rules } from '../campaign/world.ts'
import { standardSettings } from '../support/campaign-settings.ts'
import { brokenOut, hostileTexts, unseen } from '../support/hostile.ts'
import { hiddenIn, officers, openDesk, signedIn, type Desk, type Visitor } from './support.ts'

const template = ((): PostTemplate => {
  const { template: read, problems } = parseTemplate({
    file: 'meo.yaml',
    text: 'id: meo\ntitle: Mẹo\nuse: Mỗi ngày\nfields: [{ name: tip, title: Mẹo hôm nay, example: Tắt máy }]\npost: { title: Mẹo, message: { text: "Mẹo: {{field.tip}}" }, means: { telegram: direct } }',
  })
  if (read === null) throw new Error(JSON.stringify(problems))
  return read
})()

const sample: Campaign = { ...readCampaign(campaignText({ post: '    means: { telegram: direct }' })), id: 'dot-mau', sample: true, name: 'Đợt (MẪU)' }

let desk: Desk
let editor: Visitor
let approver: Visitor
let admin: Visitor
beforeAll(async () => {
  desk = await openDesk({ templates: [template], samples: [sample] })
  ;[editor, approver, admin] = await Promise.all([signedIn(desk, officers.editor), signedIn(desk, officers.approver), signedIn(desk, officers.admin)])
})
afterAll(() => desk.close())

const text = campaignText({ post: '    means: { telegram: direct }' })
let serial = 0
let id: string
beforeEach(() => { id = `dot-${++serial}` })
const mine = (written = text): string => written.replace('id: dot-thu', `id: ${id}`)
const record = () => desk.world.store.loadCampaign(id)
const save = (who: Visitor, written: string, fields: Record<string, string> = {}): Promise<Response> =>
  who.post('/quan-tri/dot-moi', { goc: '', ban: '0', 'ca-dot': written, viec: 'luu', ...fields })

async function submitted(): Promise<void> {
  expect((await save(editor, mine())).status).toBe(303)
  expect((await editor.post(`/quan-tri/dot/${id}/trinh`)).status).toBe(303)
}
const approve = async (who: Visitor, seen?: string): Promise<Response> =>
  who.post(`/quan-tri/dot/${id}/duyet`, { 'da-xem': seen ?? hiddenIn(await who.text(`/quan-tri/dot/${id}`), 'da-xem') })

describe('writing', () => {
  it('a file is looked at without being kept, with its findings by line', async () => {
    const bad = await (await save(editor, mine().replace('purpose:', 'muc_dich:'), { viec: 'kiem-tra' })).text()
    expect(bad).toMatch(/Dòng 3: [^<]*muc_dich/)
    const good = await (await save(editor, mine(), { viec: 'kiem-tra' })).text()
    expect(good).toContain('Xem trước, như từng kênh sẽ hiện')
    expect(good).toContain('Không muốn nhận nữa, nhắn “dừng”.')
    expect(await record()).toBeNull()
  })

  it('a sample of a whole campaign is copied, moved with its first day, and not submitted while it calls itself one', async () => {
    expect(await editor.text('/quan-tri/dot-moi')).toContain('href="/quan-tri/dot-dau?chep=dot-mau"')
    const form = await editor.text('/quan-tri/dot-dau?chep=dot-mau')
    expect(form).toContain('value="Đợt (MẪU)"')
    const { from, to } = sample.period
    const fields = { goc: '', ban: '0', chep: 'dot-mau', 'ma-dot': id, ten: 'Đợt (MẪU)', 'muc-dich': 'Thử', tu: dayAfter(from, 365), den: dayAfter(to, 365), 'doi-gio': 'co', 'ngay-trong-diem': sample.keyDays.join(', ') }
    expect((await editor.post('/quan-tri/dot-dau', fields)).headers.get('location')).toBe(`/quan-tri/dot/${id}?da=chep`)
    expect((await record())?.content).toMatchObject({ sample: false, keyDays: sample.keyDays.map((day) => dayAfter(day, 365)), posts: sample.posts.map(({ at }) => ({ at: at + 365 * DAY })) })
    expect(await editor.text(`/quan-tri/dot/${id}`)).toContain('Còn ghi “(MẪU)”')
    expect((await editor.post(`/quan-tri/dot/${id}/trinh`)).status).toBe(409)
  })

  it('nobody overwrites what is there: not by a new one of the same id, not by an older copy', async () => {
    expect((await save(editor, mine())).status).toBe(303)
    expect((await save(admin, mine(text.replace('Chào bà con', 'Khác')))).status).toBe(409)
    const { version } = (await record())!
    expect((await save(admin, mine(text.replace('Chào bà con', 'Khác')), { goc: id, ban: String(version) })).status).toBe(303)
    const stale = await save(editor, mine(text.replace('Chào bà con', 'Cũ')), { goc: id, ban: String(version) })
    expect(stale.status).toBe(409)
    expect(await stale.text()).toContain('Cũ')
    expect((await save(editor, mine(), { goc: 'dot-khac', ban: '1' })).status).toBe(409)
    expect(((await record())!.content as Campaign).posts[0]!.message.text).toBe('Khác.')
  })

  it('what is edited comes back as it was written', async () => {
    await save(editor, mine())
    const page = await editor.text(`/quan-tri/dot-moi?dot=${id}`)
    const shown = /<textarea id="ca-dot"[^>]*>\n([\s\S]*?)<\/textarea>/.exec(page)![1]!.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
    expect(readCampaign(shown)).toEqual((await record())!.content)
  })

  it('a template makes a campaign, then a second post of it; what is missing stands beside its field', async () => {
    const fields = { mau: 'meo', goc: '', ban: '0', 'ma-dot': id, ten: 'Mẹo', 'muc-dich': 'Mẹo', tu: '2026-11-21', den: '2026-11-30', 'ma-bai': 'mot', gio: '2026-11-21T09:30', 'o-tip': 'Tắt máy' }
    const empty = await editor.post('/quan-tri/dot-moi', { ...fields, 'o-tip': ' ', gio: 'mai' })
    expect(empty.status).toBe(422)
    const page = await empty.text()
    expect(page).toMatch(/id="o-tip-loi">Chưa điền/)
    expect(page).toMatch(/id="gio-loi">/)
    expect((await editor.post('/quan-tri/dot-moi', { ...fields, tu: '2026-12-21' })).status).toBe(422)
    expect((await editor.post('/quan-tri/dot-moi', fields)).status).toBe(303)
    expect((await editor.post('/quan-tri/dot-moi', { ...fields, goc: id, ban: '1', 'ma-bai': 'mot' })).status).toBe(422)
    expect((await editor.post('/quan-tri/dot-moi', { ...fields, goc: id, ban: '1', 'ma-bai': 'hai' })).status).toBe(303)
    expect(((await record())!.content as Campaign).posts.map((post) => [post.id, post.message.text])).toEqual([['mot', 'Mẹo: Tắt máy'], ['hai', 'Mẹo: Tắt máy']])
  })
})

describe('four eyes', () => {
  it('an approval is of what was seen, by somebody else, and leaves its reason in the log', async () => {
    await submitted()
    expect(await approver.text('/quan-tri/dot')).toContain('Cần anh chị duyệt')
    expect(await editor.text('/quan-tri/dot')).not.toContain('Cần anh chị duyệt')
    expect((await approve(approver, '')).status).toBe(409)
    expect((await approve(approver, '0'.repeat(64))).status).toBe(409)
    expect((await approve(editor)).status).toBe(403)
    expect((await record())!.status).toBe('submitted')
    expect((await approve(approver)).status).toBe(303)
    expect(await record()).toMatchObject({ status: 'approved', approval: { by: officers.approver } })
    const page = await approver.text(`/quan-tri/dot/${id}`)
    expect(page).not.toContain('da-xem')
  })

  it('who wrote it may not approve it, whatever the role', async () => {
    await save(admin, mine())
    await admin.post(`/quan-tri/dot/${id}/trinh`)
    const page = await admin.text(`/quan-tri/dot/${id}`)
    expect(page).toContain('Chưa duyệt được: người soạn')
    expect(hiddenIn(page, 'da-xem')).toBe('')
    const hash = hiddenIn(await approver.text(`/quan-tri/dot/${id}`), 'da-xem')
    expect(hash).toMatch(/^[0-9a-f]{64}$/)
    expect((await approve(admin, hash)).status).toBe(409)
    expect((await record())!.status).toBe('submitted')
  })

  it('who edited any of it since the last approval may not approve it, though somebody else edited last', async () => {
    const edited = async (who: Visitor, words: string): Promise<void> => {
      const { version } = (await record())!
      expect((await save(who, mine(text.replace('Chào bà con.', words)), { goc: id, ban: String(version) })).status).toBe(303)
    }
    await submitted()
    await edited(admin, 'Lời khác hẳn.')
    await edited(editor, 'Lời khác hẳn!')
    await editor.post(`/quan-tri/dot/${id}/trinh`)
    const page = await admin.text(`/quan-tri/dot/${id}`)
    expect(page).toContain('Chưa duyệt được: người soạn và người đã sửa')
    expect(page).toContain(`sửa: <bdi>${officers.admin}</bdi>`)
    expect(await admin.text('/quan-tri/dot')).not.toContain('Cần anh chị duyệt')
    expect((await approve(admin, hiddenIn(await approver.text(`/quan-tri/dot/${id}`), 'da-xem'))).status).toBe(409)
    expect((await record())!.status).toBe('submitted')
    expect((await approve(approver)).status).toBe(303)
    await edited(editor, 'Lời ngắn.')
    await editor.post(`/quan-tri/dot/${id}/trinh`)
    expect(await admin.text('/quan-tri/dot')).toContain('Cần anh chị duyệt')
    expect((await approve(admin)).status).toBe(303)
  })

  it('the message to the approver stands above what they may do, until it is decided', async () => {
    await save(editor, mine())
    await editor.post(`/quan-tri/dot/${id}/trinh`, { 'ly-do-trinh': 'Nhờ xem <giờ> gửi' })
    const said = `Lời nhắn của <bdi>${officers.editor}</bdi>: <bdi>Nhờ xem &lt;giờ&gt; gửi</bdi>`
    expect(await approver.text(`/quan-tri/dot/${id}`)).toContain(said)
    await approve(approver)
    expect(await approver.text(`/quan-tri/dot/${id}`)).not.toContain(said)
  })

  it('returning and cancelling want a reason, and it is shown', async () => {
    await submitted()
    expect((await approver.post(`/quan-tri/dot/${id}/tra-lai`, { 'ly-do-tra-lai': '  ' })).status).toBe(422)
    expect((await approver.post(`/quan-tri/dot/${id}/tra-lai`, { 'ly-do-tra-lai': 'x'.repeat(301) })).status).toBe(422)
    expect((await approver.post(`/quan-tri/dot/${id}/tra-lai`, { 'ly-do-tra-lai': 'Sai ngày' })).status).toBe(303)
    expect(await editor.text('/quan-tri/dot')).toContain('Cần anh chị sửa')
    expect(await editor.text(`/quan-tri/dot/${id}`)).toContain('Sai ngày')
    expect((await approver.post(`/quan-tri/dot/${id}/tam-dung`, { 'ly-do-tam-dung': 'x' })).status).toBe(409)
    expect((await approver.post(`/quan-tri/dot/${id}/huy`, { 'ly-do-huy': 'Hoãn' })).status).toBe(303)
    expect(await record()).toMatchObject({ status: 'cancelled', reason: 'Hoãn' })
  })

  it('a sample, and content with errors, is not submitted', async () => {
    await save(editor, mine(text.replace('purpose:', 'sample: true\npurpose:')))
    const answer = await editor.post(`/quan-tri/dot/${id}/trinh`)
    expect(answer.status).toBe(409)
    expect(await answer.text()).toContain('Đây là đợt mẫu')
  })
})

/** Running, with one message that nobody knows the end of. */
async function uncertainRun(who: string): Promise<string> {
  const { world } = desk
  const contactKey = world.store.keyOf(world.contact(who, 'telegram'))
  await world.hears(who, 'chào', { channel: 'telegram' })
  await world.settle()
  await submitted()
  await approve(approver)
  const engine = createEngine({ store: world.store, world: async () => ({ compose: compose(), rules }), settings: standardSettings, accounts: [], now: () => world.now })
  const system = { actor: { name: 'hệ thống', role: 'system', via: 'job' }, why: '' } as const
  await engine.schedule(id, system)
  await engine.start(id, system, [])
  const account = `telegram:${world.contact('an', 'telegram').accountId}` as const
  const delivery = campaignDeliveryId(id, 'mo-dau', contactKey, 1)
  await world.store.planBatch({
    campaign: id, post: 'mo-dau', account, means: 'telegram_direct', after: null, upTo: contactKey, done: true, now: world.now,
    rows: [{ contactKey, parts: [{ text: 'Chào' }], dueAt: world.now, skip: null }],
  })
  const [claimed] = await world.store.claimCampaignDeliveries(account, 1, world.now, MINUTE)
  await world.store.finishDeliveries([{ id: claimed!.id, claim: claimed!.claim, end: { status: 'uncertain', reason: 'no_answer' } }], world.now)
  return delivery
}

describe('running', () => {
  it('is paused and resumed with reasons; progress shows ends by reason and refreshes itself only while it runs', async () => {
    await uncertainRun('an')
    const running = await editor.text(`/quan-tri/dot/${id}/tien-do`)
    expect(running).toContain('http-equiv="refresh" content="10')
    expect(await editor.text(`/quan-tri/dot/${id}`)).not.toContain('http-equiv="refresh"')
    expect((await editor.post(`/quan-tri/dot/${id}/tam-dung`, { 'ly-do-tam-dung': 'Bão vào' })).status).toBe(303)
    expect(await approver.text('/quan-tri/dot')).toContain('Cần anh chị quyết định')
    expect(await editor.text(`/quan-tri/dot/${id}/tien-do`)).not.toContain('http-equiv="refresh"')
    expect((await editor.post(`/quan-tri/dot/${id}/chay-tiep`)).status).toBe(403)
    expect((await approver.post(`/quan-tri/dot/${id}/chay-tiep`)).status).toBe(303)
    expect((await record())!.status).toBe('running')
  })

  it('what nobody knows the end of is settled by a person, once, and reading and settling it is logged', async () => {
    const delivery = await uncertainRun('binh')
    expect(await approver.text(`/quan-tri/dot/${id}`)).toContain('1 lượt chưa rõ')
    const page = await approver.text(`/quan-tri/dot/${id}/chua-ro`)
    expect(page).toContain(`value="${delivery}"`)
    const settle = (fields: Record<string, string>): Promise<Response> => approver.post(`/quan-tri/dot/${id}/chua-ro`, fields)
    expect((await settle({ luot: delivery })).status).toBe(422)
    expect((await settle({ luot: 'dot-khac/mo-dau:x#1', viec: 'de-nguyen' })).status).toBe(409)
    expect((await settle({ luot: delivery, viec: 'gui-lai' })).status).toBe(303)
    expect((await settle({ luot: delivery, viec: 'gui-lai' })).status).toBe(409)
    expect((await settle({ luot: `${id}/ghi-vào-nhật-ký`, viec: 'gui-lai' })).status).toBe(409)
    expect(await desk.world.store.listUncertain(id, 10)).toEqual([])
    const log = await createAccessLog(desk.world.store).latest(20)
    expect(log.map(({ who, action, count }) => [who, action, count])).toEqual(expect.arrayContaining([[officers.approver, 'uncertain_read', 1]]))
    const lines: AuditLine[] = []
    for await (const batch of desk.world.store.auditLines()) lines.push(...batch.filter(({ campaign }) => campaign === id))
    expect(lines.filter(({ action }) => action === 'send_again')).toMatchObject([{ who: officers.approver, via: 'console', why: 'bài mo-dau: gửi lại 1 lượt' }])
    expect(await approver.text(`/quan-tri/dot/${id}`)).toContain('gửi lại 1 lượt')
  })
})

describe('hostile texts break out of no page of campaigns', () => {
  const checked = (page: string): void => {
    expect(page.match(brokenOut)?.[0]).toBeUndefined()
    expect(page.replaceAll('\n', '').match(unseen)?.[0]?.codePointAt(0)).toBeUndefined()
  }
  const whole = hostileTexts.map(({ text: each }) => each).join('\n').toWellFormed()

  it('everywhere staff may write', async () => {
    const campaign = readCampaign(mine())
    const [post] = campaign.posts
    const hostile: Campaign = {
      ...campaign, name: whole, purpose: whole, theme: whole, slogans: [whole],
      posts: [{ ...post!, title: whole, people: [{ name: whole, consent: whole }],
        message: { text: whole, media: { kind: 'image', asset: whole }, links: [{ title: whole, url: 'javascript:alert(1)' }], buttons: [{ title: whole, opens: 'article:co-that' }] },
        audience: { ...post!.audience, commune: [whole], role: [whole] },
        means: [{ means: 'zalo_broadcast', template: null, cities: [whole], paid: false }, { means: 'facebook_post', template: null, cities: [], paid: false }, { means: 'telegram_direct', template: { id: whole, language: whole, data: { [whole]: whole } }, cities: [], paid: false }] }],
    }
    const engine = createEngine({ store: desk.world.store, world: async () => ({ compose: compose(), rules }), settings: standardSettings, accounts: [], now: () => desk.world.now })
    // As if somebody had written it past our own checks.
    await engine.draft(hostile, by(whole, 'editor', whole))
    for (const path of ['/quan-tri/dot', `/quan-tri/dot/${id}`, `/quan-tri/dot/${id}/tien-do`, `/quan-tri/dot/${id}/chua-ro`, `/quan-tri/dot-moi?dot=${id}`, `/quan-tri/dot-dau?dot=${id}`, `/quan-tri/dot-dau?chep=${id}`, `/quan-tri/dot-bai?dot=${id}`, `/quan-tri/dot-bai?dot=${id}&bai=mo-dau`, '/quan-tri/dot-bai', `/quan-tri/dot/${id}/dinh-chinh`, `/quan-tri/dot/${id}/nguoi-nhan`, `/quan-tri/dot/${id}/nguoi-nhan?vi-sao=${encodeURIComponent(whole)}`, '/quan-tri/dot-lich?thang=2026-10', '/quan-tri/dot-anh', '/quan-tri/dot-may', '/quan-tri/dot-moi?mau=meo']) {
      const answer = await admin.get(path)
      expect(answer.status, path).toBe(200)
      checked(await answer.text())
    }
  })

  it('what is refused is shown again', async () => {
    for (const answer of [
      await save(editor, whole), await save(editor, mine().replace('Đợt thử', JSON.stringify(whole)), { viec: 'kiem-tra' }),
      await editor.post('/quan-tri/dot-moi', { mau: 'meo', goc: '', ban: '0', 'ma-dot': whole, ten: whole, 'muc-dich': whole, tu: whole, den: whole, 'ma-bai': whole, gio: whole, 'o-tip': whole }),
    ]) checked(await answer.text())
  })
})
