import { SendError } from '../core/delivery.ts'
import { toSendError } from './outcome.ts'
import type { PublicationContent, PublishRequest, Publisher } from './publisher.ts'
import { SEND_TIMEOUT } from './transport.ts'
import { callZalo, type ZaloApi, type ZaloCall } from './zalo-call.ts'

export interface ZaloPublisherOptions extends ZaloApi {
  accounts: readonly { oaId: string }[]
}

/** How far back an OA's articles are looked through for one of ours. */
const lookedThrough = 20
/** Zalo's clock and ours differ. */
const clockMargin = 60_000

/**
 * An article and its broadcast to every follower, in three calls: the article is made (a job), the job is asked for the
 * article's id, the article is broadcast. After a crash the article is found again, by its title and time; a broadcast is
 * not: Zalo tells nobody whether one went out, so one that was begun and not answered stays unknown.
 */
export function createZaloPublisher({ accounts, ...api }: ZaloPublisherOptions): Publisher {
  const known = new Set(accounts.map(({ oaId }) => oaId))
  const call = (oaId: string, what: ZaloCall): Promise<Record<string, unknown>> =>
    callZalo(api, oaId, what, api.clock() + SEND_TIMEOUT).catch((error: unknown) => { throw toSendError(error) })

  async function findArticle({ accountId, content, since }: Pick<PublishRequest, 'accountId' | 'content' | 'since'>): Promise<string | null> {
    const { medias } = await call(accountId, { path: `/v2.0/article/getslice?offset=0&limit=${lookedThrough}&type=normal` }) as { medias?: { id?: unknown; title?: unknown; create_date?: unknown }[] }
    const found = (medias ?? []).find(({ title, create_date: made }) => title === article(content).title && Number(made) >= since - clockMargin)
    return typeof found?.id === 'string' ? found.id : null
  }

  /** The job that makes the article, the one before or a new one; or the article itself where its job was lost in a crash. */
  async function articleJob(request: PublishRequest): Promise<{ job: string } | { article: string }> {
    const { accountId, content, ids, keep } = request
    const job = ids['article_job']
    if (job !== undefined && job !== 'begun') return { job }
    const found = job === 'begun' ? await findArticle(request) : null
    if (found !== null) return { article: found }
    await keep({ ...ids, article_job: 'begun' })
    const { token } = await call(accountId, { path: '/v2.0/article/create', body: articleBody(article(content)) })
    if (typeof token !== 'string') throw new SendError({ kind: 'uncertain' }, 'no_article_job')
    await keep({ ...ids, article_job: token })
    return { job: token }
  }

  /** The article's id; made where there is none yet. `unavailable` while Zalo is still making it. */
  async function articleId(request: PublishRequest): Promise<string> {
    const known = request.ids['article']
    if (known !== undefined) return known
    const made = await articleJob(request)
    if ('article' in made) return made.article
    const { id } = await call(request.accountId, { path: '/v2.0/article/verify', body: { token: made.job } })
    if (typeof id !== 'string') throw new SendError({ kind: 'unavailable' }, 'no_article_id')
    return id
  }

  return {
    channel: 'zalo',
    whyNot: (accountId) => (known.has(accountId) ? null : 'OA Zalo này chưa được cài đặt'),
    async publish(request) {
      const id = await articleId(request)
      const ids = { article: id }
      await request.keep({ ...ids, broadcast: 'begun' })
      const { message_id: message } = await call(request.accountId, { path: '/v2.0/oa/message', body: broadcastBody(id, article(request.content).cities) })
        .catch(async (error: unknown) => {
          // Refused: it surely did not go out, and may be tried again.
          if (error instanceof SendError && error.outcome.kind !== 'uncertain') await request.keep(ids)
          throw error
        })
      return { ...ids, broadcast: typeof message === 'string' && message !== '' ? message : 'sent' }
    },
    async find(request) {
      const { ids } = request
      if (ids['broadcast'] !== undefined) return ids['broadcast'] === 'begun' ? 'unknown' : ids
      return null
    },
    async edit(accountId, { article: id = '' }, content) {
      await call(accountId, { path: '/v2.0/article/update', body: { id, ...articleBody(article(content)) } })
    },
    async withdraw(accountId, { article: id = '' }) {
      await call(accountId, { path: '/v2.0/article/remove', body: { id } })
    },
  }
}

type Article = Extract<PublicationContent, { kind: 'article' }>

function article(content: PublicationContent): Article {
  if (content.kind !== 'article') throw new SendError({ kind: 'rejected' }, 'not_an_article')
  return content
}

/** Zalo hides an article unless told otherwise. */
function articleBody({ title, author, description, cover, body }: Article): object {
  return {
    type: 'normal', title, author, description,
    ...(cover !== null && { cover: { cover_type: 'photo', photo_url: cover.url, status: 'show' } }),
    body: body.map((content) => ({ type: 'text', content })),
    status: 'show', comment: 'hide',
  }
}

/** Codes of provinces are joined by commas, as two of Zalo's own SDKs send them; everybody where none is named. */
function broadcastBody(articleId: string, cities: readonly string[]): object {
  return {
    recipient: { target: cities.length === 0 ? { gender: '0' } : { cities: cities.join(',') } },
    message: { attachment: { type: 'template', payload: { template_type: 'media', elements: [{ media_type: 'article', attachment_id: articleId }] } } },
  }
}
