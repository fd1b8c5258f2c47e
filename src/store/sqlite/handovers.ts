import type { AccountKey } from '../../core/contact.ts'
import type { Handover, Handovers } from '../ports.ts'
import { read, type Core } from './core.ts'
import { hotQuery, type HotQuery } from './hot.ts'

export interface HandoverColumns {
  id: string
  contact_key: string | null
  account: string
  reason: string
  asked_at: number
  first_staff_answer_at: number | null
  closed_at: number | null
  marks: string
}

type Columns = [id: string, contactKey: string | null, account: string, reason: string, askedAt: number, firstStaffAnswerAt: number | null, closedAt: number | null, marks: string]

export const selectHandovers = `
  select h.id, c.contact_key, a.account, h.reason, h.asked_at, h.first_staff_answer_at, h.closed_at, h.marks
  from handovers h join accounts a on a.id = h.account_id left join contacts c on c.id = h.contact_id`

export const handoverFrom = (row: HandoverColumns): Handover => ({
  id: row.id,
  contactKey: row.contact_key ?? '',
  account: row.account as AccountKey,
  reason: row.reason as Handover['reason'],
  askedAt: row.asked_at,
  firstStaffAnswerAt: row.first_staff_answer_at,
  closedAt: row.closed_at,
  marks: row.marks === '[]' ? [] : JSON.parse(row.marks) as Handover['marks'],
})

/** Who waits for a person. */
export function handovers({ db, writer }: Core): Handovers {
  const select = (which: string): HotQuery<Handover> => hotQuery<Columns, Handover>(db, `${selectHandovers} ${which}`,
    (id, contact_key, account, reason, asked_at, first_staff_answer_at, closed_at, marks) => handoverFrom({ id, contact_key, account, reason, asked_at, first_staff_answer_at, closed_at, marks }))
  const selectOpen = select('where h.closed_at is null order by h.asked_at, h.seq limit ?')
  const selectAll = select('order by h.asked_at, h.seq limit ?')
  const selectAsked = select('where h.asked_at between ? and ? order by h.asked_at, h.seq')
  const mark = db.prepare(`
    update handovers set marks = json_insert(marks, '$[#]', ?1)
    where id = ?2 and closed_at is null and not exists (select 1 from json_each(marks) where value = ?1)`)
  const close = db.prepare('update handovers set closed_at = ? where id = ? and closed_at is null')
  return {
    listHandovers: ({ open, limit }) => read(() => (open ? selectOpen : selectAll).all(limit)),
    handoversAsked: (from, to) => read(() => selectAsked.all(from, to)),
    markHandover: (id, name) => writer.run(() => mark.run(name, id).changes === 1),
    closeHandover: (id, now) => writer.run(() => close.run(now, id).changes === 1),
  }
}
