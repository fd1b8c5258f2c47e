import { html } from 'hono/html'
import type { Campaign } from '../campaign/campaign.ts'
import { readForm } from '../campaign/parse.ts'
import { contentOf } from '../campaign/world.ts'
import { DAY, dayAfter, daysBetween } from '../core/time.ts'
import { dayText } from '../core/yaml.ts'
import type { Store } from '../store/ports.ts'
import { besideFields } from './campaign-form-words.ts'
import { headFieldOf, headFields, headOf, headValues, headValuesOf, type HeadValues } from './campaign-head.ts'
import { none, originFields, originIn, originOf, type Keep, type Origin } from './campaign-keep.ts'
import { refusalNotice, section } from './campaign-common.ts'
import type { AnnouncingPorts } from './campaign-desk.ts'
import { samplesIn } from './campaign-new.ts'
import { button, card, checkField, form, hidden, notice, type Html } from './components.ts'
import type { Asked, Guard } from './guard.ts'
import { campaignHeadPath, campaignPath, newCampaignPath } from './paths.ts'

/** Name, purpose and time of a campaign in a form; and a copy of a campaign under another id, its posts moved with its first day. */
export function headRoutes(guard: Guard, { store, files, keep }: Pick<AnnouncingPorts, 'files'> & { store: Pick<Store, 'loadCampaign'>; keep: Keep }): void {
  guard.on('GET /dot-dau', async (asked) => {
    const copies = asked.c.req.query('chep') ?? ''
    if (copies === '') {
      const record = await store.loadCampaign(asked.c.req.query('dot') ?? '')
      return record === null ? gone(asked) : show(asked, { origin: originOf(record), copies, values: headValuesOf(contentOf(record)), told: '' })
    }
    const campaign = await toCopy(copies)
    return campaign === null ? gone(asked) : show(asked, { origin: none, copies, isSample: campaign.sample, values: { ...headValuesOf(campaign), 'ma-dot': `${campaign.id.slice(0, 36)}-moi` }, told: '' })
  })

  guard.on('POST /dot-dau', async (asked) => {
    const [origin, copies] = [originIn(asked), asked.field('chep')]
    const record = copies === '' ? await store.loadCampaign(origin.id) : null
    const before = copies === '' ? record && contentOf(record) : await toCopy(copies)
    if (before === null) return gone(asked)
    const again = (told: Html, errors: Readonly<Record<string, string>>, status: 409 | 422): Promise<Response> => show(asked, { origin, copies, isSample: before.sample, values: headValues(asked), told, errors }, status)
    const campaign = copies === '' ? { ...before, ...headOf(asked), id: origin.id } : copyOf(before, headOf(asked), asked.field('doi-gio') === 'co')
    const read = readForm(campaign)
    if ('faults' in read) return again(notice('Còn ô chưa đúng.', 'bad', true), besideFields(read.faults, headFieldOf), 422)
    const refused = await keep(asked, read.campaign, origin)
    return refused === null ? asked.c.redirect(`${campaignPath(read.campaign.id)}?da=${copies === '' ? 'luu' : 'chep'}`, 303) : again(refusalNotice(refused), {}, 409)
  })

  /** A campaign of the store, or a sample among the files. */
  async function toCopy(id: string): Promise<Campaign | null> {
    const record = await store.loadCampaign(id)
    return record === null ? samplesIn((await files()).campaigns).find((sample) => sample.id === id) ?? null : contentOf(record)
  }

  const show = (asked: Asked, view: Omit<HeadView, 'token'>, status: 200 | 409 | 422 = 200): Promise<Response> =>
    asked.show({ title: view.copies === '' ? 'Sửa đợt' : 'Chép thành đợt mới', section, again: null }, headPage({ ...view, token: asked.viewer.token }), status)
  const gone = (asked: Asked): Promise<Response> => asked.show({ title: 'Không có đợt này', section, again: null }, notice('Không có đợt này.', 'warn', true), 404)
}

interface HeadView { origin: Origin; /** The campaign that is copied; empty: none is. */ copies: string; isSample?: boolean; values: HeadValues; told: Html | ''; errors?: Readonly<Record<string, string>>; token: string }

const headPage = ({ origin, copies, isSample = false, values, told, errors = {}, token }: HeadView): Html => html`<p><a href="${isSample ? newCampaignPath : campaignPath(copies || origin.id)}">← ${isSample ? 'Soạn đợt mới' : 'Về đợt'}</a></p>
<h1>${copies === '' ? 'Sửa tên, mục đích, thời gian' : 'Chép thành đợt mới'}</h1>
${told}
${card('Đợt', form(campaignHeadPath, token, html`${originFields(origin)}${hidden('chep', copies)}${errors[''] === undefined ? '' : notice(errors[''], 'bad', true)}${headFields(values, copies !== '', errors)}
${copies === '' ? '' : checkField({ name: 'doi-gio', label: 'Dời giờ gửi của các bài theo ngày đầu mới', checked: true })}
${button('Lưu bản nháp')}`, true))}
${copies !== '' ? '' : html`<p class="soft">Người thạo máy có thể <a href="${newCampaignPath}?dot=${origin.id}">sửa cả đợt dạng tệp</a>.</p>`}`

/** No sample any more, without a sample's calendar, and nobody is followed up twice. Posts, calendar and key days that nobody changed move by whole days. */
function copyOf({ followUp: _, calendar, ...campaign }: Campaign, head: ReturnType<typeof headOf>, moves: boolean): Campaign {
  const days = moves && dayText.safeParse(head.period.from).success ? daysBetween(campaign.period.from, head.period.from) : 0
  return {
    ...campaign, ...head, sample: false, keyDays: head.keyDays.join() === campaign.keyDays.join() ? campaign.keyDays.map((day) => dayAfter(day, days)) : head.keyDays, posts: campaign.posts.map((post) => ({ ...post, at: post.at + days * DAY })),
    ...(calendar !== undefined && !campaign.sample && { calendar: calendar.map((activity) => ({ ...activity, date: dayAfter(activity.date, days), to: dayAfter(activity.to, days) })) }),
  }
}
