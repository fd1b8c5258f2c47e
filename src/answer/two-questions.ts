import { confidence, thresholds } from './decision.ts'
import { followsUp } from './follow-up.ts'
import { words } from '../core/text.ts'
import type { Ranker } from './ranking.ts'

/** Shorter parts are rather half of one question: "mức 1 và mức 2". */
const fewestWords = 4
/** Longer messages tell a story around one question. */
const mostWords = 25
/** The other question's article is only offered, so that it need not be sure. */
const worthOffering = 0.08

/**
 * Where a message asks two things: the article that surely answers one of them, and the one that may answer the other;
 * null where it asks one. `whole` is what answers the message as a single question, null where nothing does: it stands.
 * `asksOther`: whether a part asks about what an article does not speak of.
 */
export function secondQuestion(
  message: string, whole: number | null, ranker: Pick<Ranker, 'rank'>, asksOther: (part: string, article: number) => boolean = () => false,
): { first: number; second: number } | null {
  if (words(message).length > mostWords) return null
  for (const parts of splits(message)) {
    const [a, b] = parts.map((part) => likely(part, ranker, asksOther))
    if (a == null || b == null || a.article === b.article) continue
    const [first, second] = b.article === whole || (a.article !== whole && b.sure > a.sure) ? [b, a] : [a, b]
    if (first.sure >= thresholds.answer && (whole === null || first.article === whole)) return { first: first.article, second: second.article }
  }
  return null
}

function likely(part: string, ranker: Pick<Ranker, 'rank'>, asksOther: (part: string, article: number) => boolean): { article: number; sure: number } | null {
  const { ranked, length } = ranker.rank(part)
  const sure = confidence(ranked, length)
  if (length < fewestWords || followsUp(part) !== 'no' || sure < worthOffering) return null
  return asksOther(part, ranked[0]!.article) ? null : { article: ranked[0]!.article, sure }
}

/** Every way to read the message as two questions: two sentences that ask, or what stands on either side of an "và". */
function splits(message: string): string[][] {
  const sentences = message.split(/[?\n]+/u).map((part) => part.trim()).filter((part) => /\p{L}/u.test(part))
  if (sentences.length === 2 && /\?.*\p{L}/su.test(message)) return [sentences]
  return [...message.matchAll(joints)].map(({ index, 0: joint }) => [message.slice(0, index), message.slice(index + joint.length)])
}

const joints = /(?<=\s|,)(?:và|va|với lại|voi lai|còn|cùng với|đồng thời)(?=\s)/giu
