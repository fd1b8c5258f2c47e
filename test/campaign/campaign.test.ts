import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Audience, Campaign, MeansChoice, Post } from '../../src/campaign/campaign.ts'
import { exportCampaign } from '../../src/campaign/export.ts'
import { parseCampaign } from '../../src/campaign/parse.ts'
import { clean } from '../../src/core/text.ts'
import { MINUTE, vietnamDay, vietnamMoment } from '../../src/core/time.ts'
import { campaignText, readCampaign } from './support.ts'

describe('a campaign file', () => {
  it('is read with times of Viet Nam and everything left out as nothing', () => {
    expect(readCampaign(campaignText())).toEqual({
      id: 'dot-thu', sample: false, name: 'Đợt thử', purpose: 'Thử máy', period: { from: '2026-10-01', to: '2026-10-10' },
      theme: null, slogans: [], keyDays: [],
      posts: [{
        id: 'mo-dau', title: 'Mở đầu', at: Date.UTC(2026, 9, 1, 2), atNight: 'wait',
        message: { text: 'Chào bà con.', media: null, links: [], buttons: [] },
        audience: { channels: [], accounts: [], commune: [], role: [], tags: [], language: [], lastSeenSince: null },
        means: [{ means: 'telegram_direct', template: null, cities: [], paid: false }],
        people: [],
      }],
    })
  })

  it('keeps the order of channels, whatever the order in the file', () => {
    const { posts } = readCampaign(campaignText({ post: '    means: { telegram: channel_post, zalo: { by: broadcast, cities: ["52", "19"] }, facebook: page_post }' }))
    expect(posts[0]!.means.map(({ means }) => means)).toEqual(['zalo_broadcast', 'facebook_post', 'telegram_channel'])
    expect(posts[0]!.means[0]!.cities).toEqual(['52', '19'])
  })

  const wrong: [why: string, change: Parameters<typeof campaignText>[0], line: number, says: RegExp][] = [
    ['a time without minutes', { posts: '  - { id: a, title: A, time: 2026-10-01, message: { text: B }, means: { zalo: broadcast } }' }, 7, /giờ gửi viết sai dạng.*2026-10-10 07:30/],
    ['a day that is not in the calendar', { posts: '  - { id: a, title: A, time: 2026-02-30 09:00, message: { text: B }, means: { zalo: broadcast } }' }, 7, /không có trong lịch/],
    ['an unknown means', { post: '    means: { zalo: braodcast }' }, 12, /broadcast, consultation, template/],
    ['no means', { post: '    means: {}' }, 12, /chưa có cách gửi nào/],
    ['a template without its id', { post: '    means: { zalo: template }' }, 12, /cần mẫu đã được duyệt/],
    ['a template where none is used', { post: '    means: { telegram: { by: direct, template: x } }' }, 12, /không dùng mẫu/],
    ['data without a template', { post: '    means: { telegram: { by: direct, data: { ten: x } } }' }, 12, /chỉ đi với template/],
    ['cities elsewhere than in a broadcast', { post: '    means: { zalo: { by: consultation, cities: ["1"] } }' }, 12, /cities chỉ dùng với zalo: broadcast/],
    ['a code no province has', { post: '    means: { zalo: { by: broadcast, cities: ["64"] } }' }, 12, /từ 0 đến 63/],
    ['paid elsewhere than in consultation', { post: '    means: { zalo: { by: broadcast, paid: true } }' }, 12, /paid chỉ dùng/],
    ['a channel without means', { post: '    audience: { channels: [zalo, facebook] }\n    means: { zalo: broadcast }' }, 12, /kênh facebook chưa có cách gửi/],
    ['means for a channel left out', { post: '    audience: { channels: [zalo] }\n    means: { zalo: broadcast, facebook: page_post }' }, 13, /channels không có facebook/],
    ['an account without its channel', { post: '    audience: { accounts: ["4300"] }\n    means: { zalo: broadcast }' }, 12, /viết kênh:mã/],
    ['a picture by its address', { posts: '  - { id: a, title: A, time: 2026-10-01 09:00, message: { text: B, image: "https://anh.example/a.png" }, means: { zalo: broadcast } }' }, 7, /không ghi đường dẫn/],
    ['a picture out of its folder', { posts: '  - { id: a, title: A, time: 2026-10-01 09:00, message: { text: B, image: ../../.env }, means: { zalo: broadcast } }' }, 7, /không ghi đường dẫn/],
    ['two files', { posts: '  - { id: a, title: A, time: 2026-10-01 09:00, message: { text: B, image: x, file: y }, means: { zalo: broadcast } }' }, 7, /chỉ mang một tệp/],
    ['a link without https', { posts: '  - { id: a, title: A, time: 2026-10-01 09:00, message: { text: B, links: [{ title: C, url: "http://a.vn" }] }, means: { zalo: broadcast } }' }, 7, /https:\/\/ đầy đủ/],
    ['a button to nowhere', { posts: '  - { id: a, title: A, time: 2026-10-01 09:00, message: { text: B, buttons: [{ title: C, opens: menu }] }, means: { zalo: broadcast } }' }, 7, /flow:<mã kịch bản>/],
    ['two posts of one id', { posts: '  - { id: a, title: A, time: 2026-10-01 09:00, message: { text: B }, means: { zalo: broadcast } }\n  - { id: a, title: A, time: 2026-10-01 09:00, message: { text: B }, means: { zalo: broadcast } }' }, 8, /"a" đã có ở trên/],
    ['a misspelt key', { head: 'slogan: x' }, 5, /"slogan".*"slogans"\?/],
    ['a sign that no store keeps', { posts: '  - { id: a, title: A, time: 2026-10-01 09:00, message: { text: "B\\0" }, means: { zalo: broadcast } }' }, 7, /ký tự hỏng/],
    ['no posts', { posts: '  []' }, 6, /chưa có bài nào/],
    ['a person named without consent', { post: '    means: { zalo: broadcast }\n    people: [{ name: Bà Mẫu }]' }, 13, /thiếu khóa "consent"/],
  ]
  it.each(wrong)('with %s is refused, with its line', (_, change, line, says) => {
    const { read, problems } = parseCampaign({ file: 'f.yaml', text: campaignText(change) })
    expect(read).toBeNull()
    expect(problems.map((problem) => `${problem.line}: ${problem.what} → ${problem.todo}`)).toEqual([expect.stringMatching(new RegExp(`^${line}: .*${says.source}`))])
  })

  it('with a period that runs backwards is refused', () => {
    const { problems } = parseCampaign({ file: 'f.yaml', text: campaignText().replace('to: 2026-10-10', 'to: 2026-09-10') })
    expect(problems).toMatchObject([{ line: 4, what: 'ngày cuối sớm hơn ngày đầu' }])
  })
})

describe('export', () => {
  it('gives a file that reads back into the very same campaign', () => {
    fc.assert(fc.property(campaigns, (campaign) => {
      const { read, problems } = parseCampaign({ file: 'f.yaml', text: exportCampaign(campaign) })
      expect(problems).toEqual([])
      expect(read!.campaign).toEqual(campaign)
    }), { numRuns: 150 })
  })

  it('is the same for the same campaign, so that two exports can be compared', () => {
    const campaign = readCampaign(campaignText())
    expect(exportCampaign(readCampaign(exportCampaign(campaign)))).toBe(exportCampaign(campaign))
  })
})

/** Anything a person or a program may put there: Vietnamese, signs that YAML means something by, several lines. */
const text = fc.oneof(
  fc.constantFrom('Chào bà con', '0259', 'true', '2026-10-10', '- mục', '# tiêu đề', 'a: b', '"nháy"', "l'été", '{{province.name}}', '*', '&x', '!t', '@', '%', '| x', '> y', '~', 'null', '😀 vui', 'dòng một\ndòng hai\n\n  thụt vào', 'khóa: [1, 2]'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
).map((one) => clean(one).trim()).filter((one) => one !== '')
const id = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/)
const day = fc.integer({ min: 0, max: 3_000 }).map((n) => vietnamDay(vietnamMoment('2024-01-01') + n * 24 * 60 * MINUTE))
const list = <T>(one: fc.Arbitrary<T>) => fc.array(one, { maxLength: 3 })
const none = { template: null, cities: [] as string[], paid: false }
const template = (means: 'zalo_template' | 'facebook_utility') => fc.record({
  means: fc.constant(means), cities: fc.constant([] as string[]), paid: fc.constant(false),
  template: fc.record({ id: text, language: fc.option(text), data: fc.dictionary(fc.stringMatching(/^[a-z]\w{0,9}$/), text, { maxKeys: 3, noNullPrototype: true }) }),
})
const choices: Record<'zalo' | 'facebook' | 'telegram', fc.Arbitrary<MeansChoice>> = {
  zalo: fc.oneof(
    fc.record({ means: fc.constant('zalo_broadcast' as const), template: fc.constant(null), cities: list(fc.constantFrom('0', '9', '52', '63')), paid: fc.constant(false) }),
    fc.record({ means: fc.constant('zalo_consultation' as const), template: fc.constant(null), cities: fc.constant([] as string[]), paid: fc.boolean() }),
    template('zalo_template'),
  ),
  facebook: fc.oneof(fc.constantFrom({ ...none, means: 'facebook_post' as const }, { ...none, means: 'facebook_message' as const }), template('facebook_utility')),
  telegram: fc.constantFrom({ ...none, means: 'telegram_channel' as const }, { ...none, means: 'telegram_direct' as const }),
}
const channelsOf = (means: MeansChoice[]) => means.map((choice) => choice.means.split('_')[0] as 'zalo')
const posts: fc.Arbitrary<Post> = fc.subarray(['zalo', 'facebook', 'telegram'] as const, { minLength: 1 })
  .chain((channels) => fc.tuple(...channels.map((channel) => choices[channel])))
  .chain((means) => fc.record({
    id, title: text,
    at: fc.integer({ min: 0, max: 2_000_000 }).map((minutes) => vietnamMoment('2024-01-01') + minutes * MINUTE),
    atNight: fc.constantFrom('wait' as const, 'skip' as const),
    message: fc.record({
      text,
      media: fc.option(fc.record({ kind: fc.constantFrom('image' as const, 'audio' as const, 'video' as const, 'file' as const), asset: id })),
      links: list(fc.record({ title: text, url: fc.constantFrom('https://dichvucong.gov.vn', 'https://vidu.vn/a?b=c#d') })),
      buttons: list(fc.record({ title: text, opens: fc.constantFrom('flow:main', 'article:dx-day-1010') })),
    }),
    audience: fc.record<Audience>({
      channels: fc.constantFrom([], channelsOf(means)), accounts: list(fc.constantFrom('zalo:43' as const, 'telegram:-100_x' as const)),
      commune: list(text), role: list(text), tags: list(text), language: list(text), lastSeenSince: fc.option(day),
    }),
    means: fc.constant(means),
    people: list(fc.record({ name: text, consent: text })),
  }))
const days = fc.tuple(day, day).map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a }))
const activity = fc.record({ when: days, time: fc.option(text), what: text, where: fc.option(text) }).map(({ when: { from: date, to }, ...said }) => ({ date, to, ...said }))
const heads = fc.record({
  id, sample: fc.boolean(), name: text, purpose: text,
  period: days,
  theme: fc.option(text), slogans: list(text), keyDays: list(day),
  posts: fc.uniqueArray(posts, { minLength: 1, maxLength: 3, selector: (post) => post.id }),
})
const campaigns: fc.Arbitrary<Campaign> = fc.tuple(heads, list(activity)).map(([head, calendar]) => ({ ...head, ...(calendar.length > 0 && { calendar }) }))
