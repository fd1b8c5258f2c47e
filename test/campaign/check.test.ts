import { describe, expect, it } from 'vitest'
import { checkCampaign } from '../../src/campaign/check.ts'
import { parseCampaign } from '../../src/campaign/parse.ts'
import { standardSettings } from '../support/campaign-settings.ts'
import { campaignText } from './support.ts'
import { compose, picture, rules } from './world.ts'

function check(text: string, context = compose()): string[] {
  const { read, problems } = parseCampaign({ file: 'f.yaml', text })
  if (read === null) throw new Error(JSON.stringify(problems))
  return checkCampaign(read, { compose: context, rules, settings: standardSettings }).map(({ line, severity, what }) => `${line} ${severity} ${what}`)
}
const post = (more: string, message = 'text: A', time = '2026-10-01 09:00') => campaignText({ posts: `  - { id: a, title: A, time: ${time}, message: { ${message} }, ${more} }` })
const direct = 'means: { telegram: direct }'

describe('checking a campaign', () => {
  it('finds nothing in one that is good', () => expect(check(campaignText())).toEqual([]))

  const rows: [string, string, ReturnType<typeof compose>, RegExp][] = [
    ['a placeholder of the province that is not there', post(direct, 'text: "{{province.hotlin}}"'), compose(), /^7 error chỗ điền \{\{province\.hotlin\}\} không có/],
    ['a placeholder of a flow', post(direct, 'text: "{{text}}"'), compose(), /^7 error chỗ điền \{\{text\}\} không có/],
    ['a theme that is not announced', post(direct, 'text: "{{campaign.theme}}"'), compose(), /^7 error bài nhắc chủ đề mà đợt chưa có theme/],
    ['a slogan that is not there', post(direct, 'text: "{{campaign.slogan}}"'), compose(), /^7 error bài nhắc khẩu hiệu mà đợt chưa có slogans/],
    ['a button to an article that is not there', post(direct, 'text: A, buttons: [{ title: B, opens: "article:khong-co" }]'), compose(), /^7 error "article:khong-co" không có/],
    ['a link of the province that is no address', post(direct, 'text: A, links: [{ title: B, url: "{{province.hotline}}" }]'), compose(), /^7 error .*không phải địa chỉ https/],
    ['a picture that is not there', post(direct, 'text: A, image: mat-roi'), compose(), /^7 error không tìm thấy tệp "mat-roi"/],
    ['a picture no longer served', post(direct, 'text: A, image: anh'), compose({ media: () => picture({ until: '2026-09-30' }) }), /^7 error tệp "anh" không dùng được vào ngày 01\/10\/2026/],
    ['a picture not served yet', post(direct, 'text: A, image: anh'), compose({ media: () => picture({ from: '2026-10-02' }) }), /^7 error tệp "anh" không dùng được/],
    ['what a means cannot carry', post('means: { zalo: broadcast }'), compose(), /^7 error bài viết Zalo cần ảnh bìa/],
    ['what a means carries otherwise', post('means: { zalo: { by: template, template: "1" } }'), compose(), /^7 warning chỉ mẫu đã duyệt/],
    ['a title that grows too long when it is filled', campaignText({ posts: `  - { id: a, title: "{{campaign.name}} ${'a'.repeat(145)}", time: 2026-10-01 09:00, message: { text: A, image: anh }, means: { zalo: broadcast } }` }), compose(), /^7 error tiêu đề bài viết Zalo dài quá 150/],
    ['a time in quiet hours', post(direct, 'text: A', '2026-10-01 23:00'), compose(), /^7 warning giờ gửi nằm trong giờ yên lặng/],
    ['a time before the campaign', post(direct, 'text: A', '2026-09-30 09:00'), compose(), /^7 warning .*ngoài đợt/],
    ['a time long after it', post(direct, 'text: A', '2026-11-11 09:00'), compose(), /^7 warning .*ngoài đợt/],
    ['a tag that nobody has', post(`${direct}, audience: { tags: [hoi-vien] }`), compose(), /^7 warning chưa ai có thẻ “hoi-vien” nên bài không đến ai/],
    ['a key day outside the campaign', campaignText({ head: 'key_days: [2026-10-11]' }), compose(), /^5 warning ngày trọng điểm 11\/10\/2026 nằm ngoài đợt/],
    ['a placeholder on a button', post(direct, 'text: A, buttons: [{ title: "{{province.nam}}", opens: "article:co-that" }]'), compose(), /^7 error chỗ điền \{\{province\.nam\}\} không có/],
    ['a placeholder in an address', post(direct, 'text: A, links: [{ title: B, url: "https://a.vn/{{saved.x}}" }]'), compose(), /^7 error chỗ điền \{\{saved\.x\}\} không có/],
    ['a button that is cut', post('means: { facebook: message }', 'text: A, buttons: [{ title: Nút dài hơn hai mươi ký tự, opens: "article:co-that" }]'), compose(), /^7 warning nút chỉ hiện 20 ký tự, phần sau bị cắt: “Nút dài/],
    ['a placeholder in the calendar', campaignText({ head: 'calendar: [{ date: 2026-10-10, what: Lễ, where: "{{campaign.name}}" }]' }), compose(), /^5 error chỗ điền \{\{campaign\.name\}\} không có/],
    ['two broadcasts on a day', campaignText({ posts: ['09', '15'].map((hour) => `  - { id: h${hour}, title: A, time: 2026-10-01 ${hour}:00, message: { text: A, image: anh }, means: { zalo: broadcast } }`).join('\n') }), compose(), /^8 error vượt hạn mức gửi bài của Zalo/],
  ]
  it.each(rows)('finds %s, with its line', (_, text, context, says) => {
    const found = check(text, context)
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(says)
  })

  const contacts = { phones: new Set(['1022']), sites: ['dichvucong.gov.vn'], unsure: { phones: new Set<string>(), sites: [] }, press: [], own: [], advice: false }
  it.each<[string, string, RegExp]>([
    ['a letter of another alphabet', 'text: "Bà cоn xem"', /^7 error chữ “о” trong “cоn” không phải chữ tiếng Việt/],
    ['a letter nobody sees', 'text: "Bà con \u202Exem"', /^7 error có ký tự không nhìn thấy được/],
    ['an abolished name', 'text: "Bộ TT&TT mời bà con."', /^7 error tên gọi cũ "Bộ TT&TT"/],
    ['a place nobody filled in', 'text: "Có [[điền số]] lớp học."', /^7 error "\[\[điền số\]\]" trông như chỗ chưa điền/],
    ['a number that is not in the list', 'text: "Gọi 0912.345.678."', /^7 error số điện thoại 0912\.345\.678 không có trong contacts\.yaml/],
    ['a shortened address', 'text: "Xem https://bit.ly/3xyz"', /^7 error "bit\.ly" là đường dẫn rút gọn/],
    ['an address that pretends', 'text: "Xem dichvucong.gov.vn.tk/a"', /^7 error "dichvucong\.gov\.vn\.tk" nhái tên miền/],
    ['a link that pretends', 'text: A, links: [{ title: Xem, url: "https://dichvucong-gov.vn.info/a" }]', /^7 error "dichvucong-gov\.vn\.info" nhái tên miền/],
    ['a link nobody has looked at', 'text: A, links: [{ title: Xem, url: "https://tin-moi.vn/a" }]', /^7 error trang tin-moi\.vn không có trong contacts\.yaml/],
    ['an old name on a button', 'text: A, buttons: [{ title: "Bộ TT&TT", opens: "article:co-that" }]', /^7 error tên gọi cũ/],
    ['a question for secrets', 'text: "Bà con gửi mã OTP và số căn cước."', /^7 error “gửi mã OTP”: bài đòi bà con đưa mã OTP/],
    ['a sentence that is too long', `text: "${'Bà con '.repeat(20)}xem."`, /^7 warning câu dài 41 chữ/],
  ])('finds in words, as in articles, %s', (_, message, says) => {
    const found = check(post(direct, message), compose({ contacts }))
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(says)
  })

  it('takes what warns of giving secrets away, and the numbers and pages of the list', () =>
    expect(check(post(direct, 'text: "Bà con không cung cấp mã OTP cho bất kỳ ai. Cần hỏi thì gọi 1022.", links: [{ title: Cổng, url: "https://dichvucong.gov.vn/a" }]'), compose({ contacts }))).toEqual([]))

  it('looks at the slogans and the theme that posts show', () => {
    expect(check(campaignText({ head: 'theme: Bộ TT&TT đồng hành\nslogans: ["Gọi 0912345678"]' }), compose({ contacts }))).toEqual([expect.stringMatching(/^5 error tên gọi cũ/), expect.stringMatching(/^6 error số điện thoại/)])
  })

  it('looks into template data too', () => {
    expect(check(post('means: { zalo: { by: template, template: "1", data: { ten: "{{province.name}" } } }'))).toContainEqual(expect.stringMatching(/^7 error chỗ điền .* viết hỏng/))
  })

  it('lets a thank-you come after the days themselves', () => expect(check(post(direct, 'text: A', '2026-10-20 09:00'))).toEqual([]))
})
