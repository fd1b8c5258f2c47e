import { facebookLimits } from '../channels/facebook-message.ts'
import { telegramLimits } from '../channels/telegram-message.ts'
import { zaloLimits } from '../channels/zalo-message.ts'
import type { MeansName } from '../core/campaign.ts'
import { lengthOf } from '../core/text.ts'
import { kindNames } from './attachments.ts'
import type { Audience, MeansChoice, Post } from './campaign.ts'
import type { MeansRules } from './rules.ts'

/** What each means is. What platforms allow in numbers (windows, quotas, prices) is in `content/platform-rules.yaml`. */
export interface Means {
  /** On screen. */
  title: string
  /**
   * `personal`: a delivery for each contact, but for those who said "dừng". `publication`: one for all, reach is told by the
   * platform or typed by hand.
   */
  ledger: 'personal' | 'publication'
  /** Where the sentence on how to stop comes from: `in_template` where only what the platform approved goes out. Null: it goes to nobody in person. */
  stopLine: 'appended' | 'in_template' | null
  /** Contacts that opted out are reached in person by a publication (a Zalo broadcast), not just on a page they visit. */
  pushesToFollowers: boolean
}

const personal = { ledger: 'personal', pushesToFollowers: false } as const
const publication = { ledger: 'publication', stopLine: null, pushesToFollowers: false } as const

export const meansTable: Readonly<Record<MeansName, Means>> = {
  zalo_broadcast: { ...publication, title: 'Zalo: bài viết gửi mọi người theo dõi', pushesToFollowers: true },
  zalo_consultation: { ...personal, title: 'Zalo: tin cho người vừa nhắn', stopLine: 'appended' },
  zalo_template: { ...personal, title: 'Zalo: mẫu tin đã duyệt', stopLine: 'in_template' },
  facebook_post: { ...publication, title: 'Facebook: bài đăng trên trang' },
  facebook_message: { ...personal, title: 'Facebook: tin cho người vừa nhắn', stopLine: 'appended' },
  facebook_utility: { ...personal, title: 'Facebook: mẫu tiện ích đã duyệt', stopLine: 'in_template' },
  telegram_channel: { ...publication, title: 'Telegram: bài trong kênh' },
  telegram_direct: { ...personal, title: 'Telegram: tin nhắn riêng', stopLine: 'appended' },
}

export const isPublication = (means: MeansName): boolean => meansTable[means].ledger === 'publication'

/** An uploaded file, known by its bytes. */
export interface MediaFile {
  asset: string
  /** Media type, told by the bytes and not by the name: `image/png`. */
  type: string
  bytes: number
  /** Of the bytes, 64 hex digits. */
  sha256: string
  /** Where platforms fetch it: our own `/tep/<id>`. */
  url: string
  /** For those who cannot see or load it. */
  alt: string
  /** `YYYY-MM-DD`, first and last day it is served; null: no such bound. */
  from: string | null
  until: string | null
}

/** Something of the post that will not arrive as written. */
export interface Limitation {
  /** `refused`: it cannot go out this way at all. `changed`: it goes, but without or otherwise than this. */
  effect: 'refused' | 'changed'
  /** A sentence for staff. */
  what: string
}

const refused = (what: string): Limitation => ({ effect: 'refused', what })
const changed = (what: string): Limitation => ({ effect: 'changed', what })

/** Letters of a button that are shown. */
const buttonTitles: Partial<Record<MeansName, number>> = { zalo_consultation: zaloLimits.buttonTitle, facebook_message: facebookLimits.buttonTitle, telegram_direct: telegramLimits.buttonTitle }

const articleTitle = 150

/** What the means cannot carry of this post (`filledPost`): said before sending, not discovered after. `media` null: no file, or none of that id. */
export function cannotCarry({ means }: MeansChoice, post: Pick<Post, 'title' | 'message' | 'audience'>, media: MediaFile | null, rules: MeansRules): Limitation[] {
  const { message, audience, title } = post
  const missing = message.media !== null && media === null ? [refused(`không tìm thấy tệp "${message.media.asset}"`)] : []
  const narrowed = isPublication(means) && isNarrowed(audience)
    ? [refused('cách gửi này đến mọi người theo dõi, không chọn được theo xã, vai trò, thẻ, ngôn ngữ hay lần nhắn cuối')] : []
  return [...missing, ...ofAnotherKind(message.media, media), ...narrowed, ...carriedBy[means]({ title, message, media, rules }), ...cutButtons(message, buttonTitles[means] ?? null)]
}

/** What platforms are told to be a picture is one: they fetch it and look. */
function ofAnotherKind(wanted: Post['message']['media'], media: MediaFile | null): Limitation[] {
  if (wanted === null || media === null || wanted.kind === 'file' || media.type.startsWith(`${wanted.kind}/`)) return []
  return [refused(`tệp "${media.asset}" không phải ${kindNames[wanted.kind]}: xét theo nội dung tệp, không theo tên`)]
}

/** Whether somebody on the chosen accounts is meant to be left out. */
const isNarrowed = ({ commune, role, tags, language, lastSeenSince }: Audience): boolean =>
  lastSeenSince !== null || [commune, role, tags, language].some((list) => list.length > 0)

interface Carried { title: string; message: Post['message']; media: MediaFile | null; rules: MeansRules }

const carriedBy: Readonly<Record<MeansName, (carried: Carried) => Limitation[]>> = {
  zalo_broadcast: ({ title, message, media, rules }) => [
    ...(lengthOf(title) > articleTitle ? [refused(`tiêu đề bài viết Zalo dài quá ${articleTitle} ký tự`)] : []),
    ...(message.media === null ? [refused('bài viết Zalo cần ảnh bìa (JPG hoặc PNG)')] : []),
    ...(message.media !== null && message.media.kind !== 'image' ? [refused('bài viết Zalo ở đây chỉ mang ảnh; âm thanh, video, tệp thì đặt thành liên kết')] : []),
    ...picture(media, rules, ['image/jpeg', 'image/png']),
    ...withoutButtons(message),
  ],
  zalo_consultation: ({ message, media, rules }) => [
    ...(message.media !== null && message.media.kind !== 'image' ? [changed('Zalo không nhận âm thanh, video, tệp theo địa chỉ: sẽ thành dòng liên kết')] : []),
    ...picture(media, rules, ['image/jpeg', 'image/png']),
    ...(message.buttons.length > zaloLimits.buttons ? [changed(`Zalo chỉ hiện ${zaloLimits.buttons} nút: các nút sau bị bỏ`)] : []),
  ],
  zalo_template: () => [changed(templateOnly)],
  facebook_post: ({ message, media, rules }) => [
    ...picture(media, rules, ['image/jpeg', 'image/png', 'image/gif', 'image/webp']),
    ...(message.media !== null && (message.media.kind === 'audio' || message.media.kind === 'file') ? [changed('bài đăng không mang âm thanh, tệp: sẽ thành dòng liên kết')] : []),
    ...(message.media !== null && message.links.length > 0 ? [changed('bài có ảnh hoặc video thì liên kết là một dòng chữ, không có khung xem trước')] : []),
    ...withoutButtons(message),
  ],
  facebook_message: ({ message, media, rules }) => [
    ...picture(media, rules), ...heavy(media, rules),
    ...(message.buttons.length > facebookLimits.quickReplies ? [changed(`Messenger chỉ hiện ${facebookLimits.quickReplies} nút: các nút sau bị bỏ`)] : []),
  ],
  facebook_utility: () => [changed(templateOnly)],
  telegram_channel: ({ message, media, rules }) => [...picture(media, rules), ...heavy(media, rules), ...withoutButtons(message)],
  telegram_direct: ({ media, rules }) => [...picture(media, rules), ...heavy(media, rules)],
}

const templateOnly = 'chỉ mẫu đã duyệt với các ô dữ liệu được gửi; chữ, ảnh, nút của bài không đi kèm, câu “cách dừng nhận tin” phải có sẵn trong mẫu'

/** Buttons open our flows in a chat; a publication has none. */
const withoutButtons = ({ buttons }: Post['message']): Limitation[] => (buttons.length === 0 ? [] : [changed('nút mở hội thoại không hiện được ở đây: bị bỏ')])

function cutButtons({ buttons, links }: Post['message'], most: number | null): Limitation[] {
  const long = most === null ? [] : [...buttons, ...links].filter(({ title }) => lengthOf(title) > most)
  return long.length === 0 ? [] : [changed(`nút chỉ hiện ${most} ký tự, phần sau bị cắt: ${long.map(({ title }) => `“${title}”`).join(', ')}`)]
}

function picture(media: MediaFile | null, { image_bytes: most }: MeansRules, types?: readonly string[]): Limitation[] {
  if (media === null || !media.type.startsWith('image/')) return []
  return [
    ...(types !== undefined && !types.includes(media.type) ? [refused(`ảnh phải là ${types.map((type) => type.slice(6).toUpperCase()).join(' hoặc ')}`)] : []),
    ...(most !== null && media.bytes > most.value ? [refused(`ảnh nặng ${megabytes(media.bytes)}, tối đa ${megabytes(most.value)}`)] : []),
  ]
}

function heavy(media: MediaFile | null, { media_bytes: most }: MeansRules): Limitation[] {
  if (media === null || media.type.startsWith('image/') || most === null || media.bytes <= most.value) return []
  return [refused(`tệp nặng ${megabytes(media.bytes)}, tối đa ${megabytes(most.value)}`)]
}

const megabytes = (bytes: number): string => `${String(Math.round((bytes / 1024 / 1024) * 10) / 10).replace('.', ',')} MB`
