import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { fingerprint } from '../../src/campaign/attachments.ts'
import { checkCampaign } from '../../src/campaign/check.ts'
import { composeContext, prepare, type ComposeContext } from '../../src/campaign/compose.ts'
import { exportCampaign } from '../../src/campaign/export.ts'
import { readCampaignFiles } from '../../src/campaign/files.ts'
import { parseCampaign } from '../../src/campaign/parse.ts'
import { parseRules, rulesOf } from '../../src/campaign/rules.ts'
import { exampleValues, parseTemplate, postFromTemplate } from '../../src/campaign/templates.ts'
import { parseAssets } from '../../src/content/assets.ts'
import { parseContacts } from '../../src/content/contacts.ts'
import { knownContacts } from '../../src/content/known-contacts.ts'
import { oldWords } from '../../src/content/old-words.ts'
import { parseProvince } from '../../src/content/province.ts'
import { replyUses, type Replies } from '../../src/core/replies.ts'
import { meansNames } from '../../src/core/campaign.ts'
import { DAY, HOUR, SECOND } from '../../src/core/time.ts'
import { readFolder } from '../../src/node/files.ts'
import { standardSettings } from '../support/campaign-settings.ts'
import { contentFile } from './support.ts'

const content = await readFolder(fileURLToPath(new URL('../../content', import.meta.url)))
const source = { flows: [], content, defaults: [] }
const read = readCampaignFiles(source, '2026-11-21')

/** The project's own content, as the program would hand it in. */
const { province } = parseProvince(contentFile('province.yaml')).read!
const context: ComposeContext = composeContext({
  province,
  contacts: knownContacts({ ...parseContacts(contentFile('contacts.yaml')).contacts!, lent: false }, province.values),
  replies: Object.fromEntries(Object.keys(replyUses).map((key) => [key, `«${key}» {{province.hotline}}`])) as Replies,
  assets: parseAssets(contentFile('assets/assets.yaml')).read!.assets,
}, {
  origin: 'https://bot.vidu.example',
  payload: (opens) => (content.some(({ name }) => name.endsWith(`/${opens.replace(/^article:/, '')}.md`)) ? opens : null),
  printOf: (file) => fingerprint(new Uint8Array(readFileSync(new URL(`../../content/assets/${file}`, import.meta.url)))),
})
const check = (file: (typeof read.campaigns)[number]) => checkCampaign(file, { compose: context, rules: read.rules!, settings: standardSettings })

describe('the campaign files of the project', () => {
  it('are all read, without anything to mend', () => {
    expect(read.problems).toEqual([])
    expect(read.campaigns.map(({ campaign }) => campaign.id)).toEqual(['ngay-10-10-2026'])
    expect(read.templates).toHaveLength(11)
  })

  it('say nothing that was abolished', () => {
    const files = content.filter(({ name }) => name.startsWith('campaigns/'))
    expect(files.length).toBeGreaterThan(12)
    expect(files.flatMap((file) => oldWords(file))).toEqual([])
  })

  it('hold one complete sample, which looks like one and invents no theme', () => {
    const { campaign } = read.campaigns[0]!
    expect(campaign.sample).toBe(true)
    expect(campaign.name).toContain('MẪU')
    expect(campaign.posts.every(({ message }) => message.text.startsWith('(BÀI MẪU)'))).toBe(true)
    expect(campaign.theme).toBeNull()
    expect(check(read.campaigns[0]!).filter(({ severity }) => severity === 'error')).toEqual([])
  })

  it('export back into the same sample', () => {
    const { campaign } = read.campaigns[0]!
    expect(parseCampaign({ file: 'f', text: exportCampaign(campaign) }).read!.campaign).toEqual(campaign)
  })

  it.each(read.templates.map((template) => [template.id, template] as const))('template %s makes a post that can go out', (_, template) => {
    const made = postFromTemplate(template, { ...exampleValues(template), at: Date.UTC(2026, 9, 5, 2) })
    if (!('post' in made)) throw new Error(JSON.stringify(made))
    const { campaign } = read.campaigns[0]!
    const file = parseCampaign({ file: 'f', text: exportCampaign({ ...campaign, keyDays: [], posts: [made.post] }) }).read!
    expect(check(file).filter(({ severity }) => severity === 'error')).toEqual([])
    for (const choice of made.post.means) expect(JSON.stringify(prepare(campaign, made.post, choice, context))).not.toMatch(/\{\{|undefined/)
  })
})

it('the guide for staff shows a campaign that works', () => {
  const [, text] = /```yaml\n([\s\S]*?)```/.exec(contentFile('campaigns/README.md').text)!
  const { read: file, problems } = parseCampaign({ file: 'README.md', text: text! })
  expect(problems).toEqual([])
  expect(check(file!).filter(({ severity }) => severity === 'error')).toEqual([])
})

describe('a template', () => {
  const template = read.templates.find(({ id }) => id === 'nhac-su-kien')!
  const values = { ...exampleValues(template), at: Date.UTC(2026, 9, 5, 2) }

  it('asks for what is missing', () => {
    expect(postFromTemplate(template, { ...values, fields: { ...values.fields, place: ' ' } })).toEqual({ refused: [{ path: ['fields', 'place'], what: 'chưa điền "Nơi tổ chức"', todo: expect.stringContaining('Nhà văn hóa') }] })
  })
  it('takes no placeholders in what staff fill in', () => {
    expect(postFromTemplate(template, { ...values, fields: { ...values.fields, place: '{{province.hotline}}' } })).toMatchObject({ refused: [{ path: ['fields', 'place'] }] })
  })
  it('refuses a link that is none', () => {
    expect(postFromTemplate(template, { ...values, fields: { ...values.fields, livestream: 'javascript:alert(1)' } })).toMatchObject({ refused: [{ what: expect.stringContaining('https://') }] })
  })
  it('that names people asks who agreed, and where that is kept', () => {
    const praise = read.templates.find(({ needsConsent }) => needsConsent)!
    expect(praise.id).toBe('bieu-duong')
    const { people: _, ...unnamed } = exampleValues(praise)
    expect(postFromTemplate(praise, unnamed)).toMatchObject({ refused: [{ path: ['people'] }] })
    expect(postFromTemplate(praise, exampleValues(praise))).toMatchObject({ post: { people: [{ consent: 'Bản đồng ý mẫu' }] } })
  })

  const text = 'id: a\ntitle: A\nuse: B\nfields: [{ name: x, title: X, example: 1 }]\npost: { title: "{{field.x}}", message: { text: C }, means: { zalo: broadcast } }\n'
  it.each([
    ['an unknown blank', text.replace('text: C', 'text: "{{field.y}}"'), /\{\{field\.y\}\} chưa khai/],
    ['a blank nobody uses', text.replace('"{{field.x}}"', 'T'), /"x" không dùng ở đâu/],
    ['a post that is none', text.replace('broadcast', 'nothing'), /broadcast, consultation, template/],
    ['a missing use', text.replace('use: B\n', ''), /thiếu khóa "use"/],
  ])('with %s is refused', (_, wrong, says) => {
    const { template: none, problems } = parseTemplate({ file: 'f.yaml', text: wrong })
    expect(none).toBeNull()
    expect(problems[0]!.what + problems[0]!.todo).toMatch(says)
  })
})

describe('the platform rules', () => {
  const text = contentFile('platform-rules.yaml').text

  it('are dated, with a source for every figure', () => {
    expect(read.rules).toMatchObject({ checked: '2026-11-21' })
    for (const means of meansNames) for (const fact of Object.values(read.rules!.means[means])) if (fact !== null) expect(fact.source.length, means).toBeGreaterThan(3)
  })

  it('are read in milliseconds, đồng, bytes and minutes of the day', () => {
    expect(read.rules!.means.zalo_consultation).toMatchObject({ window: { value: 48 * HOUR, sure: 'sure' }, paid_window: { value: 7 * DAY }, price: { value: 0 }, paid_price: { value: 55 }, image_bytes: { value: 1024 * 1024 }, night: null })
    expect(read.rules!.means.zalo_broadcast.night!.value).toEqual({ from: 22 * 60, to: 6 * 60 })
    expect(read.rules!.means.telegram_direct).toMatchObject({ rate: { value: { most: 30, within: SECOND } }, chat_rate: { value: { most: 1, within: SECOND } } })
    expect(read.rules!.means.facebook_utility.price).toBeNull()
  })

  it('of one account stand before those of all', () => {
    const { rules, problems } = parseRules({ file: 'f', text: `${text}\naccounts:\n  "zalo:7":\n    zalo_broadcast:\n      account_monthly: { value: 4, sure: sure, source: OA Manager }\n` }, '2026-11-21')
    expect(problems).toEqual([])
    expect(rulesOf(rules!, 'zalo_broadcast', 'zalo:7')).toMatchObject({ account_monthly: { value: 4, note: null }, contact_daily: { value: 1 } })
    expect(rulesOf(rules!, 'zalo_broadcast', 'zalo:8').account_monthly!.value).toBe(40)
  })

  it('warn when nobody has looked at them for long', () => {
    expect(parseRules({ file: 'f', text }, '2027-02-20')).toMatchObject({ rules: {}, problems: [{ severity: 'warning', line: 6 }] })
  })

  it('warn when nobody means to look at them for long', () => {
    const until = (day: string) => parseRules({ file: 'f', text: text.replace('review_by: 2027-02-19', `review_by: ${day}`) }, '2026-11-21')
    expect(until('2027-05-20').problems).toEqual([])
    expect(until('2036-11-21')).toMatchObject({ rules: {}, problems: [{ severity: 'warning', line: 6, what: expect.stringContaining('3653 ngày, tối đa 180'), todo: 'ghi review_by không muộn hơn 2027-05-20' }] })
  })

  it.each([
    ['a figure without source', text.replace(/, source: "Tài liệu Zalo OA đã xác thực 2021–2023"/, ''), /thiếu khóa "source"/],
    ['a rate in words', text.replace('value: 30/1s', 'value: nhanh'), /tốc độ viết sai/],
    ['a window without unit', text.replace('value: 48h', 'value: 48'), /khoảng thời gian viết sai/],
    ['a means left out', text.slice(0, text.indexOf('  # Tin nhắn riêng của bot')), /thiếu khóa "telegram_direct"/],
    ['an unknown means', text.replace('zalo_template:', 'zalo_zns:'), /"zalo_zns"/],
    ['no certainty', text.replace('sure: one_source', 'sure: maybe'), /sure chỉ nhận/],
    ['a size without unit', text.replace('value: 1MB', 'value: 1'), /dung lượng viết sai/],
    ['a night that is none', text.replace('"22:00-06:00"', '"22-6"'), /khung giờ viết sai/],
  ])('with %s are refused', (_, wrong, says) => {
    const { rules, problems } = parseRules({ file: 'f', text: wrong }, '2026-11-21')
    expect(rules).toBeNull()
    expect(problems.map(({ what, todo }) => `${what} ${todo}`).join()).toMatch(says)
  })

  it('missing at all are told, and the campaigns still read', () => {
    const without = readCampaignFiles({ ...source, content: content.filter(({ name }) => name !== 'platform-rules.yaml') }, '2026-11-21')
    expect(without.rules).toBeNull()
    expect(without.campaigns).toHaveLength(1)
    expect(without.problems).toMatchObject([{ what: 'không tìm thấy tệp platform-rules.yaml' }])
  })
})

describe('two campaigns', () => {
  it('of one id are told', () => {
    const sample = contentFile('campaigns/ngay-10-10-2026.yaml')
    const both = readCampaignFiles({ ...source, content: [...content, { ...sample, name: 'campaigns/z.yaml', file: 'content/campaigns/z.yaml' }] }, '2026-11-21')
    expect(both.problems).toMatchObject([{ file: 'content/campaigns/z.yaml', what: expect.stringContaining('đã có trong') }])
  })
})

