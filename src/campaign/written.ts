import * as z from 'zod'
import type { MeansName } from '../core/campaign.ts'
import { channelNames, type AccountKey, type ChannelName } from '../core/contact.ts'
import { vietnamMoment } from '../core/time.ts'
import { calendarSchema } from '../content/calendar.ts'
import { dayText, keys, someText as anyText } from '../core/yaml.ts'
import type { Audience, MeansChoice, PostMessage } from './campaign.ts'

/** A campaign file as it is written, before it becomes a campaign. */

/** What no store can keep does not come in by an escape either. */
const someText = anyText.refine((text) => !text.includes('\0') && text.isWellFormed(), 'có ký tự hỏng, không hiện được → xóa chỗ ấy rồi gõ lại')

const campaignId = someText.regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'mã đợt viết sai → dùng 1–40 chữ thường không dấu, số, dấu gạch ngang')
const postId = someText.regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'mã bài viết sai → dùng 1–32 chữ thường không dấu, số, dấu gạch ngang')
const assetId = someText.regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'mã tệp viết sai → ghi mã trong content/assets/assets.yaml, không ghi đường dẫn')
const textList = z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(someText))

/** `2026-10-10 07:30`, by a clock in Viet Nam. */
const moment = z.string().trim()
  .regex(/^\d{4}-\d{2}-\d{2} ([01]\d|2[0-3]):[0-5]\d$/, 'giờ gửi viết sai dạng → viết năm-tháng-ngày giờ:phút, ví dụ 2026-10-10 07:30')
  .refine((text) => dayText.safeParse(text.slice(0, 10)).success, 'ngày không có trong lịch → sửa lại ngày')
  .transform((text) => vietnamMoment(text.slice(0, 10), Number(text.slice(11, 13)) * 60 + Number(text.slice(14))))

const flag = (name: string) => z.enum(['true', 'false'], `${name} chỉ nhận true hoặc false → viết lại`)

const link = keys({ title: someText, url: someText.regex(/^(https:\/\/[^\s/]+\.[^\s]+|\{\{province\.\w+\}\})$/, 'liên kết phải là địa chỉ https:// đầy đủ → viết lại, ví dụ https://dichvucong.gov.vn hoặc "{{province.website}}"') })
const button = keys({ title: someText, opens: someText.regex(/^(flow|article):[a-z0-9-]+$/, 'nơi mở ra viết sai → viết flow:<mã kịch bản> hoặc article:<mã mục>') })

const mediaKinds = ['image', 'audio', 'video', 'file'] as const

const messageSchema = keys({
  text: someText,
  image: assetId.optional(),
  audio: assetId.optional(),
  video: assetId.optional(),
  file: assetId.optional(),
  links: z.array(link).optional(),
  buttons: z.array(button).optional(),
}).superRefine((written, context) => {
  if (mediaKinds.filter((kind) => written[kind] !== undefined).length > 1) {
    context.addIssue('một bài chỉ mang một tệp → giữ một trong image, audio, video, file; tệp khác thì để liên kết')
  }
})

const account = someText.regex(/^(zalo|facebook|telegram):[\w.-]+$/, 'tài khoản viết sai → viết kênh:mã, ví dụ zalo:4300112233445566778').transform((text) => text as AccountKey)

const audienceSchema = keys({
  channels: z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(z.enum(channelNames as readonly [ChannelName], 'không có kênh này → chọn zalo, facebook, telegram'))).optional(),
  accounts: z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(account)).optional(),
  commune: textList.optional(),
  role: textList.optional(),
  tags: textList.optional(),
  language: textList.optional(),
  last_seen_since: dayText.optional(),
})

/** What staff write under each channel, and the means it names. */
export const meansWords = {
  zalo: { broadcast: 'zalo_broadcast', consultation: 'zalo_consultation', template: 'zalo_template' },
  facebook: { page_post: 'facebook_post', message: 'facebook_message', utility: 'facebook_utility' },
  telegram: { channel_post: 'telegram_channel', direct: 'telegram_direct' },
} as const satisfies Record<ChannelName, Record<string, MeansName>>

const withTemplate: readonly MeansName[] = ['zalo_template', 'facebook_utility']

function choiceOf<C extends ChannelName>(channel: C) {
  const words: Readonly<Record<string, MeansName>> = meansWords[channel]
  const names = Object.keys(words)
  return z.preprocess((value) => (typeof value === 'string' ? { by: value } : value), keys({
    by: z.string().trim().refine((name) => Object.hasOwn(words, name), `không có cách gửi này → chọn một trong: ${names.join(', ')}`),
    template: someText.optional(),
    language: someText.optional(),
    data: z.record(z.string().regex(/^\w{1,64}$/, 'tên ô dữ liệu viết sai → dùng chữ không dấu, số, gạch dưới, đúng như mẫu đã duyệt'), someText).optional(),
    cities: z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(z.string().trim().regex(/^([0-9]|[1-5][0-9]|6[0-3])$/, 'mã tỉnh của Zalo là số từ 0 đến 63 → sửa lại'))).optional(),
    paid: flag('paid').optional(),
  }).superRefine((written, context) => {
    const means = words[written.by]
    if (means === undefined) return
    if (withTemplate.includes(means) !== (written.template !== undefined)) {
      context.addIssue(written.template === undefined ? 'cách gửi này cần mẫu đã được duyệt → thêm template: <mã mẫu> và data' : 'cách gửi này không dùng mẫu → bỏ template')
    }
    if (written.template === undefined && (written.data !== undefined || written.language !== undefined)) context.addIssue('data và language chỉ đi với template → bỏ, hoặc thêm template')
    if (written.cities !== undefined && means !== 'zalo_broadcast') context.addIssue('cities chỉ dùng với zalo: broadcast → bỏ dòng này')
    if (written.paid === 'true' && means !== 'zalo_consultation') context.addIssue('paid chỉ dùng với zalo: consultation → bỏ dòng này')
  }).transform(({ by, template, language, data, cities, paid }): MeansChoice => ({
    means: words[by]!,
    template: template === undefined ? null : { id: template, language: language ?? null, data: data ?? {} },
    cities: cities ?? [],
    paid: paid === 'true',
  })))
}

const meansSchema = keys({ zalo: choiceOf('zalo').optional(), facebook: choiceOf('facebook').optional(), telegram: choiceOf('telegram').optional() })
  .superRefine((written, context) => {
    if (Object.keys(written).length === 0) context.addIssue('bài chưa có cách gửi nào → thêm zalo, facebook hoặc telegram dưới means')
  })

const peopleSchema = z.array(keys({ name: someText, consent: someText }))

export const postSchema = keys({
  id: postId,
  title: someText,
  time: moment,
  at_night: z.enum(['wait', 'skip'], 'at_night chỉ nhận wait (chờ đến sáng) hoặc skip (bỏ) → chọn một trong hai').optional(),
  message: messageSchema,
  audience: audienceSchema.optional(),
  means: meansSchema,
  people: peopleSchema.optional(),
}).superRefine(({ audience, means }, context) => {
  const chosen = channelNames.filter((channel) => means[channel] !== undefined)
  const wanted = audience?.channels ?? chosen
  for (const channel of wanted.filter((name) => !chosen.includes(name))) context.addIssue({ code: 'custom', path: ['audience', 'channels'], message: `kênh ${channel} chưa có cách gửi → thêm ${channel} dưới means, hoặc bỏ khỏi channels` })
  for (const channel of chosen.filter((name) => !wanted.includes(name))) context.addIssue({ code: 'custom', path: ['means', channel], message: `channels không có ${channel} → thêm vào channels, hoặc bỏ dòng này` })
})

const period = keys({ from: dayText, to: dayText })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'ngày cuối sớm hơn ngày đầu → sửa lại' })

export const campaignSchema = keys({
  id: campaignId,
  sample: flag('sample').optional(),
  name: someText,
  purpose: someText,
  period,
  theme: someText.optional(),
  slogans: z.array(someText).optional(),
  key_days: z.array(dayText).optional(),
  calendar: calendarSchema.optional().describe('Lịch hoạt động: kịch bản ngày 10/10 nói ra ở chỗ {{calendar.ngay-10-10}}, ngày đã qua tự bỏ.'),
  posts: z.array(postSchema).min(1, 'đợt chưa có bài nào → viết ít nhất một bài dưới posts'),
}).describe('Một đợt tuyên truyền: mục đích, thời gian, các bài và người nhận.')

export type WrittenCampaign = z.infer<typeof campaignSchema>
export type WrittenPost = WrittenCampaign['posts'][number]

export function messageFrom(written: z.infer<typeof messageSchema>): PostMessage {
  const kind = mediaKinds.find((each) => written[each] !== undefined)
  return { text: written.text, media: kind === undefined ? null : { kind, asset: written[kind]! }, links: written.links ?? [], buttons: written.buttons ?? [] }
}

export const audienceFrom = (written: z.infer<typeof audienceSchema> = {}): Audience => ({
  channels: written.channels ?? [],
  accounts: written.accounts ?? [],
  commune: written.commune ?? [],
  role: written.role ?? [],
  tags: written.tags ?? [],
  language: written.language ?? [],
  lastSeenSince: written.last_seen_since ?? null,
})

/** In the order of channels, whatever the order in the file. */
export const meansFrom = (written: z.infer<typeof meansSchema>): MeansChoice[] =>
  channelNames.flatMap((channel) => written[channel] ?? [])

/** The word staff write for a means below its channel. */
export const wordOf = (means: MeansName): string =>
  Object.values(meansWords).flatMap((words) => Object.entries(words)).find(([, name]) => name === means)![0]

