import { rememberedIfShort } from '../core/remembered-texts.ts'
import { meantInDanger } from './alarm-spellings.ts'
import { hearsay, lookalikes, papers, rumour, suffering, urgent } from './emergency-calm.ts'
import { ALARM, calming, callForHelp, company, dangers, fright, GRAVE } from './emergency-hints.ts'
import { demandPatterns, demandsMoney } from './emergency-scam.ts'
import { kinds, type EmergencyReply } from './emergency-signs.ts'
import { anyOf, listsOf, preparedAsMeant, type MessagePattern, type PatternText } from './message-pattern.ts'

export type { EmergencyReply }

/**
 * Whether somebody is in danger now, and which numbers to give. Missing a real one is worse than a false alarm; words
 * that only look like one ("cháy hàng", "đánh giá", "nộp phạt tai nạn") do not count.
 */
export const findEmergency = rememberedIfShort((message: string): EmergencyReply | null => {
  const text = preparedAsMeant(message.replaceAll('🆘', ' sos '), meantInDanger)
  if (anySign.in(text) === null) return null
  if (demandsMoney(text)) return 'emergency_scam'
  const calm = lookalikes.cutFrom(text)
  const firstHand = suffering.in(calm) !== null
  const speaksOf = (other: MessagePattern): boolean => !(firstHand && other === hearsay) && other.in(calm) !== null
  return signed(calm, speaksOf) ?? (onlyCall.in(calm) === null || isCommand(message) ? null : 'emergency_police') ?? ([papers, hearsay, rumour].some(speaksOf) ? null : weighed(calm))
})

/** "/help" asks for the menu. */
const isCommand = (message: string): boolean => message.trimStart().startsWith('/')

const hints = [...dangers, fright, ...company, ...calming]
/** The graver first. */
const replies = [...new Set(dangers.flatMap(({ reply }) => reply ?? []))]
const hintsIn = listsOf(hints.map(({ patterns }) => patterns))
const signsIn = listsOf(kinds.map(({ signs }) => signs))
const onlyCall = anyOf(...callForHelp)
/** Without any of these there is nothing to weigh: here nearly every message is done with. */
const anySign = anyOf(
  ...kinds.flatMap(({ signs }) => signs), ...dangers.flatMap(({ points, patterns }) => (points >= GRAVE ? patterns : [])), ...demandPatterns, ...callForHelp,
)

/** A phrase that tells of danger by itself, where nothing says that the message is about something else. */
function signed(calm: PatternText, speaksOf: (other: MessagePattern) => boolean): EmergencyReply | null {
  const found = signsIn.in(calm)
  return kinds.find(({ unless }, at) => found.has(at) && (urgent.in(calm) !== null || !unless.some(speaksOf)))?.reply ?? null
}

/** What the hints come to together; of the kind that weighs most. */
function weighed(calm: PatternText): EmergencyReply | null {
  const found = [...hintsIn.in(calm)].map((at) => hints[at]!)
  const points = found.reduce((sum, hint) => sum + hint.points, 0)
  if (points < ALARM || !found.some((hint) => hint.reply !== undefined && hint.points >= GRAVE)) return null
  const weights = replies.map((reply) => ({ reply, weight: found.reduce((sum, hint) => (hint.reply === reply ? sum + hint.points : sum), 0) }))
  return weights.reduce((most, kind) => (kind.weight > most.weight ? kind : most)).reply
}
