import { headingFields, headingSchema, longestHeading, usualHeading, type HeadingField, type ReportHeading } from '../campaign/official-heading.ts'
import { readOfficialReport, type OfficialReport, type OfficialReportSources } from '../campaign/official-report.ts'
import { reportPeriod } from '../campaign/figures.ts'
import { daysIn, type ReportPreset } from '../campaign/report.ts'
import { contentOf } from '../campaign/world.ts'
import type { Content } from '../content.ts'
import { exposesNumbers } from '../core/exposed.ts'
import { clean } from '../core/text.ts'
import { dayAfter, vietnamDay, type Clock } from '../core/time.ts'
import { dayText } from '../core/yaml.ts'
import type { Store } from '../store/ports.ts'
import type { AccessLog } from './access-log.ts'
import { notice } from './components.ts'
import type { Asked, Guard } from './guard.ts'
import { queryOf, reportKinds, reportPage, tellAsking, type Asking, type ReportKind, type ReportView } from './official-report-page.ts'
import { mayUse, reportPath } from './paths.ts'
import type { Papers } from './papers.ts'
import type { ActivityRegister } from './register.ts'

export interface OfficialReportPorts extends Pick<OfficialReportSources, 'figures'> {
  store: OfficialReportSources['store'] & Pick<Store, 'readEntry' | 'writeEntry'>
  register: ActivityRegister
  papers: Papers
  log: AccessLog
  content: () => Content | null
  now: Clock
}

/** The form of every report, and the judgement on one period. */
const sharedEntry = 'report-heading'
const ownFields: readonly HeadingField[] = ['basis', 'direction', 'strengths', 'weaknesses', 'plans']
const ownEntry = (asking: Asking): string => `report-words:${queryOf(asking)}`
const longest = 800
const mostCampaigns = 100

const types = { docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' } as const

/** `Báo cáo`: the official report of a campaign, a half, a year or any days. */
export function officialReportRoutes(guard: Guard, { store, figures, register, papers, log, content, now }: OfficialReportPorts): void {
  const sources: OfficialReportSources = {
    store, figures, activities: register.readAll, expectedUnits: register.expected,
    titles: () => new Map([...content()?.withdrawn.values() ?? [], ...content()?.articles.values() ?? []].map(({ id, title }) => [id, title])),
    province: () => content()?.province.values ?? {},
  }

  guard.on('GET /bao-cao', async (asked) => show(asked, { told: asked.c.req.query('da') === 'luu' }))

  guard.on('POST /bao-cao', async (asked) => {
    const asking = askingOf(asked)
    const typed = Object.fromEntries(headingFields.map((field) => [field, clean(asked.field(field)).trim()])) as Record<HeadingField, string>
    const errors = errorsIn(typed)
    if (Object.keys(errors).length > 0) return show(asked, { heading: typed, errors }, 422)
    if (await presetOf(asking) === null) return show(asked, {}, 422)
    await log.append({ at: now(), who: asked.viewer.account.name, action: 'report_written', about: tellAsking(asking), count: null, reason: '' })
    const own = (field: HeadingField): boolean => ownFields.includes(field)
    await write(sharedEntry, Object.fromEntries(headingFields.filter((field) => !own(field)).map((field) => [field, typed[field]])))
    await write(ownEntry(asking), Object.fromEntries(ownFields.map((field) => [field, typed[field]])))
    return asked.c.redirect(`${reportPath}?${queryOf(asking)}&da=luu`, 303)
  })

  guard.on('GET /bao-cao/tai-ve', async (asked) => {
    const asking = askingOf(asked)
    const form = asked.c.req.query('dang') === 'xlsx' ? 'xlsx' : 'docx'
    const report = await reportOf(asking)
    if (report === null) return asked.c.text('', 404)
    await log.append({ at: now(), who: asked.viewer.account.name, action: 'report_downloaded', about: `${tellAsking(asking)}, tệp ${form}`, count: null, reason: '' })
    const bytes = form === 'docx' ? await papers.report(report, await headingOf(asking)) : await papers.reportFigures(report)
    return asked.c.body(bytes as Uint8Array<ArrayBuffer>, 200, { 'content-type': types[form], 'content-disposition': `attachment; filename="bao-cao-tuyen-truyen-${report.period.from}-${report.period.to}.${form}"` })
  })

  /** What is asked for; where nothing is, the latest campaign, or the half in which today lies. */
  function askingOf({ c }: Asked): Asking {
    const query = (name: string): string => c.req.query(name) ?? ''
    const today = vietnamDay(now())
    const dayIn = (name: string, otherwise: string): string => (dayText.safeParse(query(name)).success ? query(name) : query(name) === '' ? otherwise : '')
    const kind: ReportKind = reportKinds.find((each) => each === query('loai')) ?? 'dot'
    return { kind, campaign: query('dot'), day: dayIn('ngay', today), from: dayIn('tu', dayAfter(today, -29)), to: dayIn('den', today) }
  }

  /** Null where no such days or campaign are. */
  async function presetOf({ kind, campaign, day, from, to }: Asking): Promise<ReportPreset | null> {
    if (kind === 'dot') {
      const record = await store.loadCampaign(campaign)
      return record === null ? null : reportPeriod(record, store, now())
    }
    if (kind === 'dot-xuat') return from === '' || to === '' || from > to || daysIn({ from, to }) > longest ? null : { preset: 'ad_hoc', period: { from, to } }
    return day === '' ? null : { preset: kind === 'nam' ? 'year' : 'half_year', day }
  }

  async function reportOf(asking: Asking): Promise<OfficialReport | null> {
    const preset = await presetOf(asking)
    return preset === null ? null : readOfficialReport(preset, asking.kind === 'dot' ? asking.campaign : null, sources, now())
  }

  async function headingOf(asking: Asking): Promise<ReportHeading> {
    const read = async (name: string): Promise<object> => JSON.parse((await store.readEntry(name))?.value ?? '{}') as object
    const [shared, own] = await Promise.all([read(sharedEntry), read(ownEntry(asking))])
    return headingSchema.parse({ ...usualHeading(content()?.province.values ?? {}), ...shared, ...own })
  }

  async function write(name: string, value: object): Promise<void> {
    for (;;) {
      const entry = await store.readEntry(name)
      if (await store.writeEntry(name, JSON.stringify(value), entry?.version ?? 0)) return
    }
  }

  async function show(asked: Asked, given: { told?: boolean; heading?: ReportHeading; errors?: ReportView['errors'] }, status: 200 | 422 = 200): Promise<Response> {
    const { viewer: { account, token } } = asked
    const records = await Promise.all((await store.listCampaigns()).slice(0, mostCampaigns).map(({ id }) => store.loadCampaign(id)))
    const campaigns = records.flatMap((record) => (record === null || contentOf(record).followUp !== undefined ? [] : [{ id: record.id, name: contentOf(record).name }]))
    const asking = { ...askingOf(asked) }
    if (asking.kind === 'dot' && asking.campaign === '') asking.campaign = campaigns[0]?.id ?? ''
    const report = await reportOf(asking)
    const error = report !== null || (asking.kind === 'dot' && campaigns.length === 0) ? null : asking.kind === 'dot' ? 'Không có đợt này.' : `Chọn ngày đầu không muộn hơn ngày cuối, và không quá ${longest} ngày.`
    return asked.show({ title: 'Báo cáo', section: reportPath, again: null }, reportPage({
      asking, campaigns, report, error, heading: given.heading ?? await headingOf(asking), errors: given.errors ?? {}, mayWrite: mayUse('POST /bao-cao', account.role), token,
      notice: given.told === true ? notice('Đã lưu. Tải lại báo cáo để có phần vừa viết.', 'good') : '',
    }), error === null ? status : 422)
  }
}

function errorsIn(typed: Readonly<Record<HeadingField, string>>): ReportView['errors'] {
  return Object.fromEntries(headingFields.flatMap((field) => {
    if (typed[field].length > longestHeading[field]) return [[field, `Dài quá ${longestHeading[field]} ký tự.`]]
    return exposesNumbers(typed[field]) ? [[field, 'Có dãy số như số điện thoại, số giấy tờ: bỏ đi, báo cáo không chứa dữ liệu cá nhân.']] : []
  }))
}
