import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { DAY, SECOND, type Clock, type Millis } from '../core/time.ts'
import type { NodeEnv } from './faults.ts'
import type { People } from './people.ts'
import type { Deliver } from './platform.ts'

/** Something said under one of the page's posts, with what our server answered. */
export interface PostedComment {
  id: string
  userId: string
  text: string
  at: Millis
  /** The one private reply; null: none yet. */
  privately: string | null
  publicly: string[]
}

export interface FacebookCommentsPorts {
  pageId: string
  people: People
  newId: () => string
  now: Clock
  /** Our server's status; 0 for no answer. */
  post(payload: object): Promise<number>
}

const privateReply = z.object({
  recipient: z.strictObject({ comment_id: z.string() }), messaging_type: z.literal('RESPONSE'), message: z.strictObject({ text: z.string().min(1).max(2_000), metadata: z.string().max(999).optional() }),
})

/** Comments by Meta's documents: one private reply within seven days; public ones by the id of the comment. */
export function createFacebookCommentsStandIn({ pageId, people, newId, now, post }: FacebookCommentsPorts) {
  const all: PostedComment[] = []

  /** Somebody comments; resolves with what our server answered to the webhook. */
  async function says(userId: string, text: string): Promise<{ comment: PostedComment; status: number }> {
    const comment: PostedComment = { id: `${pageId}_1_${all.length + 1}`, userId, text, at: now(), privately: null, publicly: [] }
    all.push(comment)
    const value = {
      item: 'comment', verb: 'add', from: { id: userId, name: 'Người Tập Dượt' }, post_id: `${pageId}_1`, parent_id: `${pageId}_1`, comment_id: comment.id, message: text,
      created_time: Math.floor(comment.at / SECOND), permalink_url: `https://www.facebook.com/${comment.id}`,
    }
    return { comment, status: await post({ object: 'page', entry: [{ id: pageId, time: Math.floor(comment.at / SECOND), changes: [{ field: 'feed', value }] }] }) }
  }

  /** Null: the send is not a private reply. */
  function replied(c: Context, body: unknown, deliver: Deliver, refuse: (code: number, subcode?: number) => Response): Response | null {
    const given = privateReply.safeParse(body)
    if (!given.success) return null
    const { recipient, message } = given.data
    const comment = all.find(({ id }) => id === recipient.comment_id)
    if (comment === undefined) return refuse(100, 33)
    if (now() - comment.at > 7 * DAY) return refuse(10, 2018278)
    if (comment.privately !== null) return refuse(10900)
    comment.privately = message.text
    const id = newId()
    deliver(people.get(comment.userId), { text: message.text, buttons: [], media: null, quotes: null, id, at: now(), billed: false, body })
    return c.json({ recipient_id: comment.userId, message_id: id })
  }

  function routes(bodyOf: (c: Context) => Promise<Record<string, unknown>>, refuse: (c: Context, code: number, subcode?: number) => Response): Hono<NodeEnv> {
    const app = new Hono<NodeEnv>()
    app.post(`/:version{v\\d+\\.\\d+}/:comment{${pageId}_\\d+_\\d+}/comments`, async (c) => {
      const [comment, given] = [all.find(({ id }) => id === c.req.param('comment')), z.object({ message: z.string().min(1).max(8_000) }).safeParse(await bodyOf(c))]
      if (comment === undefined || !given.success) return refuse(c, 100, 33)
      comment.publicly.push(given.data.message)
      return c.json({ id: `${comment.id}_${comment.publicly.length}` })
    })
    return app
  }

  return { all: all as readonly PostedComment[], says, replied, routes }
}

export type FacebookCommentsStandIn = ReturnType<typeof createFacebookCommentsStandIn>
