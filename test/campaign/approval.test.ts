import { describe, expect, it } from 'vitest'
import { approvalHash, changesSince, manifestOf } from '../../src/campaign/approval.ts'
import { campaignText, readCampaign } from './support.ts'
import { compose, picture } from './world.ts'

const text = campaignText({
  head: 'theme: Chủ đề thử\nslogans: [Một]\nkey_days: [2026-10-01]\ncalendar: [{ date: 2026-10-10, what: Lễ }]',
  posts: `  - id: mo-dau
    title: Mở đầu
    time: 2026-10-01 09:00
    message:
      text: Chào bà con {{province.name}}, {{campaign.theme}}.
      image: anh
      buttons: [{ title: Hỏi, opens: article:co-that }]
    audience: { commune: [Xã Mẫu] }
    means: { zalo: consultation, telegram: direct }
  - id: bai-hai
    title: Bài hai
    time: 2026-10-02 09:00
    message: { text: Bài hai }
    means: { facebook: page_post }`,
})
const approved = { manifest: manifestOf(readCampaign(text), compose()) }
const after = (changed: string, context = compose()): string[] => changesSince(approved, manifestOf(readCampaign(changed), context))

describe('an approval', () => {
  it('holds while nothing changes, whatever the order of keys in the file', () => {
    expect(after(text)).toEqual([])
    expect(after(text.replace('    title: Bài hai\n    time: 2026-10-02 09:00\n', '    time: 2026-10-02 09:00\n    title: Bài hai\n'))).toEqual([])
    expect(approvalHash(approved.manifest)).toMatch(/^[0-9a-f]{64}$/)
  })

  const rows: [why: string, changed: string, context: ReturnType<typeof compose>, says: string[]][] = [
    ['words', text.replace('Chào bà con', 'Chào cô bác'), compose(), ['bài "mo-dau": nội dung gửi đi đã đổi (Zalo: tin cho người vừa nhắn)', 'bài "mo-dau": nội dung gửi đi đã đổi (Telegram: tin nhắn riêng)']],
    ['the time', text.replace('2026-10-02 09:00', '2026-10-02 09:01'), compose(), ['bài "bai-hai": giờ gửi đã đổi']],
    ['what happens at night', text.replace('2026-10-02 09:00', '2026-10-02 09:00\n    at_night: skip'), compose(), ['bài "bai-hai": giờ gửi đã đổi']],
    ['the audience', text.replace('[Xã Mẫu]', '[Xã Mẫu, Xã Khác]'), compose(), ['bài "mo-dau": người nhận đã đổi']],
    ['the means', text.replace('zalo: consultation', 'zalo: { by: consultation, paid: true }'), compose(), ['bài "mo-dau": cách gửi trên zalo đã đổi']],
    ['a key day', text.replace('key_days: [2026-10-01]', 'key_days: [2026-10-02]'), compose(), ['các ngày trọng điểm đã đổi']],
    ['the calendar', text.replace('what: Lễ', 'what: Hội'), compose(), ['lịch hoạt động đã đổi']],
    ['people named', text.replace('    means: { facebook: page_post }', '    means: { facebook: page_post }\n    people: [{ name: Bà Mẫu, consent: Bản số 1 }]'), compose(), ['bài "bai-hai": người được nêu tên đã đổi']],
    ['a post less', text.slice(0, text.indexOf('  - id: bai-hai')), compose(), ['bỏ bài "bai-hai"']],
    ['a post more', text.replace('  - id: bai-hai', '  - { id: ba, title: Ba, time: 2026-10-03 09:00, message: { text: Ba }, means: { telegram: direct } }\n  - id: bai-hai'), compose(), ['thêm bài "ba"']],
    ['the bytes of a picture', text, compose({ media: () => picture({ sha256: 'b'.repeat(64) }) }), ['bài "mo-dau": tệp "anh" đã đổi']],
    ['a picture that is gone', text, compose({ media: () => null }), expect.arrayContaining(['bài "mo-dau": tệp "anh" đã đổi'])],
    ['the hint how to stop', text, compose({ stopLine: 'khác' }), ['bài "mo-dau": nội dung gửi đi đã đổi (Zalo: tin cho người vừa nhắn)', 'bài "mo-dau": nội dung gửi đi đã đổi (Telegram: tin nhắn riêng)']],
    ['a value of the province', text, compose({ province: { ...compose().province, name: 'TỈNH KHÁC' } }), expect.arrayContaining(['bài "mo-dau": nội dung gửi đi đã đổi (Telegram: tin nhắn riêng)'])],
    ['where a button leads', text, compose({ payload: () => 'a:cho-khac' }), expect.arrayContaining(['bài "mo-dau": nội dung gửi đi đã đổi (Telegram: tin nhắn riêng)'])],
    ['the theme', text.replace('Chủ đề thử', 'Chủ đề khác'), compose(), expect.arrayContaining(['tên, mục đích, thời gian, chủ đề hoặc khẩu hiệu của đợt đã đổi'])],
  ]
  it.each(rows)('is void after a change of %s, and says so', (_, changed, context, says) => {
    expect(after(changed, context)).toEqual(says)
    expect(approvalHash(manifestOf(readCampaign(changed), context))).not.toBe(approvalHash(approved.manifest))
  })
})
