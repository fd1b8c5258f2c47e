import { SendError } from '../core/delivery.ts'
import { deliveryMark } from '../core/payload.ts'
import { DAY } from '../core/time.ts'
import type { PostComments } from './comments.ts'
import { facebookPages, type FacebookPagesOptions } from './facebook-pages.ts'
import { callGraph, callNode } from './graph.ts'

/** Meta's terms for a private reply: one message, within seven days of the comment, at most 750 an hour and page. */
const privateWithin = 7 * DAY

/** Comments under our pages' posts. Needs `pages_messaging` for private replies and `pages_manage_engagement` for public ones. */
export function createFacebookComments(options: FacebookPagesOptions): PostComments {
  const { graph, of: pageOf } = facebookPages(options)
  return {
    channel: 'facebook',
    privateWithin,
    read({ comment_id: id, post_id: post, parent_id: parent, message: text = '', permalink_url: link }) {
      if (id === undefined) return null
      return { id, text, isReply: parent !== undefined && parent !== post, url: facebookUrl(link) }
    },
    async replyPrivately(accountId, comment, text, id) {
      const { message_id: given } = await callGraph(graph, pageOf(accountId), 'POST', '/messages', {
        recipient: { comment_id: comment }, messaging_type: 'RESPONSE', message: { text, metadata: deliveryMark + id },
      }) as { message_id?: unknown }
      if (typeof given !== 'string') throw new SendError({ kind: 'uncertain' }, 'no_message_id')
    },
    async answerPublicly(accountId, comment, text) {
      const { id } = await callNode(graph, pageOf(accountId), 'POST', `${encodeURIComponent(comment)}/comments`, { message: text }) as { id?: unknown }
      if (typeof id !== 'string') throw new SendError({ kind: 'uncertain' }, 'no_comment_id')
    },
  }
}

/** What came with an event is led to only where it is Facebook's own. */
function facebookUrl(link: string | undefined): string | null {
  const url = URL.parse(link ?? '')
  return url?.protocol === 'https:' && /(^|\.)facebook\.com$/.test(url.hostname) ? url.href : null
}
