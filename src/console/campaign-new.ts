import type { Campaign, Post } from '../campaign/campaign.ts'
import { exportCampaign } from '../campaign/export.ts'
import { parseCampaign } from '../campaign/parse.ts'
import { postFromTemplate, type PostTemplate } from '../campaign/templates.ts'
import { contentOf } from '../campaign/world.ts'
import type { CampaignRecord } from '../core/campaign.ts'
import { isError, type Problem } from '../core/problem.ts'
import { clean } from '../core/text.ts'
import { vietnamMoment } from '../core/time.ts'
import { dayText } from '../core/yaml.ts'
import type { Store } from '../store/ports.ts'
import { actorOf, type AnnouncingPorts } from './campaign-desk.ts'
import { fieldName, newPage, templatePage, type TemplateView } from './campaign-new-page.ts'
import { refusalNotice, section } from './campaign-routes.ts'
import { tellProblem } from './campaign-words.ts'
import { notice, type Html } from './components.ts'
import type { Asked, Guard } from './guard.ts'
import { campaignPath } from './paths.ts'

export interface NewCampaignPorts extends Pick<AnnouncingPorts, 'engine' | 'world' | 'files'> { store: Pick<Store, 'loadCampaign'> }

/** What a form was made from: nobody overwrites what somebody else wrote meanwhile. `id` empty: a new campaign. */
interface Origin { id: string; version: number }

const longestFile = 60_000
/** How the written text is called where findings name a file. */
const written = 'đợt.yaml'

/** Making and changing campaigns: from a template, from a file, from pasted text; with the findings of `campaign check`. */
export function newCampaignRoutes(guard: Guard, { engine, world, files, store }: NewCampaignPorts): void {
  guard.on('GET /dot-moi', async (asked) => {
    const query = (name: string): string => asked.c.req.query(name) ?? ''
    const record = await store.loadCampaign(query('dot') || query('chep'))
    const isEdit = query('dot') !== ''
    if (record === null && (isEdit || query('chep') !== '')) return showForm(asked, { text: '', origin: none, told: notice('Không có đợt này.', 'warn', true) }, 404)
    const template = (await files()).templates.find(({ id }) => id === query('mau'))
    const origin = record === null || !isEdit ? none : originOf(record)
    if (template !== undefined) return showTemplate(asked, { template, origin, values: {}, errors: {}, told: '' })
    return showForm(asked, { text: record === null ? '' : exportCampaign(isEdit ? contentOf(record) : copied(contentOf(record))), origin, told: '' })
  })

  guard.on('POST /dot-moi', async (asked) => {
    const origin: Origin = { id: asked.field('goc'), version: Number(asked.field('ban')) || 0 }
    const template = asked.field('mau') === '' ? undefined : (await files()).templates.find(({ id }) => id === asked.field('mau'))
    return template === undefined ? fromText(asked, origin) : fromTemplate(asked, template, origin)
  })

  async function fromText(asked: Asked, origin: Origin): Promise<Response> {
    const text = (await uploaded(asked)) ?? asked.field('ca-dot')
    if (text.trim() === '') return showForm(asked, { text, origin, told: notice('Chưa có nội dung: chọn tệp hoặc dán vào ô.', 'bad', true) }, 422)
    if (text.length > longestFile) return showForm(asked, { text: '', origin, told: notice('Tệp dài quá, hãy chia thành hai đợt.', 'bad', true) }, 422)
    const { read, problems } = parseCampaign({ file: written, text })
    const found = read === null ? problems : [...problems, ...await engine.check(read.campaign, read)]
    if (read === null) return showForm(asked, { text, origin, told: '', problems: found }, 422)
    if (asked.field('viec') !== 'luu') return showForm(asked, { text, origin, told: '', problems: found, campaign: read.campaign })
    const refused = await keep(asked, read.campaign, origin)
    return refused === null ? saved(asked, read.campaign.id) : showForm(asked, { text, origin, told: refusalNotice(refused), problems: found, campaign: read.campaign }, 409)
  }

  async function fromTemplate(asked: Asked, template: PostTemplate, origin: Origin): Promise<Response> {
    const record = origin.id === '' ? null : await store.loadCampaign(origin.id)
    const made = postOf(asked, template)
    const again = (errors: Readonly<Record<string, string>>, told: Html | '', status: 409 | 422): Promise<Response> =>
      showTemplate(asked, { template, origin, values: valuesOf(asked, template), errors, told }, status)
    if ('errors' in made) return again(made.errors, made.others.length === 0 ? notice('Còn ô chưa đúng.', 'bad', true) : refusalNotice(made.others), 422)
    const campaign = record === null ? campaignOf(asked, made.post) : { ...contentOf(record), posts: [...contentOf(record).posts, made.post] }
    // The same rules as for a file: what is written here could have been written there.
    const { read, problems } = parseCampaign({ file: written, text: exportCampaign(campaign) })
    if (read === null) return again({}, refusalNotice(problems.map((problem) => tellProblem(problem, false))), 422)
    const refused = await keep(asked, read.campaign, origin)
    return refused === null ? saved(asked, read.campaign.id) : again({}, refusalNotice(refused), 409)
  }

  /** Null when it is kept as a draft; else why not. */
  async function keep({ viewer: { account } }: Asked, campaign: Campaign, origin: Origin): Promise<string[] | null> {
    const there = await store.loadCampaign(campaign.id)
    if (origin.id !== '' && origin.id !== campaign.id) return [`đang sửa đợt "${origin.id}" nên không đổi mã được; muốn mã khác thì chép thành đợt mới`]
    if (origin.id === '' && there !== null) return [`mã đợt "${campaign.id}" đã có; đổi mã khác`]
    if (there !== null && there.version !== origin.version) return ['đợt vừa được người khác sửa hoặc duyệt; mở lại bản mới rồi sửa']
    if (there !== null && contentOf(there).followUp !== undefined) return ['đợt đính chính không sửa ở đây được; hủy và đề nghị đính chính lại']
    const done = await engine.draft(campaign, { actor: actorOf(account), why: '' })
    return 'refused' in done ? done.refused : null
  }

  async function showForm(asked: Asked, { text, origin, told, problems = null, campaign = null }: { text: string; origin: Origin; told: Html | ''; problems?: readonly Problem[] | null; campaign?: Campaign | null }, status: 200 | 404 | 409 | 422 = 200): Promise<Response> {
    const { templates } = await files()
    return asked.show({ title: origin.id === '' ? 'Soạn đợt mới' : 'Sửa đợt', section, again: null }, newPage({
      text, origin, told, problems, templates, token: asked.viewer.token, longest: longestFile,
      campaign: campaign !== null && problems !== null && !problems.some(isError) ? { campaign, compose: (await world()).compose } : null,
    }), status)
  }

  const showTemplate = (asked: Asked, view: Omit<TemplateView, 'token'>, status: 200 | 409 | 422 = 200): Promise<Response> =>
    asked.show({ title: view.template.title, section, again: null }, templatePage({ ...view, token: asked.viewer.token }), status)
}

const none: Origin = { id: '', version: 0 }
const originOf = ({ id, version }: CampaignRecord): Origin => ({ id, version })

const saved = ({ c }: Asked, id: string): Response => c.redirect(`${campaignPath(id)}?da=luu`, 303)

/** Under another id, no sample any more; nobody is followed up twice. */
const copied = ({ followUp: _, ...campaign }: Campaign): Campaign => ({ ...campaign, id: `${campaign.id.slice(0, 35)}-moi`, sample: false })

/** The text of the chosen file; null where none was chosen. */
async function uploaded({ c }: Asked): Promise<string | null> {
  const { tep: file } = await c.req.parseBody()
  return file instanceof File && file.size > 0 ? (await file.text()).replaceAll('\r\n', '\n') : null
}

/** Everything a template's form carries, by the names of its fields. */
const valuesOf = (asked: Asked, { fields }: PostTemplate): Record<string, string> =>
  Object.fromEntries([...['ma-dot', 'ten', 'muc-dich', 'tu', 'den', 'ma-bai', 'gio', 'nguoi', 'dong-y'], ...fields.map(({ name }) => fieldName(name))].map((name) => [name, clean(asked.field(name)).trim()]))

function postOf(asked: Asked, template: PostTemplate): { post: Post } | { errors: Record<string, string>; others: string[] } {
  const values = valuesOf(asked, template)
  const at = momentOf(values['gio'] ?? '')
  const consent = { name: values['nguoi'] ?? '', consent: values['dong-y'] ?? '' }
  const made = postFromTemplate(template, {
    id: values['ma-bai'] ?? '', at: at ?? 0, fields: Object.fromEntries(template.fields.map(({ name }) => [name, values[fieldName(name)] ?? ''])),
    ...(template.needsConsent && consent.name !== '' && { people: [consent] }),
  })
  const refused = 'refused' in made ? made.refused : []
  const own = refused.filter(({ path }) => path[0] === 'fields')
  const errors = {
    ...(at === null && { gio: 'Chọn ngày và giờ gửi.' }),
    ...Object.fromEntries(own.map(({ path, what, todo }) => [fieldName(String(path[1])), `${what} → ${todo}`])),
    ...(refused.some(({ path }) => path[0] === 'id') && { 'ma-bai': 'Dùng 1–32 chữ thường không dấu, số, dấu gạch ngang.' }),
  }
  const others = refused.filter(({ path }) => path[0] !== 'fields' && path[0] !== 'id').map(({ what, todo }) => `${what} → ${todo}`)
  return 'post' in made && at !== null ? made : { errors, others }
}

/** A clock in Viet Nam, as browsers write it (`2026-10-10T07:30`) or people do; null: no moment. */
function momentOf(text: string): number | null {
  const [, day = '', hour = '', minute = ''] = /^(\d{4}-\d{2}-\d{2})[T ]([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? []
  return dayText.safeParse(day).success ? vietnamMoment(day, Number(hour) * 60 + Number(minute)) : null
}

function campaignOf(asked: Asked, post: Post): Campaign {
  const value = (name: string): string => clean(asked.field(name)).trim()
  return {
    id: value('ma-dot'), sample: false, name: value('ten'), purpose: value('muc-dich'), period: { from: value('tu'), to: value('den') },
    theme: null, slogans: [], keyDays: [], posts: [post],
  }
}
