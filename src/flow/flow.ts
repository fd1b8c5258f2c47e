import type { Message } from '../core/message.ts'
import type { Remembered } from '../core/remembered.ts'

/** A scripted dialogue as staff wrote it in `flows/<id>.yaml`, checked. */
export interface Flow {
  id: string
  title: string
  /** Whole messages (or patterns) that lead to `start` from anywhere. */
  triggers: Matcher[]
  start: string
  /** Where every minute counts: a few words that fit nothing here have the step asked once more, instead of being looked up. */
  urgent: boolean
  steps: Record<string, Step>
  file: string
}

export interface Step {
  id: string
  /** May hold `{{text}}`, `{{saved.NAME}}`, `{{province.KEY}}`, `{{today}}`, `{{calendar.CAMPAIGN}}`. */
  ask: string
  choices: FlowChoice[]
  /** What any other text does here: the Answerer (then back here), or a step. `save` keeps the text under that name. */
  otherwise: { to: 'answer' } | { to: 'step'; target: Target; save: string | null }
  /** Goes on to this step at once after `ask` was said; null for a step that waits. */
  goto: Target | null
  /** Ids of the articles whose facts it states: it says them no longer than those may be given. */
  facts: string[]
}

export interface FlowChoice {
  /** Null: not shown and not numbered, only matched. */
  title: string | null
  matchers: Matcher[]
  /** Keeps the title (tapped, numbered, worded) or the text (pattern; its group of that name if it has one) under this name. */
  save: string | null
  /** Kept with the contact after a sentence of consent. */
  remember: keyof Remembered | null
  then: { to: 'step'; target: Target } | { to: 'article'; article: string } | { to: 'handover' }
}

/** `words`: equals the whole message (`says` of core/text). `pattern`: RE2 on the first 500 characters of the trimmed NFC text, case ignored, not folded. */
export type Matcher = { words: string } | { pattern: string; test(text: string): Record<string, string> | null }

export interface Target { flow: string; step: string }

/** A step somebody came to, with what is needed to say it again as it was. */
export interface Place extends Target {
  /** What was said on coming here, ID numbers and codes masked; only where the step shows it. */
  text?: string
  /** Which page of it was left; only in the trail, and only beyond the first. */
  page?: number
}

export type FlowSet = ReadonlyMap<string, Flow>

/** Where a contact is in the flows; part of the saved conversation. */
export interface FlowState {
  /** Null outside every flow. */
  at: Place | null
  /** Which page of a long menu is shown, from 0. */
  page: number
  /** Steps to go back to, newest last, at most 20. */
  trail: Place[]
  saved: Record<string, string>
}

export const noFlow: FlowState = { at: null, page: 0, trail: [], saved: {} }

/** What one move through the flows comes to. Pure data: whoever calls acts on it. */
export type FlowMove =
  /** Messages to say, one per step passed, the last with the choices of the step now waited at. */
  | { kind: 'said'; state: FlowState; messages: Message[] }
  | { kind: 'article'; state: FlowState; article: string }
  | { kind: 'handover'; state: FlowState }
  /** Ask for consent, then keep `value` as `field` and go on with `then`. */
  | { kind: 'remember'; state: FlowState; field: keyof Remembered; value: string; then: FlowMove }
  /** A free question: the Answerer's, then the same step again. */
  | { kind: 'question'; state: FlowState }

/** What placeholders may show (one pass, never evaluated twice), and the words the engine itself needs. */
export interface FlowContext {
  text: string
  province: Record<string, string>
  /** `21/11/2026` */
  today: string
  /** What a step may say today of the articles whose facts it states. The day is the caller's; the same ids give the same. */
  review: (articles: readonly string[]) => FactsReview
  /** What is still to come of the campaigns of that name; the sentence that nothing is, otherwise. */
  calendar: (campaign: string) => string
  /** Titles of the choices that turn the pages of a long menu. */
  moreTitle: string
  firstPageTitle: string
}

/** `instead` takes the place of a step's text; `after` stands below it as its source, empty for none. */
export type FactsReview = { instead: string } | { after: string }

/** Main menu: the greeting, "menu" and `0` lead to its start. Every flow may lead to it, written or not. */
export const mainFlow = 'main'
/** Where the main menu starts that is made when nobody wrote one. */
export const madeMenuStep = 'menu'
