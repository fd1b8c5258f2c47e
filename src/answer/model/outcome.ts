/** Not asked, though it was thought of. */
const notAsked = [
  'switched_off', 'consent_missing', 'injection', 'old_question', 'second_try', 'nothing_to_cite', 'contact_budget', 'day_budget', 'busy', 'resting',
] as const
/** Asked, and no usable answer came. `declined`: it said that no passage fits. */
const faults = ['timeout', 'throttled', 'server_error', 'refused_by_server', 'no_connection', 'broken_answer', 'interrupted', 'declined'] as const
/** It answered, and what it said cannot go out. */
const notGrounded = [
  'unknown_passage', 'unknown_token', 'mixed_articles', 'too_long', 'strange_characters',
  'invented_link', 'invented_document', 'invented_date', 'invented_phone', 'invented_amount', 'invented_number',
  'fact_out_of_place', 'forbidden_phrase', 'unsupported_word', 'spliced', 'changed_meaning', 'condition_left_out', 'empty_sentence', 'repeated',
] as const

export type NotAsked = (typeof notAsked)[number]
export type ModelFault = (typeof faults)[number]
export type NotGrounded = (typeof notGrounded)[number]

/** What became of a question for which the model was thought of. Closed list; `/metrics` counts by these words. */
export type ModelReason = 'written' | NotAsked | ModelFault | NotGrounded

/** Checked words made from one article. */
export interface Written {
  text: string
  articleId: string
}

const grounding: ReadonlySet<string> = new Set(notGrounded)
const trouble: ReadonlySet<string> = new Set<ModelReason>([...faults, 'resting'])

/** The answer status of a question that the model could not settle; null where that is nothing to speak of. */
export function statusOf(reason: ModelReason): 'not_grounded' | 'model_unavailable' | null {
  if (grounding.has(reason)) return 'not_grounded'
  return trouble.has(reason) && reason !== 'declined' ? 'model_unavailable' : null
}
