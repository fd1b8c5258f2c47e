import type { ChannelName } from '../../src/core/contact.ts'
import type { EventBody, MediaType } from '../../src/core/event.ts'
import { DAY, HOUR, MINUTE, SECOND, vietnamMoment, type Millis } from '../../src/core/time.ts'

/** What a line `@ …` orders. */
export type Direction =
  | { kind: 'channel'; channel: ChannelName }
  | { kind: 'clock'; at: Millis }
  | { kind: 'pass'; time: Millis }
  /** The next message was sent so long before it arrives. */
  | { kind: 'delay'; time: Millis }
  | { kind: 'press'; title: string }
  /** Who follows the page already: the greeting and menu of that time are not shown. */
  | { kind: 'acquainted' }
  | { kind: 'event'; body: EventBody }

const channels: Readonly<Record<string, ChannelName>> = { zalo: 'zalo', facebook: 'facebook', telegram: 'telegram' }
const units: Readonly<Record<string, Millis>> = { giây: SECOND, phút: MINUTE, giờ: HOUR, ngày: DAY }
const medias: Readonly<Record<string, MediaType>> = {
  'gửi ảnh': 'image', 'ghi âm': 'audio', 'gửi video': 'video', 'gửi tệp': 'file', 'nhãn dán': 'sticker', 'gửi danh thiếp': 'contact_card', 'gửi đường dẫn': 'link',
}
const plainEvents: Readonly<Record<string, EventBody>> = {
  'bắt đầu': { kind: 'start', ref: null },
  'theo dõi': { kind: 'follow' },
  'bỏ theo dõi': { kind: 'unfollow' },
  'gửi vị trí': { kind: 'location' },
  'điền biểu mẫu': { kind: 'submitted_info', fields: {} },
  'nền tảng đòi xóa dữ liệu': { kind: 'erasure_request' },
}

interface Rule { form: RegExp; read: (first: string, second: string) => Direction | null }

const media = Object.keys(medias).join('|')
const rules: readonly Rule[] = [
  { form: /^kênh (\S+)$/, read: (name) => (channels[name] === undefined ? null : { kind: 'channel', channel: channels[name] }) },
  { form: /^lúc (\d{4}-\d{2}-\d{2}) (\d{2}:\d{2})$/, read: (day, time) => ({ kind: 'clock', at: vietnamMoment(day, minuteOf(time)) }) },
  { form: /^qua (\d+) (giây|phút|giờ|ngày)$/, read: (count, unit) => ({ kind: 'pass', time: Number(count) * units[unit]! }) },
  { form: /^đến muộn (\d+) (giây|phút|giờ|ngày)$/, read: (count, unit) => ({ kind: 'delay', time: Number(count) * units[unit]! }) },
  { form: /^người quen$/, read: () => ({ kind: 'acquainted' }) },
  { form: /^bấm (.+)$/, read: (title) => ({ kind: 'press', title }) },
  { form: /^quét mã (\S+)$/, read: (ref) => ({ kind: 'event', body: { kind: 'start', ref } }) },
  { form: /^cán bộ: .+$/s, read: () => ({ kind: 'event', body: { kind: 'staff_message', platformMessageId: 'staff', automatic: false } }) },
  {
    form: new RegExp(`^(${media})(?:: (.+))?$`, 's'),
    read: (name, caption) => ({ kind: 'event', body: { kind: 'attachment', mediaType: medias[name]!, ...(caption === '' ? {} : { caption }) } }),
  },
  { form: /^(.+)$/, read: (name) => (plainEvents[name] === undefined ? null : { kind: 'event', body: plainEvents[name] }) },
]

/** Null when it is none that is known. */
export function readDirection(text: string): Direction | null {
  for (const { form, read } of rules) {
    const found = form.exec(text)
    if (found !== null) return read(found[1]!, found[2] ?? '')
  }
  return null
}

/** An example of each, for whoever wrote one that is not known. */
export const knownDirections = [
  'kênh zalo', 'người quen', 'lúc 2026-11-23 09:00', 'qua 30 phút', 'đến muộn 40 phút', 'bấm Các bước', 'quét mã khai-sinh', 'cán bộ: Chào bác',
  ...Object.keys(medias), ...Object.keys(plainEvents),
]

function minuteOf(time: string): number {
  const [hour, minute] = time.split(':').map(Number)
  return hour! * 60 + minute!
}
