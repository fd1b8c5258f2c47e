import { createHash } from 'node:crypto'
import type { Content } from '../content.ts'
import { onceFor, onceForFixed } from '../core/fixed.ts'
import type { Choice } from '../core/message.ts'
import { says } from '../core/text.ts'
import { HOUR, type Millis } from '../core/time.ts'
import { titleBehind } from '../flow/advance.ts'
import type { FlowSet } from '../flow/flow.ts'
import type { Conversation, LatestList } from './state.ts'

/** The list shown last: what a number, or the words of an entry, answers. */

interface Seen { conversation: Conversation; content: Content; now: Millis }

/** What is kept of choices that are shown. */
export const keptList = (content: Content, choices: readonly Choice[]): Omit<LatestList, 'at'> => keeping(content)(choices)

const keeping = onceFor(({ flows }: Content) => onceForFixed((choices: readonly Choice[]): Omit<LatestList, 'at'> => {
  if (!choices.every(({ title, payload }) => titleBehind(flows, payload) === title)) return { items: choices }
  const payloads = choices.map(({ payload }) => payload)
  return { items: [], payloads, titles: titlesNow(flows, payloads) }
}))

/** It answers for so long. */
const listLife = 24 * HOUR

function freshList({ conversation: { list }, now }: Pick<Seen, 'conversation' | 'now'>): LatestList | null {
  return list === null || now - list.at > listLife ? null : list
}

/** Its payloads in their order; empty when there is no list, or none any more. */
export function latestPayloads(seen: Pick<Seen, 'conversation' | 'now'>): readonly string[] {
  const list = freshList(seen)
  return list?.payloads ?? list?.items.map(({ payload }) => payload) ?? []
}

/** Its entries, where they are no flow's own (those are shown anew by their step); empty when there is no list, or none any more. */
export const latestChoices = (seen: Pick<Seen, 'conversation' | 'now'>): readonly Choice[] => freshList(seen)?.items ?? []

/** All its entries with their titles, to be shown once more; empty where staff changed some of them meanwhile. */
export function listAgain(seen: Seen): readonly Choice[] {
  const list = freshList(seen)
  const { flows } = seen.content
  if (list?.payloads === undefined) return list?.items ?? []
  return list.titles === titlesNow(flows, list.payloads) ? list.payloads.map((payload) => ({ title: titleBehind(flows, payload) ?? '', payload })) : []
}

/** The payload of the entry whose words a text is. */
export function payloadSaid(seen: Seen, text: string): string | undefined {
  const list = freshList(seen)
  const { flows } = seen.content
  return list?.payloads?.find((payload) => says(text, titleBehind(flows, payload) ?? '') && !saysOtherwise(seen, payload))
    ?? list?.items.find(({ title }) => says(text, title))?.payload
}

/** Whether an entry of the list was shown with other words than stand there now: it is no longer what the person means by it. */
export function saysOtherwise({ conversation: { list }, content: { flows } }: Pick<Seen, 'conversation' | 'content'>, payload: string): boolean {
  if (list?.payloads?.includes(payload)) return list.titles !== titlesNow(flows, list.payloads)
  const shown = list?.items.find((item) => item.payload === payload)
  const title = titleBehind(flows, payload)
  return shown !== undefined && title !== null && !title.includes('{{') && title !== shown.title
}

const titlesNow = (flows: FlowSet, payloads: readonly string[]): string =>
  createHash('sha256').update(payloads.map((payload) => titleBehind(flows, payload)).join('\n')).digest('base64url').slice(0, 8)
