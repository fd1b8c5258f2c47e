import { fill } from '../core/fill.ts'
import { fixed, onceFor } from '../core/fixed.ts'
import type { Choice, Message } from '../core/message.ts'
import { shorten } from '../core/text.ts'
import type { FlowChoice, FlowContext, FlowState, Step, Target } from './flow.ts'
import { saidPart } from './said.ts'

/** Numbers 1–8: `0` and `9` are for finding the way. */
const mostEntries = 8
const longestTitle = 100

/** Fills the placeholders of one text, in one pass. */
function fillText(text: string, saved: FlowState['saved'], context: FlowContext): string {
  return fill(text, (name) => {
    if (name === 'text') return saidPart(context.text)
    if (name === 'today') return context.today
    if (name.startsWith('calendar.')) return context.calendar(name.slice('calendar.'.length))
    if (name.startsWith('saved.')) return own(saved, name.slice('saved.'.length))
    return name.startsWith('province.') ? own(context.province, name.slice('province.'.length)) : null
  })
}

const own = (values: Record<string, string>, name: string): string | null => (Object.hasOwn(values, name) ? values[name]! : null)

/** The words of a choice as the citizen sees them; null for a hidden one. */
export function titleOf(choice: FlowChoice, saved: FlowState['saved'], context: FlowContext): string | null {
  return choice.title === null ? null : shorten(fillText(choice.title, saved, context), longestTitle)
}

/** What a step says, with the page of its choices that is shown. */
export function stepMessage(at: Target, step: Step, state: FlowState, context: FlowContext): Message {
  let always = alwaysSaid.get(step)
  if (always === undefined) {
    always = isAlwaysTheSame(step) ? fixed(makeMessage(at, step, state, context)) : null
    alwaysSaid.set(step, always)
  }
  return always ?? makeMessage(at, step, state, context)
}

/** What a step says that has nothing to fill in, no facts that may expire and no second page; null for any other. */
const alwaysSaid = new WeakMap<Step, Message | null>()

function isAlwaysTheSame(step: Step): boolean {
  return step.facts.length === 0 && pageCount(step) === 1 && [step.ask, ...step.choices.map(({ title }) => title ?? '')].every((text) => !text.includes('{{'))
}

function makeMessage(at: Target, step: Step, state: FlowState, context: FlowContext): Message {
  const text = textOf(step, state, context)
  const choices = pageOf(at, step, state, context)
  return choices.length === 0 ? { text } : { text, choices }
}

/** The text of a step with where its facts are from, or why they are not told today. */
function textOf(step: Step, { saved }: FlowState, context: FlowContext): string {
  const text = fillText(step.ask, saved, context)
  if (step.facts.length === 0) return text
  const review = context.review(step.facts)
  return 'instead' in review ? review.instead : [text.trimEnd(), review.after].filter((part) => part !== '').join('\n\n')
}

/** How many pages the visible choices of a step take; at least one. */
export function pageCount(step: Step): number {
  const visible = step.choices.filter(({ title }) => title !== null).length
  return visible <= mostEntries ? 1 : Math.ceil(visible / (mostEntries - 1))
}

/** Whether anything of a step repeats what was just said. */
export const showsText = onceFor((step: Step): boolean => [step.ask, ...step.choices.map(({ title }) => title ?? '')].some((text) => /\{\{\s*text\s*\}\}/.test(text)))

/** On which page the choice with this number in the file stands; 0 for a hidden one. */
export function pageWith(step: Step, number: number): number {
  if (pageCount(step) === 1 || step.choices[number - 1]?.title === null) return 0
  const before = step.choices.slice(0, number - 1).filter(({ title }) => title !== null).length
  return Math.floor(before / (mostEntries - 1))
}

function pageOf(at: Target, step: Step, state: FlowState, context: FlowContext): Choice[] {
  const visible = step.choices.flatMap((choice, index): Choice[] => {
    const title = titleOf(choice, state.saved, context)
    return title === null ? [] : [{ title, payload: `c:${at.flow}:${at.step}:${index + 1}` }]
  })
  const pages = pageCount(step)
  if (pages === 1) return visible
  const next = (state.page + 1) % pages
  const first = state.page * (mostEntries - 1)
  return [
    ...visible.slice(first, first + mostEntries - 1),
    { title: next === 0 ? context.firstPageTitle : context.moreTitle, payload: `p:${at.flow}:${at.step}:${next}`, leadsOn: true },
  ]
}
