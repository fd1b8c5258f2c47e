import type { AccountKey } from '../../core/contact.ts'
import type { Comments } from '../ports.ts'
import { fieldsOf } from '../stored-events.ts'
import { read, type Core } from './core.ts'

interface CommentColumns { id: string; contact_key: string; account: string; sent_at: number; body: string }

/** What people said under our posts, by an index that holds nothing else. */
export function comments({ db }: Core): Comments {
  const select = db.prepare(`
    select e.id, c.contact_key, a.account, e.sent_at, e.body from events e join contacts c on c.id = e.contact_id join accounts a on a.id = e.account_id
    where e.kind = 'comment' and e.body is not null order by e.received_at desc, e.seq desc limit ?`)
  return {
    listComments: (limit) => read(() => (select.all(limit) as unknown as CommentColumns[]).map(({ id, contact_key, account, sent_at, body }) =>
      ({ id, contactKey: contact_key, account: account as AccountKey, sentAt: sent_at, fields: fieldsOf(body) }))),
  }
}
