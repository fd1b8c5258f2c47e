/** What a status says of its turn. */
interface StatusFacts {
  /** Something was asked in free words, or an article was opened. */
  wasAsked: boolean
  /** It helped nobody on: two bots that answer each other get nothing else. */
  isFutile: boolean
}

const question: StatusFacts = { wasAsked: true, isFutile: false }
const unanswered: StatusFacts = { wasAsked: true, isFutile: true }
const other: StatusFacts = { wasAsked: false, isFutile: false }

/** How a turn is counted: the statuses of an answer, and what else a turn comes to. Closed: figures and reports use these words. */
const statuses = {
  answered: question, clarify: question, expired_article: question,
  no_source_found: unanswered, not_grounded: unanswered, model_unavailable: unanswered, emergency: unanswered, blocked_question: unanswered,
  small_talk: { wasAsked: false, isFutile: true },
  attachment: other, command: other, erased: other, feedback: other, flood: other, flow: other, handover: other, menu: other, noted: other, overtaken: other, paused: other, reminder: other, secret: other, share: other,
  silent: other, staff_message: other, staff_reply: other, stale: other, steps: other, taken_back: other, thread_control: other, too_long: other, unfollow: other,
} as const satisfies Record<string, StatusFacts>

export type TurnStatus = keyof typeof statuses

/** Words of earlier versions may stand in the figures: they say nothing. */
const factsOf = (status: string): StatusFacts => (Object.hasOwn(statuses, status) ? statuses[status as TurnStatus] : other)

export const wasAsked = (status: string): boolean => factsOf(status).wasAsked
export const isFutile = (status: TurnStatus): boolean => factsOf(status).isFutile
