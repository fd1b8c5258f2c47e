import type { Content } from '../content.ts'
import { onceFor, onceForFixed } from '../core/fixed.ts'
import type { Choice } from '../core/message.ts'
import { says } from '../core/text.ts'
import { HOUR, type Millis } from '../core/time.ts'
import { titleBehind } from '../flow/advance.ts'
import type { Conversation, ListItem } from './state.ts'

/** The list shown last: what a number, or the words of an entry, answers. */

interface Seen { conversation: Conversation; now: Millis }

/** It answers for so long. */
const listLife = 24 * HOUR

/** What is kept of choices that are shown. */
export const keptItems = onceFor(({ flows }: Content) => onceForFixed((choices: readonly Choice[]): readonly ListItem[] =>
  choices.map((choice) => (titleBehind(flows, choice.payload) === choice.title ? choice.payload : choice))))

/** Empty when there is none, or none any more. */
export function latestList({ conversation: { list }, now }: Seen): readonly ListItem[] {
  return list === null || now - list.at > listLife ? [] : list.items
}

export const payloadOfItem = (item: ListItem): string => (typeof item === 'string' ? item : item.payload)

/** The entry whose words a text is. */
export function itemSaid(seen: Seen & { content: Content }, text: string): ListItem | undefined {
  return latestList(seen).find((item) => {
    const title = typeof item === 'string' ? titleBehind(seen.content.flows, item) : item.title
    return title !== null && says(text, title)
  })
}
