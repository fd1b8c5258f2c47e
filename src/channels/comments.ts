import type { ChannelName } from '../core/contact.ts'
import type { Millis } from '../core/time.ts'

/** What somebody said under one of our posts. */
export interface PostComment {
  /** The platform's id: what an answer names. */
  id: string
  text: string
  /** It answers another comment, not the post. */
  isReply: boolean
  /** Where it can be seen; null where the platform did not say. */
  url: string | null
}

/** One platform's comments: `facebook-comments.ts`. The answers throw `SendError` and nothing else of the platform's. */
export interface PostComments {
  readonly channel: ChannelName
  /** After so long no private reply is taken. */
  readonly privateWithin: Millis
  /** Null where the fields of an event are no comment's. Pure. */
  read(fields: Readonly<Record<string, string>>): PostComment | null
  /** One message to the author alone, once for each comment; the platform refuses a second. `id` comes back with its echo. */
  replyPrivately(accountId: string, comment: string, text: string, id: string): Promise<void>
  /** For everybody to read. Whoever repeats it is seen twice. */
  answerPublicly(accountId: string, comment: string, text: string): Promise<void>
}
