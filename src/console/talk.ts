import type { DeliveryStatus } from '../core/delivery.ts'
import type { Millis } from '../core/time.ts'
import type { ContactExport } from '../store/ports.ts'

/** One line of a conversation as an officer reads it. */
export interface TalkLine {
  at: Millis
  by: 'citizen' | 'assistant' | 'staff' | 'note'
  text: string
  /** A file the citizen sent, where the platform gave an address for it; null otherwise. */
  file: string | null
  /** What became of sending; null for what the citizen wrote. */
  status: DeliveryStatus | null
}

const mostLines = 60

/** What was said on both sides, in order, the latest lines, `most` of them. Pure. */
export function talkOf({ events, deliveries }: Pick<ContactExport, 'events' | 'deliveries'>, most = mostLines): TalkLine[] {
  const heard = events.flatMap(({ kind, sentAt, text, automatic }): TalkLine[] => {
    const line = heardLine(kind, text)
    // Zalo also tells of what we sent ourselves: only what a person wrote there is news.
    return line === null || (kind === 'staff_message' && automatic !== false) ? [] : [{ at: sentAt, file: null, status: null, ...line }]
  })
  const told = deliveries.filter(({ origin }) => origin !== 'campaign').map(({ origin, status, at, text }): TalkLine =>
    ({ at, by: origin === 'staff' ? 'staff' : 'assistant', text: text ?? '(đã xóa nội dung theo thời hạn lưu)', file: null, status }))
  return [...heard, ...told].sort((a, b) => a.at - b.at).slice(-most)
}

function heardLine(kind: string, text: string | null): Pick<TalkLine, 'by' | 'text'> & Partial<Pick<TalkLine, 'file'>> | null {
  const removed = '(đã xóa nội dung theo thời hạn lưu)'
  switch (kind) {
    case 'text': return { by: 'citizen', text: text ?? removed }
    case 'tap': return { by: 'note', text: 'Người dân bấm một nút của trợ lý.' }
    case 'attachment': return attachment(text)
    case 'location': return { by: 'citizen', text: '(gửi vị trí; hệ thống không lưu)' }
    case 'submitted_info': return { by: 'note', text: 'Người dân gửi một biểu mẫu của nền tảng.' }
    case 'staff_message': return { by: 'staff', text: '(một cán bộ đã nhắn trong ứng dụng của nền tảng; nội dung ở đó)' }
    case 'erasure_request': return { by: 'note', text: 'Nền tảng chuyển yêu cầu xóa dữ liệu của người này.' }
    case 'unfollow': return { by: 'note', text: 'Người này đã bỏ theo dõi hoặc chặn tài khoản.' }
    default: return null
  }
}

/** The store gives the caption where there is one, else the file's address. */
function attachment(text: string | null): Pick<TalkLine, 'by' | 'text' | 'file'> {
  const file = text !== null && URL.parse(text)?.protocol === 'https:' ? text : null
  return { by: 'citizen', text: file !== null || text === null ? '(gửi hình ảnh, ghi âm hoặc tệp)' : text, file }
}
