import type { Axios } from 'axios'
import { SendError } from '../core/delivery.ts'
import { deliveryMark } from '../core/payload.ts'
import { DAY } from '../core/time.ts'
import type { PostComments } from './comments.ts'
import { callGraph, callNode, pageAccess, type Graph, type PageAccess } from './graph.ts'

export interface FacebookCommentsOptions {
  graphUrl: string
  graphVersion: string
  appSecrets: readonly string[]
  accounts: readonly { pageId: string; pageToken: string }[]
  http: Axios
}

/** Meta's terms for a private reply: one message, within seven days of the comment, at most 750 an hour and page. */
const privateWithin = 7 * DAY

/** Comments under our pages' posts. Needs `pages_messaging` for private replies and `pages_manage_engagement` for public ones. */
export function createFacebookComments({ graphUrl, graphVersion, appSecrets, accounts, http }: FacebookCommentsOptions): PostComments {
  const graph: Graph = { root: `${graphUrl}/${graphVersion}`, http }
  const pages = new Map(accounts.map(({ pageId, pageToken }) => [pageId, pageAccess(pageId, pageToken, appSecrets[0] ?? '')]))
  const pageOf = (accountId: string): PageAccess => {
    const page = pages.get(accountId)
    if (page === undefined) throw new SendError({ kind: 'bad_configuration', needs: 'permission' }, 'unknown_page')
    return page
  }
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
