import type { ChannelName } from '../core/contact.ts'
import type { Button } from './person.ts'

/** A terminal chat kept as a golden dialogue: the form is told in `test/transcripts/README.md`. */

/** The first lines; the title is the person's to write. */
export const recordingStart = (name: string, channel: ChannelName): string[] =>
  [`# ${name}: viết lại dòng này thành một câu kể chuyện gì xảy ra`, ...(channel === 'zalo' ? [] : [`@ kênh ${channel}`])]

const deeds: Readonly<Record<string, string>> = {
  '/bat-dau': '@ bắt đầu', '/quan-tam': '@ theo dõi', '/anh': '@ gửi ảnh', '/nhan-dan': '@ nhãn dán', '/chan': '@ bỏ theo dõi', '/bo-chan': '@ theo dõi',
}

/** What was typed, as one line. `buttons` are those it could press. Null for what only the terminal understands. */
export function recordedLine(typed: string, buttons: readonly Button[]): string | null {
  const [command = '', ...words] = typed.trim().split(/\s+/)
  const rest = words.join(' ')
  switch (command) {
    case '': case '/giup': case '/thoat': return null
    case '/nut': return `@ bấm ${buttons[Number(rest) - 1]?.title ?? rest}`
    case '/qr': return rest === '' ? '@ bắt đầu' : `@ quét mã ${rest}`
    case '/cb': return `@ cán bộ: ${rest}`
    default: return deeds[command] ?? `> ${typed.trim()}`
  }
}
