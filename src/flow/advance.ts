import { barePhrase, bareWords, saysBare } from '../core/text.ts'
import { withoutSecrets } from '../core/mask.ts'
import type { Message } from '../core/message.ts'
import { mainFlow, type Flow, type FlowChoice, type FlowContext, type FlowMove, type FlowSet, type FlowState, type Place, type Step, type Target } from './flow.ts'
import { saidPart } from './said.ts'
import { pageCount, pageWith, showsText, stepMessage, titleOf } from './show.ts'
import { findTrigger } from './triggers.ts'

/** One turn through the flows: where we are and what was said, to what to say and where we are now. Pure. */

const longestTrail = 20
/** Steps that go on at once, in one turn; a circle of them stops here. */
const mostStepsAtOnce = 20
/** Bytes of JSON that saved values may take; the oldest go first. */
const savedBudget = 5_000
/** The same for what was said at steps on the way back. */
const trailBudget = 3_500

/** Goes to a step and says it, and on through steps that do not wait. A step that is gone leads to the main menu. */
export function enter(flows: FlowSet, state: FlowState, target: Target, context: FlowContext): FlowMove {
  if (stepAt(flows, target) === null) return elsewhere(flows, state, context)
  return say(flows, arrive(flows, state, target), context)
}

/** A choice or a page turned. Null when the payload leads nowhere any more: its flow, step or choice is gone. */
export function tapped(flows: FlowSet, state: FlowState, payload: string, context: FlowContext): FlowMove | null {
  const named = namedBy(flows, payload)
  if (named === null) return null
  const { kind, target, step, number } = named
  if (kind === 'p') return number < pageCount(step) ? turnTo(flows, state, target, number, context) : null
  const choice = kind === 'c' ? step.choices[number - 1] : undefined
  if (choice === undefined) return null
  const arrived = arrive(flows, state, target, pageWith(step, number))
  return choose(flows, arrived, choice, titleOf(choice, arrived.saved, context) ?? saidPart(context.text), null, context)
}

/** The title of the choice behind a payload, as it stands in the file; null when there is none (any more). */
export function titleBehind(flows: FlowSet, payload: string): string | null {
  const named = namedBy(flows, payload)
  return named?.kind === 'c' ? (named.step.choices[named.number - 1]?.title ?? null) : null
}

/** A step, and a number of it: which choice, or which page. Null when its flow or step is gone. */
function namedBy(flows: FlowSet, payload: string): { kind: string; target: Target; step: Step; number: number } | null {
  const [kind = '', flow = '', id = '', digits = ''] = payload.split(':')
  const target = { flow, step: id }
  const step = stepAt(flows, target)
  return step === null || !/^\d{1,3}$/.test(digits) ? null : { kind, target, step, number: Number(digits) }
}

/** The current step's choices by words, said exactly or with typing errors, then by patterns. Null when none is meant. */
export function said(flows: FlowSet, state: FlowState, context: FlowContext): FlowMove | null {
  const step = stepAt(flows, state.at)
  if (step === null || step.choices.length === 0) return null
  const worded = choiceWorded(step, state, context)
  if (worded !== null) return choose(flows, state, worded, titleOf(worded, state.saved, context) ?? saidPart(context.text), null, context)
  for (const choice of step.choices) {
    for (const matcher of choice.matchers) {
      const groups = 'pattern' in matcher ? matcher.test(context.text) : null
      if (groups !== null) return choose(flows, state, choice, saidPart(context.text), groups, context)
    }
  }
  return null
}

/** Where the text leads from anywhere, by the triggers of all flows. Null for most texts, at the price of a look-up. */
export function triggered(flows: FlowSet, context: FlowContext): Target | null {
  return findTrigger(flows, context.text)
}

/** What the current step does with any other text. Outside every flow it is a question. */
export function otherwise(flows: FlowSet, state: FlowState, context: FlowContext): FlowMove {
  const step = stepAt(flows, state.at)
  if (step === null || step.otherwise.to === 'answer') return { kind: 'question', state }
  const { target, save } = step.otherwise
  return enter(flows, save === null ? state : keep(state, save, saidPart(context.text)), target, context)
}

/** To the page before, then to the step before; from the first one, to the main menu. */
export function back(flows: FlowSet, state: FlowState, context: FlowContext): FlowMove {
  const step = stepAt(flows, state.at)
  const shown = step === null ? 0 : Math.min(state.page, pageCount(step) - 1)
  if (shown > 0) return again(flows, { ...state, page: shown - 1 }, context)
  const last = state.trail.findLastIndex((target) => stepAt(flows, target) !== null && !sameStep(state.at, target))
  if (last === -1) return elsewhere(flows, state, context)
  const { page = 0, ...at } = state.trail[last]!
  return again(flows, { ...state, at, page, trail: state.trail.slice(0, last) }, context)
}

/** The current step anew, as it was said and at the page it shows; the main menu outside every flow. */
export function again(flows: FlowSet, state: FlowState, context: FlowContext): FlowMove {
  const step = stepAt(flows, state.at)
  if (step === null) return elsewhere(flows, state, context)
  return say(flows, { ...state, page: Math.min(state.page, pageCount(step) - 1) }, { ...context, text: state.at!.text ?? context.text })
}

function flowAt(flows: FlowSet, id: string): Flow | null {
  return flows.get(id) ?? null
}

function stepAt(flows: FlowSet, target: Target | null): Step | null {
  const flow = target === null ? null : flowAt(flows, target.flow)
  return flow !== null && target !== null && Object.hasOwn(flow.steps, target.step) ? flow.steps[target.step]! : null
}

const sameStep = (a: Target | null, b: Target): boolean => a !== null && a.flow === b.flow && a.step === b.step

/** Another page: of the step we are at, or of one we come to. */
function turnTo(flows: FlowSet, state: FlowState, target: Target, page: number, context: FlowContext): FlowMove {
  const arrived = arrive(flows, state, target, page)
  return sameStep(state.at, target) ? again(flows, arrived, context) : say(flows, arrived, context)
}

/** Moves without saying anything; the step left behind, if it still is one, becomes the way back. */
function arrive(flows: FlowSet, state: FlowState, target: Target, page = 0): FlowState {
  if (sameStep(state.at, target)) return { ...state, page }
  if (state.at === null || stepAt(flows, state.at) === null) return { ...state, at: target, page }
  const left: Place = state.page > 0 ? { ...state.at, page: state.page } : state.at
  return { ...state, at: target, page, trail: withinBudget([...state.trail, left].slice(-longestTrail)) }
}

function withinBudget(trail: Place[]): Place[] {
  const oldest = bytes(trail) > trailBudget ? trail.findIndex(({ text }) => text !== undefined) : -1
  if (oldest === -1) return trail
  const { text: _, ...bare } = trail[oldest]!
  return withinBudget(trail.with(oldest, bare))
}

/** Says the step we are at, and those it goes on to at once. */
function say(flows: FlowSet, state: FlowState, context: FlowContext): FlowMove {
  const messages: Message[] = []
  let at: Target = state.at!
  for (let count = 1; ; count++) {
    const step = stepAt(flows, at)!
    const message = stepMessage(at, step, { ...state, page: sameStep(state.at, at) ? state.page : 0 }, context)
    if (message.text.trim() !== '' || message.choices !== undefined) messages.push(message)
    if (step.goto === null || count === mostStepsAtOnce || stepAt(flows, step.goto) === null) break
    at = step.goto
  }
  const { flow, step } = at
  const place: Place = showsText(stepAt(flows, at)!) ? { flow, step, text: withoutSecrets(saidPart(context.text)) } : { flow, step }
  return { kind: 'said', state: { ...state, at: place, page: sameStep(state.at, at) ? state.page : 0 }, messages }
}

/** Where there is nothing to go on with: the main menu, or no flow at all. */
function elsewhere(flows: FlowSet, state: FlowState, context: FlowContext): FlowMove {
  const main = flowAt(flows, mainFlow)
  const start = main === null ? null : { flow: main.id, step: main.start }
  if (start === null || stepAt(flows, start) === null) return { kind: 'question', state: { ...state, at: null, page: 0, trail: [] } }
  return say(flows, { ...state, at: start, page: 0, trail: [] }, context)
}

function choiceWorded(step: Step, state: FlowState, context: FlowContext): FlowChoice | null {
  const bare = bareWords(context.text)
  const phrases = step.choices.flatMap((choice) => wordsOf(choice, state, context).map((words) => ({ choice, bare: barePhrase(words) })))
  const exact = phrases.find((phrase) => phrase.bare !== '' && phrase.bare === bare)
  return (exact ?? phrases.find((phrase) => saysBare(bare, phrase.bare)))?.choice ?? null
}

/** A title that shows `{{text}}` would be said by any text, so it is not listened for. */
function wordsOf(choice: FlowChoice, state: FlowState, context: FlowContext): string[] {
  const matched = choice.matchers.flatMap((matcher) => ('words' in matcher ? [matcher.words] : []))
  const title = choice.title === null || /\{\{\s*text\s*\}\}/.test(choice.title) ? null : titleOf(choice, state.saved, context)
  return title === null ? matched : [title, ...matched]
}

/** Does what a choice does. `value` is its title or the text; `groups` are those of the pattern that matched. */
function choose(flows: FlowSet, state: FlowState, choice: FlowChoice, value: string, groups: Record<string, string> | null, context: FlowContext): FlowMove {
  const named = (name: string): string => saidPart(groups !== null && Object.hasOwn(groups, name) ? groups[name]! : value)
  const next = choice.save === null ? state : keep(state, choice.save, named(choice.save))
  // Who taps says what stands on the button.
  const move = follow(flows, next, choice, context.text === '' ? { ...context, text: value } : context)
  if (choice.remember === null) return move
  const remembered = groups !== null && Object.hasOwn(groups, choice.remember) ? groups[choice.remember]! : named(choice.save ?? choice.remember)
  return { kind: 'remember', state: next, field: choice.remember, value: saidPart(remembered), then: move }
}

function follow(flows: FlowSet, state: FlowState, choice: FlowChoice, context: FlowContext): FlowMove {
  switch (choice.then.to) {
    case 'step': return enter(flows, state, choice.then.target, context)
    case 'article': return { kind: 'article', state, article: choice.then.article }
    case 'handover': return { kind: 'handover', state }
  }
}

function keep(state: FlowState, name: string, value: string): FlowState {
  const { [name]: _, ...others } = state.saved
  const entries = [...Object.entries(others), [name, value] as const]
  while (entries.length > 1 && bytes(Object.fromEntries(entries)) > savedBudget) entries.shift()
  return { ...state, saved: Object.fromEntries(entries) }
}

const bytes = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).length
