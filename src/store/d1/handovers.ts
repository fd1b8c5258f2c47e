import type { AccountKey } from '../../core/contact.ts'
import type { Handover, Handovers } from '../ports.ts'
import type { Core } from './core.ts'

export interface HandoverColumns extends Omit<Handover, 'account' | 'contactKey' | 'marks'> {
  contactKey: string | null
  account: AccountKey
  marks: string
}
export const selectHandovers = `
  select h.id, c.contact_key as contactKey, h.account, h.reason, h.asked_at as askedAt, h.first_staff_answer_at as firstStaffAnswerAt, h.closed_at as closedAt, h.marks
  from handovers h left join contacts c on c.id = h.contact_id`
export const handoverFrom = (row: HandoverColumns): Handover => ({ ...row, contactKey: row.contactKey ?? '', marks: JSON.parse(row.marks) as Handover['marks'] })

const selectOpen = `${selectHandovers} where h.closed_at is null order by h.asked_at, h.seq limit ?1`
const selectAll = `${selectHandovers} order by h.asked_at, h.seq limit ?1`
const selectAsked = `${selectHandovers} where h.asked_at between ?1 and ?2 order by h.asked_at, h.seq`
const mark = `
  update handovers set marks = json_insert(marks, '$[#]', ?1)
  where id = ?2 and closed_at is null and not exists (select 1 from json_each(marks) where value = ?1) returning id`
const close = 'update handovers set closed_at = ?1 where id = ?2 and closed_at is null returning id'

/** Who waits for a person. */
export const handovers = ({ database }: Core): Handovers => ({
  listHandovers: async ({ open, limit }) => (await database.rows<HandoverColumns>(open ? selectOpen : selectAll, limit)).map(handoverFrom),
  handoversAsked: async (from, to) => (await database.rows<HandoverColumns>(selectAsked, from, to)).map(handoverFrom),
  markHandover: async (id, name) => (await database.rows(mark, name, id)).length === 1,
  closeHandover: async (id, now) => (await database.rows(close, now, id)).length === 1,
})
