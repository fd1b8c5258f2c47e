import { confidence, thresholds } from './decision.ts'
import { asksSomething, followsUp } from './follow-up.ts'
import { words } from '../core/text.ts'
import type { Ranker } from './ranking.ts'

/** Shorter parts are rather half of one question: "mức 1 và mức 2". */
const fewestWords = 4
/** Longer messages tell a story around one question, unless two sentences of it have question marks. */
const mostWords = 25
const mostWordsOfStory = 80
/** The other question's article is only offered, so that it need not be sure. */
const worthOffering = 0.08

/** One way to read a message as two questions. `bothSure`: likely enough only where an article surely answers each. */
interface Reading { parts: readonly [string, string]; bothSure: boolean }

/**
 * Where a message asks two things: the article that surely answers one of them, and the one that may answer the other;
 * null where it asks one. `whole` is what answers the message as a single question, null where nothing does: it stands.
 * `asksOther`: whether a part asks about what an article does not speak of.
 */
export function secondQuestion(
  message: string, whole: number | null, ranker: Pick<Ranker, 'rank'>, asksOther: (part: string, article: number) => boolean = () => false,
): { first: number; second: number } | null {
  for (const { parts, bothSure } of readings(message)) {
    const [a, b] = parts.map((part) => likely(part, ranker, asksOther))
    if (a == null || b == null || a.article === b.article) continue
    const [first, second] = b.article === whole || (a.article !== whole && b.sure > a.sure) ? [b, a] : [a, b]
    if (Math.min(first.sure, bothSure ? second.sure : first.sure) < thresholds.answer) continue
    if (whole === null || first.article === whole) return { first: first.article, second: second.article }
  }
  return null
}

function likely(part: string, ranker: Pick<Ranker, 'rank'>, asksOther: (part: string, article: number) => boolean): { article: number; sure: number } | null {
  const { ranked, length } = ranker.rank(part)
  const sure = confidence(ranked, length)
  if (length < fewestWords || followsUp(part) !== 'no' || sure < worthOffering) return null
  return asksOther(part, ranked[0]!.article) ? null : { article: ranked[0]!.article, sure }
}

/** Two sentences of a story with question marks; in a short message two sentences that ask, what stands on either side of an "và", or two parts that ask, before and behind "sau đó". A comma alone is none: behind it mostly stands the rest of the same question. */
function readings(message: string): Reading[] {
  const said = words(message).length
  if (said > mostWordsOfStory) return []
  const asking = (message.match(/[^.?!\n]+\?/gu) ?? []).filter((sentence) => words(sentence).length >= fewestWords)
  const inPairs = asking.slice(1).map((second, at): Reading => ({ parts: [asking[at]!, second], bothSure: true }))
  if (said > mostWords) return inPairs
  const sentences = message.split(/[?\n]+/u).map((part) => part.trim()).filter((part) => /\p{L}/u.test(part))
  if (sentences.length === 2 && /\?.*\p{L}/su.test(message)) return [{ parts: [sentences[0]!, sentences[1]!], bothSure: false }]
  const joined = around(message, joints).map((parts): Reading => ({ parts, bothSure: false }))
  const listed = around(message, pauses).filter((parts) => parts.every(asksSomething)).map((parts): Reading => ({ parts, bothSure: true }))
  return [...inPairs, ...joined, ...listed]
}

const around = (message: string, joint: RegExp): [string, string][] => [...message.matchAll(joint)].map(({ index, 0: found }) => [message.slice(0, index), message.slice(index + found.length)])

const joints = /(?<=\s|,)(?:và|va|với lại|voi lai|còn|cùng với|đồng thời)(?=\s)/giu
const pauses = /(?<=\s)(?:sau đó|sau do|ngoài ra|ngoai ra|xong rồi|xong roi|tiện thể|tien the|nhân tiện|nhan tien|cho hỏi thêm|cho hoi them|hỏi thêm|hoi them)(?=\s)/giu
