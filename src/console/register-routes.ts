import { html } from 'hono/html'
import { activityFields, activityKey, activityLimits, readActivity, summarise, unitFault, unitKey, type Activity, type ActivityField } from '../campaign/activities.ts'
import type { SheetFault } from '../campaign/activity-sheet.ts'
import { contentOf } from '../campaign/world.ts'
import type { Content } from '../content.ts'
import { clean } from '../core/text.ts'
import { vietnamDay, type Clock } from '../core/time.ts'
import type { Store } from '../store/ports.ts'
import { notice, type Html } from './components.ts'
import { doneNotice } from './done-notice.ts'
import type { Asked, Guard } from './guard.ts'
import { mayUse, registerPath } from './paths.ts'
import type { Papers } from './papers.ts'
import { everyUnit, registerListPage, registerPage, type CampaignHead, type Draft } from './register-page.ts'
import type { ActivityRegister } from './register.ts'

export interface RegisterPorts {
  store: Pick<Store, 'loadCampaign' | 'listCampaigns'>
  register: ActivityRegister
  papers: Papers
  content: () => Content | null
  now: Clock
}

/** The newest ones: of those before, the report tells. */
const mostCampaigns = 50
const empty: Draft = { values: { unit: '', task: '', what: '', due: '', done: '', quantity: '', evidence: '' }, errors: {} }

/** `Việc các đơn vị`: the register of each campaign, by hand and by file. */
export function registerRoutes(guard: Guard, { store, register, papers, content, now }: RegisterPorts): void {
  const today = (): string => vietnamDay(now())

  guard.on('GET /viec', (asked) => showList(asked, doneNotice(asked, { 'don-vi': 'Đã lưu danh sách đơn vị.' }), null))

  guard.on('POST /viec-don-vi', async (asked) => {
    const units = clean(asked.field('don-vi')).split('\n').map((line) => line.replaceAll(/\s+/g, ' ').trim()).filter((line) => line !== '')
    const fault = units.length > activityLimits.units ? `nhiều hơn ${activityLimits.units} đơn vị` : units.map((unit, at) => ({ at, fault: unitFault(unit) })).find((each) => each.fault !== null)
    if (fault !== undefined) return showList(asked, '', typeof fault === 'string' ? fault : `Dòng ${fault.at + 1}: ${fault.fault}`, units)
    await register.expect(units, asked.viewer.account)
    return asked.c.redirect(`${registerPath}?da=don-vi#danh-sach`, 303)
  })

  guard.on('GET /viec/:id', async (asked) => showOne(asked, {}))

  guard.on('POST /viec/:id', async (asked) => {
    const campaign = await campaignOf(asked)
    if (campaign === null) return nothing(asked)
    const values = Object.fromEntries(activityFields.map((field) => [field, asked.field(field)])) as Record<ActivityField, string>
    const forAll = values.unit.trim() === everyUnit
    const read = readActivity(forAll ? { ...values, unit: 'tất cả' } : values, today())
    if ('errors' in read) return showOne(asked, { draft: { values, errors: read.errors } }, 422)
    const units = forAll ? await register.expected() : [read.unit]
    if (units.length === 0) return showOne(asked, { draft: { values, errors: { unit: 'chưa có danh sách đơn vị → lưu danh sách ở trang trước' } } }, 422)
    for (const unit of units) {
      if (await register.put(campaign.id, unit, [read.activity], asked.viewer.account) === 'full') return showOne(asked, { draft: { values, errors: { unit: `“${unit}” đã có ${activityLimits.perUnit} việc → bỏ bớt việc cũ` } } }, 422)
    }
    return asked.c.redirect(`${registerPath}/${campaign.id}?da=ghi${forAll ? `&so=${units.length}` : ''}`, 303)
  })

  guard.on('POST /viec/:id/bo', async (asked) => {
    const campaign = await campaignOf(asked)
    if (campaign === null) return nothing(asked)
    if (await register.remove(campaign.id, asked.field('cua'), asked.field('viec-nao'), asked.viewer.account)) return asked.c.redirect(`${registerPath}/${campaign.id}?da=bo`, 303)
    return showOne(asked, { telling: notice('Việc này không còn trong sổ.', 'warn', true) }, 409)
  })

  guard.on('POST /viec-tep', async (asked) => {
    const campaign = await campaignOf(asked)
    if (campaign === null) return nothing(asked)
    const { tep: file } = await asked.c.req.parseBody()
    const read = file instanceof File && file.size > 0 ? await papers.readUnitForm(new Uint8Array(await file.arrayBuffer()), today()) : { faults: [{ row: null, column: null, title: '', what: 'Chưa chọn tệp.' }] }
    if ('faults' in read) return showOne(asked, { faults: read.faults }, 422)
    const put = await register.put(campaign.id, read.unit, read.activities, asked.viewer.account)
    if (put === 'full') return showOne(asked, { faults: [{ row: null, column: null, title: '', what: `“${read.unit}” sẽ có quá ${activityLimits.perUnit} việc. Bỏ bớt việc cũ trong sổ rồi gửi lại.` }] }, 422)
    return asked.c.redirect(`${registerPath}/${campaign.id}?${new URLSearchParams({ da: 'tep', cua: read.unit, moi: String(put.added), doi: String(put.changed) })}`, 303)
  })

  guard.on('GET /viec/:id/mau.xlsx', async (asked) => {
    const campaign = await campaignOf(asked)
    const unit = clean(asked.c.req.query('don-vi') ?? '').replaceAll(/\s+/g, ' ').trim()
    if (campaign === null) return nothing(asked)
    const fault = unitFault(unit)
    if (fault !== null) return showOne(asked, { telling: notice(`Tên đơn vị: ${fault}.`, 'bad', true) }, 422)
    const known = (await register.read(campaign.id)).find((each) => unitKey(each.unit) === unitKey(unit))
    const bytes = await papers.unitForm(known?.unit ?? unit, known?.activities ?? [])
    return asked.c.body(bytes as Uint8Array<ArrayBuffer>, 200, { 'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'content-disposition': `attachment; filename="viec-don-vi-${campaign.id}.xlsx"` })
  })

  /** By the path, or by the field of the one form that has a path for itself. */
  async function campaignOf({ c, field }: Asked): Promise<CampaignHead | null> {
    const record = await store.loadCampaign(c.req.param('id') ?? field('dot'))
    if (record === null) return null
    const { name, period } = contentOf(record)
    return { id: record.id, name, period }
  }

  async function showList(asked: Asked, telling: Html | '', error: string | null, typed: readonly string[] | null = null): Promise<Response> {
    const [all, expected, rows] = await Promise.all([store.listCampaigns(), register.expected(), register.readAll()])
    const units = Map.groupBy(rows, ({ campaign }) => campaign)
    const records = await Promise.all(all.slice(0, mostCampaigns).map(({ id }) => store.loadCampaign(id)))
    const campaigns = records.flatMap((record) => {
      if (record === null || contentOf(record).followUp !== undefined) return []
      const { total, silent } = summarise((units.get(record.id) ?? []).map(({ unit }) => unit), expected, today())
      const { name, period } = contentOf(record)
      return [{ id: record.id, name, period, ...total, silent: silent.length }]
    })
    const { viewer: { account, token } } = asked
    return asked.show({ title: 'Việc các đơn vị', section: registerPath, again: null }, registerListPage({
      campaigns, expected: typed ?? expected, mayWrite: mayUse('POST /viec/:id', account.role), token, notice: telling, error,
    }), error === null ? 200 : 422)
  }

  async function showOne(asked: Asked, given: { draft?: Draft; faults?: readonly SheetFault[]; telling?: Html }, status: 200 | 409 | 422 = 200): Promise<Response> {
    const campaign = await campaignOf(asked)
    if (campaign === null) return nothing(asked)
    const { viewer: { account, token } } = asked
    const [units, expected] = await Promise.all([register.read(campaign.id), register.expected()])
    const [change, of] = [asked.c.req.query('sua'), unitKey(asked.c.req.query('cua') ?? '')]
    const known = units.find(({ unit }) => unitKey(unit) === of)
    const chosen = change === undefined ? undefined : known?.activities.find((activity) => activityKey(activity) === change)
    return asked.show({ title: `Việc các đơn vị: ${campaign.name}`, section: registerPath, again: null }, registerPage({
      campaign, units, expected, today: today(), mayWrite: mayUse('POST /viec/:id', account.role), token, notice: given.telling ?? toldBy(asked),
      draft: given.draft ?? (chosen === undefined ? empty : { values: valuesOf(known!.unit, chosen), errors: {} }), faults: given.faults ?? [], province: content()?.province.values ?? {},
    }), status)
  }
}

const valuesOf = (unit: string, { task, what, due, done, quantity, evidence }: Activity): Draft['values'] =>
  ({ unit, task, what, due: due ?? '', done: done ?? '', quantity: quantity === null ? '' : String(quantity), evidence })

function toldBy({ c }: Asked): Html | '' {
  const [done, unit, added, changed, many] = ['da', 'cua', 'moi', 'doi', 'so'].map((name) => c.req.query(name) ?? '')
  if (done === 'tep') return notice(html`Đã nhận tệp của <bdi>${unit}</bdi>: ${added} việc mới, ${changed} việc cập nhật.`, 'good')
  if (done === 'ghi') return notice(many === '' ? 'Đã ghi vào sổ.' : `Đã giao việc này cho ${many} đơn vị.`, 'good')
  return done === 'bo' ? notice('Đã bỏ khỏi sổ.', 'good') : ''
}

const nothing = ({ show }: Asked): Promise<Response> =>
  show({ title: 'Không có đợt này', section: registerPath, again: null }, html`<h1>Không có đợt này</h1><p><a href="${registerPath}">← Mọi đợt</a></p>`, 404)
