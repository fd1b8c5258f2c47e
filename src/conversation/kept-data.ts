import { refName } from '../content/refs.ts'
import { showDay, vietnamDay } from '../core/time.ts'
import type { Consent, ContactExport } from '../store/ports.ts'
import { readConversation } from './state.ts'

/** What is kept about a contact, in plain words, one line each; of their own words only what they gave step by step. */
export function describeKept({ profile, conversation, events, deliveries, consents, handovers, unanswered }: ContactExport): string {
  const { remembered } = profile
  const { entry, flow } = readConversation(conversation)
  const lines = [
    `Nhắn lần đầu: ngày ${showDay(vietnamDay(profile.firstSeenAt))}`,
    `Tin nhắn còn lưu: ${events.filter((event) => event.text !== null).length} tin của bà con, ${deliveries.filter((delivery) => delivery.text !== null).length} tin trả lời`,
    `Nhận thông báo: ${told(latest(consents, 'announce'), profile.optedOut ? 'đã dừng' : 'chưa đồng ý, cũng chưa từ chối', 'đã dừng')}`,
    `Cho trợ lý ghi nhớ: ${told(latest(consents, 'remember'), 'chưa hỏi', 'không đồng ý')}`,
    ...rarer.flatMap(([purpose, name]) => {
      const consent = latest(consents, purpose)
      return consent === undefined ? [] : [`${name}: ${told(consent, '', 'không đồng ý')}`]
    }),
    remembered.commune === undefined ? '' : `Xã, phường đã cho nhớ: ${remembered.commune}`,
    remembered.role === undefined ? '' : `Vai trò đã cho nhớ: ${remembered.role}`,
    remembered.language === undefined ? '' : `Ngôn ngữ đã cho nhớ: ${remembered.language}`,
    ...Object.values(flow.saved).map((said) => `Bà con đã chọn hoặc viết khi làm từng bước: “${said}”`),
    entry === null ? '' : `Vào từ mã QR hoặc đường dẫn: ${refName(entry)}`,
    handovers.length === 0 ? '' : `Số lần xin gặp cán bộ: ${handovers.length}`,
    ...unanswered.map(({ question, at }) => `Câu hỏi chưa trả lời đúng ý, giữ để bổ sung (đã che tên, số), ngày ${showDay(vietnamDay(at))}: “${question}”`),
  ]
  return lines.filter((line) => line !== '').map((line) => `– ${line}`).join('\n')
}

/** Told only where there is a record. */
const rarer: readonly [Consent['purpose'], string][] = [['answer', 'Trả lời câu hỏi'], ['model', 'Dùng mô hình ngôn ngữ']]

/** The record that holds: consents are only ever added. */
const latest = (consents: readonly Consent[], purpose: Consent['purpose']): Consent | undefined =>
  consents.filter((consent) => consent.purpose === purpose).sort((a, b) => a.at - b.at).at(-1)

function told(consent: Consent | undefined, none: string, withdrawn: string): string {
  if (consent === undefined) return none
  return `${consent.given ? 'đã đồng ý' : withdrawn} ngày ${showDay(vietnamDay(consent.at))}`
}
