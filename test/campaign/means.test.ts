import { describe, expect, it } from 'vitest'
import { cannotCarry, isPublication, meansTable, type MediaFile } from '../../src/campaign/means.ts'
import { asTrial, partsOf, prepare, trialMark } from '../../src/campaign/compose.ts'
import { meansNames, type MeansName } from '../../src/core/campaign.ts'
import { campaignText, readCampaign } from './support.ts'
import { compose, picture, rules } from './world.ts'

const MB = 1024 * 1024
const words: Record<MeansName, string> = {
  zalo_broadcast: 'zalo: broadcast', zalo_consultation: 'zalo: consultation', zalo_template: 'zalo: { by: template, template: "42", data: { ten: "{{province.name}}" } }',
  facebook_post: 'facebook: page_post', facebook_message: 'facebook: message', facebook_utility: 'facebook: { by: utility, template: nhac, language: vi }',
  telegram_channel: 'telegram: channel_post', telegram_direct: 'telegram: direct',
}
function campaign(means: MeansName, message = 'text: Chào bà con.', more = '') {
  return readCampaign(campaignText({ posts: `  - { id: a, title: Tiêu đề, time: 2026-10-01 09:00, message: { ${message} }, means: { ${words[means]} }${more} }` }))
}
function limits(means: MeansName, message?: string, media: MediaFile | null = null, more?: string) {
  const { posts: [post] } = campaign(means, message, more)
  return cannotCarry(post!.means[0]!, post!, media, rules.means[means])
}
const prepared = (means: MeansName, message?: string, context = compose()) => {
  const made = campaign(means, message)
  return prepare(made, made.posts[0]!, made.posts[0]!.means[0]!, context)
}

describe('the table of means', () => {
  it('says of each whether it has recipients, and tells them how to stop exactly where it has', () => {
    for (const means of meansNames) {
      expect(meansTable[means].stopLine === null).toBe(isPublication(means))
    }
    expect(meansNames.filter(isPublication)).toEqual(['zalo_broadcast', 'facebook_post', 'telegram_channel'])
    expect(meansNames.filter((means) => meansTable[means].pushesToFollowers)).toEqual(['zalo_broadcast'])
  })
})

describe('what a means cannot carry', () => {
  const image = 'text: A, image: anh'
  const rows: [MeansName, string, string | undefined, MediaFile | null, string | undefined, ('refused' | 'changed')[], RegExp?][] = [
    ['zalo_broadcast', 'an article without a cover', undefined, null, undefined, ['refused'], /ảnh bìa/],
    ['zalo_broadcast', 'an article with a cover', image, picture(), undefined, []],
    ['zalo_broadcast', 'a cover of 2 MB', image, picture({ bytes: 2 * MB }), undefined, ['refused'], /2 MB, tối đa 1 MB/],
    ['zalo_broadcast', 'a WEBP cover', image, picture({ type: 'image/webp' }), undefined, ['refused'], /JPEG hoặc PNG/],
    ['zalo_broadcast', 'a sound', 'text: A, audio: anh', picture({ type: 'audio/mpeg' }), undefined, ['refused'], /chỉ mang ảnh/],
    ['zalo_broadcast', 'buttons', `${image}, buttons: [{ title: H, opens: "flow:main" }]`, picture(), undefined, ['changed'], /bị bỏ/],
    ['zalo_broadcast', 'a commune', image, picture(), ', audience: { commune: Xã Mẫu }', ['refused'], /không chọn được/],
    ['zalo_consultation', 'a commune', undefined, null, ', audience: { commune: Xã Mẫu }', []],
    ['zalo_consultation', 'a film', 'text: A, video: anh', picture({ type: 'video/mp4' }), undefined, ['changed'], /dòng liên kết/],
    ['zalo_consultation', 'six buttons', `text: A, buttons: [${Array<string>(6).fill('{ title: H, opens: "flow:main" }').join(', ')}]`, null, undefined, ['changed'], /5 nút/],
    ['zalo_template', 'free words', undefined, null, undefined, ['changed'], /mẫu đã duyệt/],
    ['facebook_post', 'a picture and a link', 'text: A, image: anh, links: [{ title: B, url: "https://a.vn" }]', picture(), undefined, ['changed'], /khung xem trước/],
    ['facebook_post', 'a paper', 'text: A, file: anh', picture({ type: 'application/pdf' }), undefined, ['changed'], /dòng liên kết/],
    ['facebook_post', 'a day of last words', undefined, null, ', audience: { last_seen_since: 2026-09-01 }', ['refused'], /không chọn được/],
    ['facebook_message', 'a film of 30 MB', 'text: A, video: anh', picture({ type: 'video/mp4', bytes: 30 * MB }), undefined, ['refused'], /30 MB, tối đa 25 MB/],
    ['facebook_utility', 'free words', undefined, null, undefined, ['changed'], /mẫu đã duyệt/],
    ['telegram_channel', 'buttons', 'text: A, buttons: [{ title: H, opens: "flow:main" }]', null, undefined, ['changed'], /bị bỏ/],
    ['telegram_direct', 'everything', 'text: A, image: anh, buttons: [{ title: H, opens: "flow:main" }], links: [{ title: B, url: "https://a.vn" }]', picture(), ', audience: { tags: x }', []],
    ['telegram_direct', 'a paper that calls itself a picture', image, picture({ type: 'application/pdf' }), undefined, ['refused'], /"anh" không phải ảnh/],
    ['facebook_post', 'a page that calls itself a film', 'text: A, video: anh', picture({ type: 'application/octet-stream' }), undefined, ['refused'], /không phải video/],
    ['telegram_direct', 'a file that is not there', image, null, undefined, ['refused'], /không tìm thấy tệp "anh"/],
  ]
  it.each(rows)('%s: %s', (means, _, message, media, more, effects, says) => {
    const found = limits(means, message, media, more)
    expect(found.map(({ effect }) => effect)).toEqual(effects)
    if (says !== undefined) expect(found[0]!.what).toMatch(says)
  })

  it('a title of 151 letters', () => {
    const { posts: [post] } = campaign('zalo_broadcast', 'text: A, image: anh')
    expect(cannotCarry(post!.means[0]!, { ...post!, title: 'ệ'.repeat(150) }, picture(), rules.means.zalo_broadcast)).toEqual([])
    expect(cannotCarry(post!.means[0]!, { ...post!, title: 'ệ'.repeat(151) }, picture(), rules.means.zalo_broadcast)).toMatchObject([{ effect: 'refused' }])
  })
})

describe('what goes out', () => {
  it('tells each person how to stop, on the last part, and no publication', () => {
    for (const means of ['zalo_consultation', 'facebook_message', 'telegram_direct'] as const) {
      const made = prepared(means, 'text: "{{province.name}}: {{campaign.from}}–{{campaign.to}}."')
      expect(made).toMatchObject({ kind: 'messages' })
      expect((made as { parts: { text: string }[] }).parts.at(-1)!.text).toBe('TỈNH MẪU: 1/10/2026–10/10/2026.\n\nKhông muốn nhận nữa, nhắn “dừng”.')
    }
    expect(JSON.stringify(prepared('facebook_post'))).not.toContain('dừng')
  })

  it('has buttons that open our flows and articles, and leaves out those that open nothing', () => {
    expect(prepared('telegram_direct', 'text: A, buttons: [{ title: Có, opens: "article:co-that" }, { title: Không, opens: "article:khong-co" }]'))
      .toMatchObject({ parts: [{ choices: [{ title: 'Có', payload: 'a:co-that' }] }] })
  })

  it('is an article with its cover, summary and paragraphs', () => {
    expect(prepared('zalo_broadcast', 'text: "Đoạn một.\\n\\nĐoạn hai.", image: anh, links: [{ title: Trang, url: "{{province.website}}" }]')).toEqual({
      kind: 'publication',
      publication: {
        kind: 'article', title: 'Tiêu đề', author: 'Sở Mẫu', description: 'Đoạn một. Đoạn hai.', cities: [],
        cover: { kind: 'image', url: 'https://bot.vidu.example/tep/anh', alt: 'Ảnh mẫu' }, body: ['Đoạn một.', 'Đoạn hai.', 'Trang: https://tinhmau.example'],
      },
    })
  })

  it('is a page post with a link or a picture, the other as a line', () => {
    const links = 'links: [{ title: Một, url: "https://a.vn" }, { title: Hai, url: "https://b.vn" }]'
    expect(prepared('facebook_post', `text: A, ${links}`)).toMatchObject({ publication: { text: 'A\n\nHai: https://b.vn', link: 'https://a.vn', media: null } })
    expect(prepared('facebook_post', `text: A, image: anh, ${links}`)).toMatchObject({ publication: { text: 'A\n\nMột: https://a.vn\nHai: https://b.vn', link: null, media: { kind: 'image' } } })
    expect(prepared('facebook_post', 'text: A, file: anh')).toMatchObject({ publication: { text: 'A\n\nẢnh mẫu: https://bot.vidu.example/tep/anh', link: null, media: null } })
  })

  it('is an approved template with its blanks filled', () => {
    expect(prepared('zalo_template')).toEqual({ kind: 'template', template: { id: '42', language: null, data: { ten: 'TỈNH MẪU' } } })
  })

  it('takes two calls on Facebook where a picture goes with words', () => {
    expect(partsOf(prepared('facebook_message', 'text: A, image: anh'))).toHaveLength(2)
    expect(partsOf(prepared('telegram_direct', 'text: A, image: anh'))).toHaveLength(1)
    expect(partsOf(prepared('zalo_template'))).toEqual([{ text: '', template: { id: '42', language: null, data: { ten: 'TỈNH MẪU' } } }])
    expect(partsOf(prepared('facebook_post'))).toEqual([])
  })

  it('never evaluates what it filled in', () => {
    expect(JSON.stringify(prepared('telegram_direct', 'text: "{{province.name}}"', compose({ province: { name: '{{province.hotline}}', hotline: '1022' } })))).not.toContain('1022')
  })

  it('is marked on a trial', () => {
    expect(asTrial(prepared('telegram_direct'))).toMatchObject({ parts: [{ text: expect.stringMatching(new RegExp(`^${trialMark.replaceAll(/[[\]]/g, '\\$&')}\nChào bà con`)) }] })
    expect(asTrial(prepared('facebook_message', 'text: A, image: anh'))).toMatchObject({ parts: [{ text: '' }, { text: `${trialMark}\nA\n\nKhông muốn nhận nữa, nhắn “dừng”.` }] })
  })
})
