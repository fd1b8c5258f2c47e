import type { Handover, Handovers } from '../ports.ts'
import type { Core } from './core.ts'

export const selectHandovers = `
  select h.id, coalesce(c.contact_key, '') as "contactKey", a.account, h.reason, h.asked_at as "askedAt", h.first_staff_answer_at as "firstStaffAnswerAt",
    h.closed_at as "closedAt", h.marks
  from handovers h join accounts a on a.id = h.account_id left join contacts c on c.id = h.contact_id`

const selectOpen = `${selectHandovers} where h.closed_at is null order by h.asked_at, h.seq limit $1`
const selectAll = `${selectHandovers} order by h.asked_at, h.seq limit $1`
const selectAsked = `${selectHandovers} where h.asked_at between $1 and $2 order by h.asked_at, h.seq`
const mark = 'update handovers set marks = array_append(marks, $2) where id = $1 and closed_at is null and not marks @> array[$2] returning 1'
const close = 'update handovers set closed_at = $2 where id = $1 and closed_at is null returning 1'

/** Who waits for a person. One conditional statement each, so that of many processes one marks or closes. */
export function handovers({ database }: Core): Handovers {
  return {
    listHandovers: ({ open, limit }) => database.rows<Handover>(open ? selectOpen : selectAll, [limit]),
    handoversAsked: (from, to) => database.rows<Handover>(selectAsked, [from, to]),
    markHandover: async (id, name) => (await database.rows(mark, [id, name])).length === 1,
    closeHandover: async (id, now) => (await database.rows(close, [id, now])).length === 1,
  }
}
