import type { Province } from '../content.ts'
import { workingTime } from '../conversation/hours.ts'
import { openHandovers } from '../conversation/open-handovers.ts'
import { accountFrom, type ChannelName } from '../core/contact.ts'
import type { InboundEvent } from '../core/event.ts'
import type { Alert } from '../core/ports.ts'
import { HOUR, SECOND, type Millis } from '../core/time.ts'
import type { Handover, Store } from '../store/ports.ts'
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

/** Staff hear of everybody who waits, citizens are told that they still wait, answered ones are closed. */
export function handoverJob(ports: HandoverPorts): Job {
  return {
    name: 'handovers',
    alone: true,
    every: 5 * SECOND,
    async step(now) {
      for (const handover of await openHandovers(ports.store, now)) await look(ports, handover, now)
    },
  }
}

async function look(ports: HandoverPorts, handover: Handover, now: Millis): Promise<void> {
  const { store, tell } = ports
  for (const action of due(ports, handover, now)) {
    if (action === 'close') await store.closeHandover(handover.id, now)
    else if (action === 'window_told') await remindBeforeWindowCloses(ports, handover, now)
    else if (action === 'citizen_told') await remind(ports, handover, action, now)
    else if (await store.markHandover(handover.id, action)) await tell(alertOf(action, handover))
  }
}

type Action = 'staff_alerted' | 'staff_reminded' | 'citizen_told' | 'window_told' | 'close'

/** What this handover needs now; pure. */
export function due(ports: Pick<HandoverPorts, 'province' | 'answerWithin' | 'pause'>, handover: Handover, now: Millis): Action[] {
  if (handover.firstStaffAnswerAt !== null) return now - handover.firstStaffAnswerAt > ports.pause ? ['close'] : []
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

function alertOf(action: 'staff_alerted' | 'staff_reminded', { account, contactKey, reason }: Handover): Alert {
  return action === 'staff_alerted'
    ? { kind: 'handover', account, contactKey, text: reasonTexts[reason] }
    : { kind: 'handover_waiting', account, contactKey, text: 'Vẫn còn người chờ cán bộ trả lời, đã quá thời gian quy định.' }
}

const reasonTexts: Record<Handover['reason'], string> = {
  asked: 'Có người xin gặp cán bộ.',
  stale: 'Có câu hỏi chờ quá lâu, hệ thống chưa trả lời được. Cán bộ xem và trả lời giúp.',
  attachment: 'Có người gửi hình ảnh, ghi âm hoặc tệp cần cán bộ xem.',
  erasure: 'Có yêu cầu xóa dữ liệu cá nhân.',
}
