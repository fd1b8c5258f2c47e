import { callForHelp, everyday, graveWords, hints } from './emergency-hints.ts'
import { asksAbout, kinds, lookalikes, scam, urgent, type EmergencyReply } from './emergency-signs.ts'
import { preparedForPatterns, type PatternText } from './message-pattern.ts'

export type { EmergencyReply }

/**
 * Whether somebody is in danger now, and which numbers to give. Missing a real one is worse than a false alarm; words
 * that only look like one ("cháy hàng", "đánh giá", "nộp phạt tai nạn") do not count.
 */
export function findEmergency(message: string): EmergencyReply | null {
  const text = preparedForPatterns(message)
  if (demandsMoney(text)) return 'emergency_scam'
  const calm = lookalikes.cutFrom(text)
  for (const { reply, signs, unless } of kinds) {
    if (signs.in(calm) !== null && (unless.every((other) => other.in(calm) === null) || urgent.in(calm) !== null)) return reply
  }
  if (callForHelp.in(calm) !== null) return 'emergency_police'
  return asksAbout.in(calm) === null && everyday.in(calm) === null ? hintedAt(calm) : null
}

/** A pasted or told "your child is in hospital, send money". */
function demandsMoney(text: PatternText): boolean {
  const asks = scam.moneyWanted.in(text) !== null || (scam.reported.in(text) !== null && scam.sum.in(text) !== null)
  return asks && scam.told.in(text) !== null && scam.onlyAsking.in(text) === null
}

/** One grave word, or two hints together, where nothing speaks for an everyday question. */
function hintedAt(text: PatternText): EmergencyReply | null {
  for (const { reply, words } of graveWords) if (words.in(text) !== null) return reply
  const found = hints.flatMap(({ reply, words }) => words.filter((word) => word.in(text) !== null).map(() => reply))
  return found.length >= 2 ? found[0]! : null
}
