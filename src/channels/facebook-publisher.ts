import { SendError } from '../core/delivery.ts'
import { facebookPages, type FacebookPagesOptions } from './facebook-pages.ts'
import { callGraph, callNode } from './graph.ts'
import type { PlatformIds, PublicationContent, PublishRequest, Publisher } from './publisher.ts'

/** How far back a page's posts are looked through for one of ours: more than a campaign posts in a day. */
const lookedThrough = 50
/** Meta's clock and ours differ, and its times have whole seconds. */
const clockMargin = 60_000

/**
 * Posts on our pages, at their time and not by Meta's own schedule, so that approving and cancelling stay with us. Publishing
 * is one call; whether it was taken is read from the page's posts, by its words and its time.
 */
export function createFacebookPublisher(options: FacebookPagesOptions): Publisher {
  const { graph, find: findPage, of: pageOf } = facebookPages(options)

  async function find({ accountId, content, since }: Pick<PublishRequest, 'accountId' | 'content' | 'since'>): Promise<PlatformIds | null> {
    const { text } = pagePost(content)
    const { data } = await callGraph(graph, pageOf(accountId), 'GET', '/published_posts', { fields: 'id,message,created_time', limit: String(lookedThrough) }) as
      { data?: { id?: unknown; message?: unknown; created_time?: unknown }[] }
    const post = (data ?? []).find(({ message, created_time }) => sameWords(message, text) && Date.parse(String(created_time)) >= since - clockMargin)
    return typeof post?.id === 'string' ? { post: post.id } : null
  }

  return {
    channel: 'facebook',
    whyNot: (accountId) => (findPage(accountId) !== undefined ? null : 'trang Facebook này chưa được cài đặt'),
    find,
    async publish(request) {
      const { path, body } = callFor(pagePost(request.content))
      try {
        const { id, post_id: postId } = await callGraph(graph, pageOf(request.accountId), 'POST', path, body) as { id?: unknown; post_id?: unknown }
        const post = postId ?? id
        if (typeof post !== 'string') throw new SendError({ kind: 'uncertain' }, 'no_post_id')
        return { post }
      } catch (error) {
        // The same post again: it is up.
        const known = error instanceof SendError && error.code.split('/')[0] === '506' ? await find(request) : null
        if (known !== null) return known
        throw error
      }
    },
    async edit(accountId, { post = '' }, content) {
      await callNode(graph, pageOf(accountId), 'POST', post, { message: pagePost(content).text })
    },
    async withdraw(accountId, { post = '' }) {
      await callNode(graph, pageOf(accountId), 'DELETE', post, {})
    },
  }
}

type PagePost = Extract<PublicationContent, { kind: 'page_post' }>

function pagePost(content: PublicationContent): PagePost {
  if (content.kind !== 'page_post') throw new SendError({ kind: 'rejected' }, 'not_a_page_post')
  return content
}

/** Meta fetches pictures and films from our address. */
function callFor({ text, link, media }: PagePost): { path: string; body: object } {
  if (media?.kind === 'video') return { path: '/videos', body: { file_url: media.url, description: text } }
  if (media !== null) return { path: '/photos', body: { url: media.url, caption: text } }
  return { path: '/feed', body: { message: text, ...(link !== null && { link }) } }
}

/** Meta trims what it keeps. */
const sameWords = (found: unknown, ours: string): boolean => typeof found === 'string' && plain(found) === plain(ours)
const plain = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()
