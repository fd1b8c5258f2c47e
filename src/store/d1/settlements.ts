import type { Millis } from '../../core/time.ts'
import type { Settling } from '../settling.ts'
import { quiet, statement, type Step } from './database.ts'

const settleSent = `
  update deliveries set status = 'sent', reason = null, platform_message_id = iif(contact_id is null, null, ?2), due_at = null, finished_at = coalesce(finished_at, ?3)
  where id = ?1 and (finished_at is null or status = 'uncertain')`
/** A receipt only ever replaces a smaller one. */
const rank = `case receipt when 'delivered' then 1 when 'failed' then 2 when 'read' then 3 else 0 end`
const ranks = { delivered: 1, failed: 2, read: 3 } as const
const his = `contact_id = (select id from contacts where contact_key = ?2) and origin = 2 and ${rank} < ?3`
const markOne = `update deliveries set receipt = ?1 where ${his} and finished_at is not null and platform_message_id = ?4`
const markUpTo = `update deliveries set receipt = ?1 where ${his} and finished_at <= ?4 and status = 'sent'`
const dropComment = `
  update events set body = null where kind = 'comment' and body is not null and contact_id = (select id from contacts where contact_key = ?1)
    and body ->> '$.fields.comment_id' = ?2 and (?3 is null or body ->> '$.fields.message' is not ?3)`

export function settle(event: Settling, contactKey: string, now: Millis): Step<null> {
  if (event.kind === 'echo') return quiet(statement(settleSent, event.deliveryId, event.platformMessageId, now))
  if (event.kind === 'comment_removed') return quiet(statement(dropComment, contactKey, event.commentId, event.words))
  const { status, platformMessageIds = [], readUpTo } = event
  return quiet(
    ...platformMessageIds.map((id) => statement(markOne, status, contactKey, ranks[status], id)),
    ...(readUpTo === undefined ? [] : [statement(markUpTo, status, contactKey, ranks[status], readUpTo)]),
  )
}
