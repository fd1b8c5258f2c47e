import type { Campaign, Post } from '../campaign/campaign.ts'
import { exportCampaign } from '../campaign/export.ts'
import { parseCampaign, readForm } from '../campaign/parse.ts'
import { postFromTemplate, type PostTemplate } from '../campaign/templates.ts'
import { contentOf } from '../campaign/world.ts'
import type { Content } from '../content.ts'
import { isError, type Problem } from '../core/problem.ts'
import type { Store } from '../store/ports.ts'
import type { AnnouncingPorts } from './campaign-desk.ts'
import { draftPart } from './campaign-draft-part.ts'
import { sketch, type Look } from './campaign-look.ts'
import { besideFields, tellFault } from './campaign-form-words.ts'
import { headFieldNames, headFieldOf, headOf } from './campaign-head.ts'
import { codeOf, momentOf, none, originIn, originOf, typed, type Keep, type Origin } from './campaign-keep.ts'
import { fieldName, newPage, templatePage, type TemplateView } from './campaign-new-page.ts'
import { refusalNotice, section } from './campaign-common.ts'
import { notice, type Html } from './components.ts'
import type { Asked, Guard } from './guard.ts'
import { campaignPath } from './paths.ts'

export interface NewCampaignPorts extends Pick<AnnouncingPorts, 'engine' | 'world' | 'files'> { store: Pick<Store, 'loadCampaign'>; content: () => Content | null; keep: Keep; look: Look }

const longestFile = 60_000
/** How the written text is called where findings name a file. */
const written = 'đợt.yaml'

/** Making and changing campaigns: from a template, from a file, from pasted text; with the findings of `campaign check`. */
export function newCampaignRoutes(guard: Guard, { engine, world, files, store, content, keep, look }: NewCampaignPorts): void {
  guard.on('GET /dot-moi', async (asked) => {
    const query = (name: string): string => asked.c.req.query(name) ?? ''
    const record = await store.loadCampaign(query('dot'))
    const isEdit = query('dot') !== ''
    if (record === null && isEdit) return showForm(asked, { text: '', origin: none, told: notice('Không có đợt này.', 'warn', true) }, 404)
    const template = (await files()).templates.find(({ id }) => id === query('mau'))
    const origin = record === null || !isEdit ? none : originOf(record)
    if (template !== undefined) return showTemplate(asked, { template, origin, values: {}, errors: {}, told: '', preview: draftPart(null) })
    return showForm(asked, { text: record === null ? '' : exportCampaign(contentOf(record)), origin, told: '' })
  })

  guard.on('POST /dot-moi', async (asked) => {
    const origin = originIn(asked)
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
    const made = postOf(asked, template, new Set(record === null ? [] : contentOf(record).posts.map(({ id }) => id)))
    const again = (errors: Readonly<Record<string, string>>, told: Html | '', status: 200 | 409 | 422, preview = draftPart(null)): Promise<Response> =>
      showTemplate(asked, { template, origin, values: valuesOf(asked, template), errors, told, preview }, status)
    if ('errors' in made) return again(made.errors, made.others.length === 0 ? notice('Còn ô chưa đúng.', 'bad', true) : refusalNotice(made.others), 422, draftPart(null, [...Object.values(made.errors), ...made.others]))
    if (asked.field('viec') === 'xem') return again({}, '', 200, (await look(record === null ? { ...sketch, posts: [made.post] } : { ...contentOf(record), posts: [...contentOf(record).posts, made.post] }, made.post.id, {})).preview)
    const campaign = record === null ? { ...headOf(asked), sample: false, posts: [made.post] } : { ...contentOf(record), posts: [...contentOf(record).posts, made.post] }
    // The same rules as for a file: what is written here could have been written there.
    const read = readForm(campaign)
    if ('faults' in read) return again(besideFields(read.faults, (path) => (path[0] === 'posts' ? 'ma-bai' : headFieldOf(path))), notice('Còn ô chưa đúng.', 'bad', true), 422)
    const refused = await keep(asked, read.campaign, origin)
    return refused === null ? saved(asked, read.campaign.id) : again({}, refusalNotice(refused), 409)
  }

  async function showForm(asked: Asked, { text, origin, told, problems = null, campaign = null }: { text: string; origin: Origin; told: Html | ''; problems?: readonly Problem[] | null; campaign?: Campaign | null }, status: 200 | 404 | 409 | 422 = 200): Promise<Response> {
    const { templates, campaigns } = await files()
    return asked.show({ title: origin.id === '' ? 'Soạn đợt mới' : 'Sửa đợt', section, again: null }, newPage({
      text, origin, told, problems, templates, samples: samplesIn(campaigns), token: asked.viewer.token, longest: longestFile,
      campaign: campaign !== null && problems !== null && !problems.some(isError) ? { campaign, compose: (await world()).compose } : null,
    }), status)
  }

  const showTemplate = (asked: Asked, view: Omit<TemplateView, 'token' | 'assets'>, status: 200 | 409 | 422 = 200): Promise<Response> =>
    asked.show({ title: view.template.title, section, again: null }, templatePage({ ...view, assets: [...(content()?.assets.values() ?? [])], token: asked.viewer.token }), status)
}

/** Whole campaigns that are there to be copied. */
export const samplesIn = (campaigns: readonly { campaign: Campaign }[]): Campaign[] => campaigns.flatMap(({ campaign }) => (campaign.sample ? [campaign] : []))

const saved = ({ c }: Asked, id: string): Response => c.redirect(`${campaignPath(id)}?da=luu`, 303)

/** The text of the chosen file; null where none was chosen. */
async function uploaded({ c }: Asked): Promise<string | null> {
  const { tep: file } = await c.req.parseBody()
  return file instanceof File && file.size > 0 ? (await file.text()).replaceAll('\r\n', '\n') : null
}

/** Everything a template's form carries, by the names of its fields. */
const valuesOf = (asked: Asked, { fields }: PostTemplate): Record<string, string> =>
  Object.fromEntries([...headFieldNames, 'ma-bai', 'gio', 'nguoi', 'dong-y', ...fields.map(({ name }) => fieldName(name))].map((name) => [name, typed(asked, name)]))

function postOf(asked: Asked, template: PostTemplate, taken: ReadonlySet<string>): { post: Post } | { errors: Record<string, string>; others: string[] } {
  const values = valuesOf(asked, template)
  const at = momentOf(values['gio'] ?? '')
  const consent = { name: values['nguoi'] ?? '', consent: values['dong-y'] ?? '' }
  const made = postFromTemplate(template, {
    id: values['ma-bai'] || codeOf(template.title, 32, taken), at: at ?? 0, fields: Object.fromEntries(template.fields.map(({ name }) => [name, values[fieldName(name)] ?? ''])),
    ...(template.needsConsent && consent.name !== '' && { people: [consent] }),
  })
  const refused = 'refused' in made ? made.refused : []
  const own = refused.filter(({ path }) => path[0] === 'fields')
  const errors = {
    ...(at === null && { gio: 'Chọn ngày và giờ gửi.' }),
    ...Object.fromEntries(own.map(({ path, what, todo }) => [fieldName(String(path[1])), tellFault({ what, todo })])),
    ...(refused.some(({ path }) => path[0] === 'id') && { 'ma-bai': 'Dùng 1–32 chữ thường không dấu, số, dấu gạch ngang.' }),
  }
  const others = refused.filter(({ path }) => path[0] !== 'fields' && path[0] !== 'id').map(tellFault)
  return 'post' in made && at !== null ? made : { errors, others }
}
