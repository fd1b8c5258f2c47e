import type { Province } from '../content.ts'
import { workingTime } from '../conversation/hours.ts'
import { openHandovers } from '../conversation/open-handovers.ts'
import { lastStaffAnswer } from '../conversation/staff-answers.ts'
import { accountFrom, type ChannelName } from '../core/contact.ts'
import type { InboundEvent } from '../core/event.ts'
import type { Alert } from '../core/ports.ts'
import { HOUR, MINUTE, SECOND, type Millis } from '../core/time.ts'
import type { Handover, HandoverMark, Store } from '../store/ports.ts'
import type { Job } from './job.ts'

export interface HandoverPorts {
  store: Store
  province: () => Province
  /** Working time without a person's answer after which staff are reminded and the citizen is told. */
  answerWithin: Millis
  /** How long the bot stays silent after a person's last message; an answered handover closes then. */
  pause: Millis
  /** How long after a citizen's message the channel lets us write; null: for ever. */
  replyWindow: (channel: ChannelName) => Millis | null
  tell: (alert: Alert) => Promise<void>
  inboxGrew: () => void
}

/** The citizen is told again so long before the window closes. */
const windowMargin = 2 * HOUR

/** So often conversations that people have begun are looked into. */
const answeredEvery = 1 * MINUTE

/** Staff hear of everybody who waits, citizens are told that they still wait, answered ones are closed. */
export function handoverJob(ports: HandoverPorts): Job {
  let answeredAt = -Infinity
  return {
    name: 'handovers',
    alone: true,
    every: 5 * SECOND,
    async step(now) {
      const open = await openHandovers(ports.store, now)
      for (const handover of open) if (handover.firstStaffAnswerAt === null) await look(ports, handover, now)
      if (now - answeredAt < answeredEvery && now >= answeredAt) return
      answeredAt = now
      for (const handover of open) if (handover.firstStaffAnswerAt !== null) await lookAtAnswered(ports, handover, handover.firstStaffAnswerAt, now)
    },
  }
}

/**
 * It closes once nobody has written for as long as the bot is silent. Never while the citizen's last words are unanswered: staff are
 * reminded of those once. A request about personal data is closed by people alone.
 */
async function lookAtAnswered({ store, tell, province, answerWithin, pause }: HandoverPorts, handover: Handover, answeredAt: Millis, now: Millis): Promise<void> {
  if (handover.reason === 'erasure' || now - answeredAt <= pause) return
  const kept = await store.exportContact(handover.contactKey)
  const heardAt = kept?.profile.lastInboundAt ?? null
  const lastAnswer = Math.max(answeredAt, kept === null ? 0 : lastStaffAnswer(kept))
  if (heardAt === null || heardAt <= lastAnswer) {
    if (now - lastAnswer > pause) await store.closeHandover(handover.id, now)
    return
  }
  const overdue = workingTime(province().hours, heardAt, now) >= answerWithin
  if (overdue && await store.markHandover(handover.id, 'unread_reminded')) await tell(alertOf('unread_reminded', handover))
}

async function look(ports: HandoverPorts, handover: Handover, now: Millis): Promise<void> {
  const { store, tell } = ports
  for (const action of due(ports, handover, now)) {
    if (action === 'window_told') await remindBeforeWindowCloses(ports, handover, now)
    else if (action === 'citizen_told') await remind(ports, handover, action, now)
    else if (await store.markHandover(handover.id, action)) await tell(alertOf(action, handover))
  }
}

type Action = Exclude<HandoverMark, 'unread_reminded'>

/** What a handover that nobody has answered needs now; pure. */
export function due(ports: Pick<HandoverPorts, 'province' | 'answerWithin'>, handover: Handover, now: Millis): Action[] {
  const missing = (...actions: Action[]): Action[] => actions.filter((action) => !handover.marks.includes(action))
  const overdue = workingTime(ports.province().hours, handover.askedAt, now) >= ports.answerWithin
  return missing('staff_alerted', ...(overdue ? (['staff_reminded', 'citizen_told'] as const) : []), 'window_told')
}

async function remindBeforeWindowCloses(ports: HandoverPorts, handover: Handover, now: Millis): Promise<void> {
  const window = ports.replyWindow(accountFrom(handover.account).channel)
  if (window === null) return
  const contact = await ports.store.findContact(handover.contactKey)
  const closesAt = (contact?.profile.lastInboundAt ?? now) + window
  if (now < closesAt - windowMargin || now >= closesAt) return
  await remind(ports, handover, 'window_told', now)
}

/** An event of ours, so that it is handled in order with what the citizen writes; by its id it is one however often it is recorded, so the mark comes after it. */
async function remind(ports: HandoverPorts, handover: Handover, mark: 'citizen_told' | 'window_told', now: Millis): Promise<void> {
  const what = mark === 'citizen_told' ? 'no_answer_yet' : 'window_closing'
  const known = await ports.store.findContact(handover.contactKey)
  if (known === null) return
  const event: InboundEvent = {
    id: `reminder:${handover.id}:${what}`, contact: known.contact, sentAt: now, receivedAt: now, orderAt: now,
    kind: 'reminder', handoverId: handover.id, what,
  }
  await ports.store.recordEvents([event], now)
  await ports.store.markHandover(handover.id, mark)
  ports.inboxGrew()
}

function alertOf(action: 'staff_alerted' | 'staff_reminded' | 'unread_reminded', { account, contactKey, reason }: Handover): Alert {
  switch (action) {
    case 'staff_alerted': return { kind: 'handover', account, contactKey, text: reasonTexts[reason] }
    case 'staff_reminded': return { kind: 'handover_waiting', account, contactKey, text: 'Vẫn còn người chờ cán bộ trả lời, đã quá thời gian quy định.' }
    case 'unread_reminded': return { kind: 'handover_waiting', account, contactKey, text: 'Có người đã được cán bộ trả lời rồi nhắn tiếp, chưa ai trả lời tin sau.' }
  }
}

const reasonTexts: Record<Handover['reason'], string> = {
  asked: 'Có người xin gặp cán bộ.',
  stale: 'Có câu hỏi chờ quá lâu, hệ thống chưa trả lời được. Cán bộ xem và trả lời giúp.',
  attachment: 'Có người gửi hình ảnh, ghi âm hoặc tệp cần cán bộ xem.',
  erasure: 'Có yêu cầu xóa dữ liệu cá nhân.',
}
