import type { Campaign, Post } from '../campaign/campaign.ts'
import { writtenTime } from '../campaign/export.ts'
import { readForm } from '../campaign/parse.ts'
import { contentOf } from '../campaign/world.ts'
import type { Content } from '../content.ts'
import { HOUR, type Clock, type Millis } from '../core/time.ts'
import type { Store } from '../store/ports.ts'
import { draftPart } from './campaign-draft-part.ts'
import { sketch, type Look } from './campaign-look.ts'
import { besideFields } from './campaign-form-words.ts'
import { fieldOf } from './campaign-labels.ts'
import { headOf, headValues } from './campaign-head.ts'
import { none, originIn, originOf, type Keep, type Origin } from './campaign-keep.ts'
import { fitsForm, postFromForm, postValues, postValuesOf } from './campaign-post.ts'
import { postPage, type PostPageView } from './campaign-post-page.ts'
import { refusalNotice, section } from './campaign-common.ts'
import { notice, type SelectOption } from './components.ts'
import type { Asked, Guard } from './guard.ts'
import { campaignPath, newCampaignPath } from './paths.ts'

export interface PostRoutesPorts {
  store: Pick<Store, 'loadCampaign'>
  content: () => Content | null
  keep: Keep
  look: Look
  now: Clock
}

/** A post in a form: new, changed, taken out; with the campaign around it where that is new too. */
export function postRoutes(guard: Guard, { store, content, keep, look, now }: PostRoutesPorts): void {
  guard.on('GET /dot-bai', async (asked) => {
    const [id, wanted] = [asked.c.req.query('dot') ?? '', asked.c.req.query('bai') ?? '']
    const record = id === '' ? null : await store.loadCampaign(id)
    if (id !== '' && record === null) return gone(asked)
    const campaign = record === null ? null : contentOf(record)
    const post = campaign?.posts.find((each) => each.id === wanted)
    if (wanted !== '' && post === undefined) return gone(asked)
    if (post !== undefined && !fitsForm(post)) return asked.c.redirect(`${newCampaignPath}?dot=${id}`, 303)
    const view = { origin: record === null ? none : originOf(record), post: wanted, values: post === undefined ? {} : postValuesOf(post), head: {} }
    return show(asked, { ...view, ...(campaign !== null && post !== undefined && await look(campaign, post.id, view.values)) })
  })

  guard.on('POST /dot-bai', async (asked) => {
    const [origin, edited] = [originIn(asked), asked.field('bai')]
    const record = origin.id === '' ? null : await store.loadCampaign(origin.id)
    if (origin.id !== '' && record === null) return gone(asked)
    if (asked.field('viec') === 'bo' && record !== null) return drop(asked, contentOf(record), edited, origin)
    const view = { origin, post: edited, values: postValues(asked), head: headValues(asked) }
    const taken = new Set(record === null ? [] : contentOf(record).posts.map(({ id }) => id))
    const made = postFromForm(asked.field('viec') === 'xem' ? sketched(asked, now()) : asked, taken)
    if ('errors' in made) return show(asked, { ...view, errors: made.errors, told: notice('Còn ô chưa đúng.', 'bad', true), preview: draftPart(null, [...new Set(Object.values(made.errors))]) }, 422)
    const posts = record === null ? [made.post] : withPost(contentOf(record).posts, made.post, edited)
    if (asked.field('viec') !== 'luu') return show(asked, { ...view, ...await look({ ...(record === null ? sketch : contentOf(record)), posts }, made.post.id, view.values) })
    const campaign: Campaign = record === null ? { ...headOf(asked), sample: false, posts } : { ...contentOf(record), posts }
    // The same rules as for a file: what is written here could have been written there.
    const read = readForm(campaign)
    if ('faults' in read) return show(asked, { ...view, errors: besideFields(read.faults, (path) => fieldOf(path, view.values)), told: notice('Còn ô chưa đúng.', 'bad', true) }, 422)
    const refused = await keep(asked, read.campaign, origin)
    return refused === null ? saved(asked, read.campaign.id) : show(asked, { ...view, told: refusalNotice(refused) }, 409)
  })

  async function drop(asked: Asked, campaign: Campaign, post: string, origin: Origin): Promise<Response> {
    const posts = campaign.posts.filter(({ id }) => id !== post)
    const refused = posts.length === 0 ? ['đợt phải còn ít nhất một bài; không cần đợt này nữa thì hủy đợt'] : await keep(asked, { ...campaign, posts }, origin)
    if (refused === null) return saved(asked, campaign.id)
    const there = campaign.posts.find(({ id }) => id === post)
    return show(asked, { origin, post, values: there === undefined ? {} : postValuesOf(there), head: {}, told: refusalNotice(refused) }, 409)
  }

  function show(asked: Asked, view: Pick<PostPageView, 'origin' | 'post' | 'values' | 'head'> & Partial<Pick<PostPageView, 'errors' | 'told' | 'preview'>>, status: 200 | 409 | 422 = 200): Promise<Response> {
    const words = content()
    return asked.show({ title: view.post === '' ? 'Viết bài' : 'Sửa bài', section, again: null }, postPage({
      errors: {}, told: '', preview: draftPart(null), ...view, assets: words === null ? [] : [...words.assets.values()], opens: words === null ? [] : opensOf(words), token: asked.viewer.token,
    }), status)
  }

  const gone = (asked: Asked): Promise<Response> => asked.show({ title: 'Không có bài này', section, again: null }, notice('Không có đợt hoặc bài này.', 'warn', true), 404)
}

/** To look at a post, its name and time need not be known yet. */
const sketched = (asked: Asked, now: Millis): Asked => {
  const standing: Readonly<Record<string, string>> = { 'tieu-de': 'Chưa có tiêu đề', gio: writtenTime(now + HOUR) }
  return { ...asked, field: (name) => asked.field(name) || (standing[name] ?? '') }
}

const withPost = (posts: readonly Post[], post: Post, edited: string): Post[] => (edited === '' ? [...posts, post] : posts.map((each) => (each.id === edited ? post : each)))

const saved = ({ c }: Asked, id: string): Response => c.redirect(`${campaignPath(id)}?da=luu`, 303)

const opensOf = ({ flows, articles }: Content): SelectOption[] => [
  ...[...flows.values()].map(({ id, title }) => ({ value: `flow:${id}`, title: `Kịch bản: ${title}` })),
  ...[...articles.values()].map(({ id, title }) => ({ value: `article:${id}`, title })),
]
