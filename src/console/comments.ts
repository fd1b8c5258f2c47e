import { sha256 } from '../campaign/canonical.ts'
import type { PostComment, PostComments } from '../channels/comments.ts'
import { accountFrom, type AccountKey, type ChannelName } from '../core/contact.ts'
import { SendError, type SendOutcome } from '../core/delivery.ts'
import { exposesNumbers } from '../core/exposed.ts'
import { DAY, MINUTE, type Clock, type Millis } from '../core/time.ts'
import type { Store } from '../store/ports.ts'
import { createReadingLog, type AccessLog } from './access-log.ts'
import type { StaffAccount } from './staff.ts'

/** Comments under our posts, and what staff did about them. */

export type Way = 'privately' | 'publicly'

/** One answer to a comment. `sending` for longer than a call takes, and nobody knows whether it went. */
export interface CommentAnswer {
  by: string
  at: Millis
  state: 'sending' | 'sent' | 'uncertain' | 'failed'
  /** Of the platform's refusal; empty otherwise. */
  code: string
}

/** Stands in the register under `comment:<key>`. The words of an answer are with the platform and nowhere else. */
interface Kept {
  at: Millis
  privately: CommentAnswer | null
  publicly: CommentAnswer | null
  /** Somebody looked and nothing is to be answered. */
  closed: { by: string; at: Millis } | null
}

export interface SeenComment extends PostComment {
  /** What the console calls it: made from the event's id. */
  key: string
  account: AccountKey
  sentAt: Millis
  privately: CommentAnswer | null
  publicly: CommentAnswer | null
  closed: Kept['closed']
  /** Until when a private reply is taken; null: not any more, or it has had one. */
  privateUntil: Millis | null
  /** It shows a telephone, ID or account number, a password or a code to everybody. */
  exposes: boolean
}

/** Answered in one way, or looked at and put aside. */
export const isDone = ({ privately, publicly, closed }: Pick<SeenComment, 'privately' | 'publicly' | 'closed'>): boolean => closed !== null || privately?.state === 'sent' || publicly?.state === 'sent'

/** `taken`: a colleague has answered or is answering this way. `gone`: the comment is not kept any more. */
export type CommentEnd = { end: 'sent' } | { end: 'uncertain' } | NotAnswered
export type NotAnswered = { end: 'taken' } | { end: 'gone' } | { end: 'late' } | { end: 'failed'; outcome: SendOutcome; code: string }

export interface CommentsPorts {
  store: Pick<Store, 'listComments' | 'readEntry' | 'writeEntry' | 'listEntries'>
  platforms: Partial<Record<ChannelName, PostComments>>
  log: AccessLog
  now: Clock
}

const prefix = 'comment:'
/** On one page; those before are still kept, and come when these are done. */
export const shownComments = 200
/** Longer than the words of a comment are kept. */
const notesKept: Millis = 30 * DAY
/** A call is given up long before. */
const longestCall: Millis = 2 * MINUTE

export type Comments = ReturnType<typeof createComments>

export function createComments({ store, platforms, log, now }: CommentsPorts) {
  const noteReading = createReadingLog(log, now)

  async function read(key: string): Promise<{ kept: Kept; version: number }> {
    const entry = await store.readEntry(prefix + key)
    return entry === null ? { kept: { at: now(), privately: null, publicly: null, closed: null }, version: 0 } : { kept: JSON.parse(entry.value) as Kept, version: entry.version }
  }

  /** False when `change` says null. Whoever comes first wins; the other decides again on what then stands there. */
  async function change(key: string, how: (kept: Kept) => Kept | null): Promise<boolean> {
    for (;;) {
      const { kept, version } = await read(key)
      const next = how(kept)
      if (next === null) return false
      if (await store.writeEntry(prefix + key, JSON.stringify(next), version)) return true
    }
  }

  async function all(): Promise<SeenComment[]> {
    const [comments, entries] = await Promise.all([store.listComments(shownComments), store.listEntries(prefix)])
    const kept = new Map(entries.map(({ name, value }) => [name.slice(prefix.length), JSON.parse(value) as Kept]))
    for (const { name, value, version } of entries) if (now() - (JSON.parse(value) as Kept).at > notesKept) await store.writeEntry(name, null, version)
    return comments.flatMap(({ id, account, sentAt, fields }): SeenComment[] => {
      const platform = platforms[accountFrom(account).channel]
      const comment = platform?.read(fields) ?? null
      if (platform === undefined || comment === null) return []
      const key = sha256(id).slice(0, 24)
      const { privately = null, publicly = null, closed = null } = kept.get(key) ?? {}
      const until = sentAt + platform.privateWithin
      return [{
        ...comment, key, account, sentAt, privately: told(privately), publicly: told(publicly), closed,
        privateUntil: until > now() && (privately === null || told(privately)?.state === 'failed') ? until : null, exposes: exposesNumbers(comment.text),
      }]
    })
  }

  /** What its process did not finish is known to nobody. */
  const told = (answer: CommentAnswer | null): CommentAnswer | null => (answer?.state === 'sending' && now() - answer.at > longestCall ? { ...answer, state: 'uncertain' } : answer)

  return {
    /** How many nobody has answered or put aside. */
    waiting: async (): Promise<number> => (await all()).filter((comment) => !isDone(comment)).length,

    /** The last that came in first. Looking is logged. */
    async list(account: StaffAccount): Promise<SeenComment[]> {
      const comments = await all()
      if (comments.length > 0) await noteReading({ who: account.name, action: 'comments_read', about: '', count: comments.length })
      return comments
    },

    /** `again`: an earlier try has no known end, and the officer has looked. */
    async answer(key: string, way: Way, text: string, account: StaffAccount, again: boolean): Promise<CommentEnd> {
      const comment = (await all()).find((each) => each.key === key)
      if (comment === undefined) return { end: 'gone' }
      const platform = platforms[accountFrom(comment.account).channel]!
      if (way === 'privately' && comment.sentAt + platform.privateWithin <= now()) return { end: 'late' }
      const begun: CommentAnswer = { by: account.name, at: now(), state: 'sending', code: '' }
      const mayBegin = (before: CommentAnswer | null): boolean => before === null || before.state === 'failed' || (again && before.state === 'uncertain')
      if (!(await change(key, (kept) => (mayBegin(told(kept[way])) ? { ...kept, [way]: begun } : null)))) return { end: 'taken' }
      await log.append({ at: now(), who: account.name, action: 'comment_answered', about: `${key}, ${way === 'privately' ? 'nhắn riêng' : 'trả lời công khai'}`, count: 1, reason: '' })
      const { accountId } = accountFrom(comment.account)
      const end = await (way === 'privately' ? platform.replyPrivately(accountId, comment.id, text, `comment:${key}`) : platform.answerPublicly(accountId, comment.id, text)).then(sent, endOf)
      const state = end.end === 'sent' || end.end === 'uncertain' ? end.end : 'failed'
      await change(key, (kept) => ({ ...kept, [way]: { ...begun, state, code: 'code' in end ? end.code : '' } }))
      return end
    },

    /** Nothing to answer, or not any more. False when there is no such comment. */
    async close(key: string, account: StaffAccount): Promise<boolean> {
      if (!(await all()).some((each) => each.key === key)) return false
      return change(key, (kept) => ({ ...kept, closed: { by: account.name, at: now() } }))
    },
  }
}

const sent = (): CommentEnd => ({ end: 'sent' })

function endOf(error: unknown): CommentEnd {
  if (!(error instanceof SendError)) throw error
  return error.outcome.kind === 'uncertain' ? { end: 'uncertain' } : { end: 'failed', outcome: error.outcome, code: error.code }
}
