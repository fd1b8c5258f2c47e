import type { Comments, KeptComment } from '../ports.ts'
import { fieldsOf } from '../stored-events.ts'
import type { Core } from './core.ts'

const select = `
  select e.id, c.contact_key as contactKey, e.account, e.sent_at as sentAt, e.body from events e join contacts c on c.id = e.contact_id
  where e.kind = 'comment' and e.body is not null order by e.received_at desc, e.seq desc limit ?1`

/** What people said under our posts, by an index that holds nothing else. */
export const comments = ({ database }: Core): Comments => ({
  listComments: async (limit) => (await database.rows<Omit<KeptComment, 'fields'> & { body: string }>(select, limit)).map(({ body, ...row }) => ({ ...row, fields: fieldsOf(body) })),
})
