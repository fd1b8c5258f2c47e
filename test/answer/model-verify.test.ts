import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createModelApi } from '../../src/answer/model/api.ts'
import type { ModelApi } from '../../src/answer/model/model.ts'
import { readAndVerify, requestFor, write, type Request } from '../../src/answer/model/writer.ts'
import type { Article } from '../../src/answer/article.ts'
import { ModelServer, saying, shownIn } from '../support/model-server.ts'
import { addsNegation, badWriters, dropsNegation, faithful, swapsFacts, swapsPassages, swapsWithin, type Writer } from '../support/model-writers.ts'
import { readArticles } from '../eval/read-articles.ts'
import { sampleArticle } from '../support/content.ts'

const day = '2026-11-23'
const articles = readArticles('content/articles')
const server = new ModelServer()
let api: ModelApi
beforeAll(async () => {
  await server.listen()
  api = createModelApi({ baseUrl: `${server.origin}/v1`, apiKey: 'canary-model-key', model: 'stand-in', fetch })
})
afterAll(() => server.close())

const request = (...shown: readonly Article[]): Request => requestFor('Tôi muốn hỏi việc này', shown, day)!

/** Over the wire to the stand-in and back; what it would say, or why nothing. Null: the writer had nothing to say. */
async function said(writer: Writer, asked: Request): Promise<string | null> {
  let empty = false
  server.reply = (wire) => {
    const sentences = writer(shownIn(wire))
    empty = sentences.length === 0
    return saying(...sentences)
  }
  const { end } = await write(api, asked, new AbortController().signal)
  return empty ? null : typeof end === 'string' ? end : `«${end.text}»`
}

const isDelivered = (outcome: string | null): boolean => outcome?.startsWith('«') === true

/** Written without the code under test: runs of digits, links and number words of a text, whatever they look like. */
function claimsOf(text: string): string[] {
  const plain = text.normalize('NFKC').replace(/\p{Cf}/gu, '').toLowerCase()
  return [
    ...(plain.match(/\p{N}+/gu) ?? []),
    ...(plain.match(/[\p{L}\d-]+(?:\.[\p{L}\d-]+)+/gu) ?? []).filter((word) => /\.\p{L}{2,}$/u.test(word)),
    ...(plain.match(/(?:(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mươi|trăm|nghìn|triệu|tỷ|rưỡi|nửa) )+(?:đồng|ngày|tháng|tuổi|giờ|bản)/gu) ?? []),
  ]
}

describe('a bad model, over the wire', () => {
  // Every sixteenth article in turn, so that each sees other faults: 145 articles, all faults, every kind of article.
  const cases = badWriters.flatMap(({ label, writer }, index) => articles.filter((_, at) => (at + index) % 16 === 0).map((article) => ({ label: `${article.id}: ${label}`, writer, article })))

  it(`delivers nothing of ${cases.length} inventions`, { timeout: 180_000 }, async () => {
    expect(cases.length).toBeGreaterThan(1_500)
    const delivered: string[] = []
    for (const { label, writer, article } of cases) {
      const outcome = await said(writer, request(article))
      if (isDelivered(outcome)) delivered.push(`${label} → ${outcome}`)
    }
    expect(delivered).toEqual([])
  })

  it.each([['facts', swapsFacts], ['words', swapsPassages]] as const)('delivers nothing where the %s of two articles change places', async (_, writer) => {
    let tried = 0
    const delivered: string[] = []
    for (const [index, article] of articles.entries()) {
      const asked = request(article, articles[(index + 37) % articles.length]!)
      const outcome = await said(writer, asked)
      if (outcome === null) continue
      tried++
      const own = new Set(asked.passages.filter(({ id }) => id.startsWith('A')).flatMap(({ text }) => claimsOf(text)))
      // The same fact may truly stand in both articles ("113").
      if (isDelivered(outcome) && claimsOf(outcome!).some((claim) => !own.has(claim))) delivered.push(`${article.id}: ${outcome}`)
    }
    expect(tried).toBeGreaterThan(60)
    expect(delivered).toEqual([])
  })

  it.each([['leaves out a “không”', dropsNegation, 80], ['puts in a “không”', addsNegation, 140]] as const)('%s in vain', async (_, writer, least) => {
    const outcomes = await Promise.all(articles.map((article) => readAndVerifyWriter(writer, request(article))))
    const tried = outcomes.filter((outcome) => outcome !== null)
    expect(tried.length).toBeGreaterThanOrEqual(least)
    expect(tried.filter(isDelivered)).toEqual([])
  })

  it('cannot exchange two facts of one passage', () => {
    const swapped = articles.map((article) => ({ own: request(article).passages.map(({ text }) => text).join('\n'), outcome: readAndVerifyWriter(swapsWithin, request(article)) })).filter(({ outcome }) => outcome !== null)
    expect(swapped.length).toBeGreaterThan(25)
    // The same fact may stand there twice ("dưới 14 tuổi"): then nothing was exchanged.
    expect(swapped.filter(({ own, outcome }) => isDelivered(outcome) && !own.includes(outcome!.slice(1, -2)))).toEqual([])
  })
})

/** As `said`, without the wire. */
function readAndVerifyWriter(writer: Writer, asked: Request): string | null {
  const sentences = writer(JSON.parse(asked.prompt.messages[1]!.content))
  if (sentences.length === 0) return null
  const end = readAndVerify(JSON.stringify({ sentences }), asked)
  return typeof end === 'string' ? end : `«${end.text}»`
}

describe('a faithful model', () => {
  // What is left out of a sentence may be its condition, so that style is refused more often, and rightly.
  it.each(Object.entries(faithful).map(([style, writer]) => ({ style, writer, least: style === 'last part left out' ? 0.5 : 0.9 })))('$style: $least of its answers pass', ({ style, writer, least }) => {
    const outcomes = articles.map((article) => readAndVerifyWriter(writer, request(article)))
    const share = outcomes.filter(isDelivered).length / outcomes.length
    if (process.env['SHOW'] === '1') process.stdout.write(`${style}: ${(100 * share).toFixed(1)} of ${outcomes.length}\n`)
    expect(share).toBeGreaterThanOrEqual(least)
  })

  it('has its tokens put back and its list numbers dropped', () => {
    const article = sampleArticle('a', { short: 'Gọi 1022 trước 17 giờ, lệ phí 50.000 đồng.', details: '1. Mang thẻ căn cước.' })
    const asked = request(article)
    const [phone, hour, fee] = [...asked.tokens.keys()]
    expect([phone, hour, fee]).toEqual(['[PHONE_1]', '[NUMBER_2]', '[AMOUNT_3]'])
    expect(readAndVerify(JSON.stringify({ sentences: [{ text: `1. Gọi ${phone} trước ${hour}, lệ phí ${fee}`, passage: 'A1' }, { text: 'Mang thẻ căn cước.', passage: 'A2' }] }), asked))
      .toEqual({ text: 'Gọi 1022 trước 17 giờ, lệ phí 50.000 đồng. Mang thẻ căn cước.', articleId: 'a' })
  })
})

describe('one sentence', () => {
  const article = sampleArticle('pension', {
    short: 'Người từ đủ 75 tuổi không có lương hưu được trợ cấp 500.000 đồng/tháng từ ngày 01/7/2025. Hộ nghèo: từ 70 tuổi.',
    details: 'Gọi 1800 1096, công an 113. Căn cứ Nghị định 176/2025/NĐ-CP. Xem dichvucong.gov.vn. Mức 2 làm trong 24 giờ.',
  })
  const outcome = (text: string, passage = 'A1') => {
    const end = readAndVerify(JSON.stringify({ sentences: [{ text, passage }] }), request(article))
    return typeof end === 'string' ? end : 'passes'
  }

  it.each([
    ['Người từ đủ 75 tuổi không có lương hưu được trợ cấp 500.000 đồng/tháng.', 'A1', 'passes'],
    ['Người từ đủ 75 tuổi không có lương hưu được trợ cấp 500.000 đồng mỗi tháng từ 1/7/2025.', 'A1', 'passes'],
    ['Gọi 18001096.', 'A2', 'passes'],
    ['Xem https://dichvucong.gov.vn.', 'A2', 'passes'],
    ['Hộ nghèo: từ 75 tuổi.', 'A1', 'fact_out_of_place'],
    ['Người từ đủ 70 tuổi không có lương hưu được trợ cấp.', 'A1', 'fact_out_of_place'],
    ['Người từ đủ 75 tuổi không có lương hưu được trợ cấp 500.000 đồng/năm.', 'A1', 'invented_amount'],
    ['Người từ đủ 75 tuổi không có lương hưu được trợ cấp 500.000.', 'A1', 'invented_number'],
    ['Người từ đủ 75 tuổi có lương hưu được trợ cấp 500.000 đồng/tháng.', 'A1', 'changed_meaning'],
    ['Người từ đủ 75 tuổi được trợ cấp 500.000 đồng/tháng.', 'A1', 'changed_meaning'],
    ['Gọi 113.', 'A1', 'invented_phone'],
    ['Xem dichvucong.gov.vn/nop.', 'A2', 'invented_link'],
    ['Mức 2 làm trong 24 giờ.com.', 'A2', 'invented_link'],
    ['Gọi 113.com.', 'A2', 'invented_link'],
    ['Xem http://dichvucong.gov.vn.', 'A2', 'invented_link'],
    ['Căn cứ Nghị định 176/2026/NĐ-CP.', 'A2', 'invented_document'],
    ['Căn cứ Điều 24.', 'A2', 'invented_number'],
    ['Mức 24 làm trong 2 giờ.', 'A2', 'invented_number'],
    ['Hộ nghèo: từ 70 tuổi.', 'B1', 'unknown_passage'],
    ['Hộ nghèo: từ [NUMBER_99].', 'A1', 'unknown_token'],
    [`Hộ nghèo${', hộ nghèo'.repeat(60)}.`, 'A1', 'too_long'],
  ])('%s', (text, passage, expected) => expect(outcome(text, passage)).toBe(expected))
})

describe('a falsehood without a wrong figure', () => {
  const pension = sampleArticle('a', { short: 'Người từ đủ 75 tuổi không có lương hưu được trợ cấp 500.000 đồng/tháng (mức từ 01/7/2025). Hộ nghèo, cận nghèo: từ 70 tuổi. Nộp văn bản đề nghị ở Ủy ban nhân dân (UBND) xã, phường. Mức hiện nay và phần tỉnh hỗ trợ thêm: hỏi xã.', details: '' })
  const licence = sampleArticle('b', { short: 'Từ ngày 01/3/2025 việc đổi, cấp lại giấy phép lái xe do công an làm. Bà con nộp trên dichvucong.gov.vn, hoặc đến Phòng Cảnh sát giao thông. Cần giấy khám sức khỏe, trừ hạng A1, A, B1. Có thể phải thi lại.', details: '' })
  const transfer = sampleArticle('c', { short: 'Chuyển trên 10 triệu đồng một lần, hoặc tổng trong ngày vượt 20 triệu thì phải quét khuôn mặt. Việc này giúp kẻ gian có mật khẩu cũng khó lấy tiền. Báo 156 (miễn phí). Mất tiền thì gọi ngân hàng.', details: '' })

  const falsehoods: [Article, string][] = [
    [pension, 'Nộp văn bản ở tỉnh.'], [pension, 'Ủy ban nhân dân tỉnh hỗ trợ thêm.'], [pension, 'Mức hiện nay do xã hỗ trợ.'], [pension, 'Nộp văn bản đề nghị ở Ủy ban nhân dân huyện.'],
    [pension, 'Người từ đủ 75 tuổi không có lương hưu được trợ cấp 500.000 đồng/tháng và thêm quà.'], [pension, 'Bà con là hộ nghèo nên được trợ cấp.'], [pension, 'Hộ nghèo, cận nghèo: đến 70 tuổi.'], [pension, 'Hộ nghèo, cận nghèo: 70 tuổi.'],
    [pension, 'Hộ nghèo, cận nghèo: dưới 70 tuổi.'],
    [licence, 'Giấy phép lái xe do sở giao thông đổi.'], [licence, 'Việc cấp lại giấy phép lái xe do quân đội làm.'], [licence, 'Trước ngày 01/3/2025 việc đổi, cấp lại giấy phép lái xe do công an làm.'],
    [licence, 'Cần giấy khám sức khỏe hạng A1, A, B1.'], [licence, 'Cần giấy khám sức khỏe.'], [licence, 'Phải thi lại.'], [licence, 'Có thể thi lại.'], [licence, 'Công an nộp trên dichvucong.gov.vn.'],
    [transfer, 'Kẻ gian có mật khẩu dễ lấy tiền.'], [transfer, 'Tổng trong ngày vượt 20 triệu thì kẻ gian lấy tiền.'], [transfer, 'Chuyển dưới 10 triệu đồng một lần thì phải quét khuôn mặt.'],
    [transfer, 'Tổng trong ngày vượt 20 triệu thì quét khuôn mặt.'], [transfer, 'Mất phí.'], [transfer, 'Ngân hàng lấy tiền.'], [transfer, 'Gọi kẻ gian.'],
  ]
  it.each(falsehoods.map(([article, text]) => ({ article, text })))('$text', ({ article, text }) => {
    expect(typeof readAndVerify(JSON.stringify({ sentences: [{ text, passage: 'A1' }] }), request(article))).toBe('string')
  })
})

describe('whatever the model returns', () => {
  const shown = articles.filter((_, index) => index % 9 === 0)
  const asked = shown.map((article, index) => request(article, shown[(index + 1) % shown.length]!))

  it('what is delivered has no figure, link or number that is not in the cited article', { timeout: 120_000 }, () => {
    let delivered = 0
    // Mostly words and tokens of the cited passage, so that much is delivered; some of others, some from anywhere.
    const piecesOf = (text: string): string[] => text.split(/(?<=[.,;:])\s/u).filter((part) => part !== '')
    const piece = (from: Request, cited: string) => fc.oneof(
      { weight: 12, arbitrary: fc.constantFrom(...piecesOf(from.passages.find(({ id }) => id === cited)!.shown)) },
      { weight: 2, arbitrary: fc.constantFrom(...from.passages.flatMap(({ shown: text }) => piecesOf(text))) },
      { weight: 2, arbitrary: fc.constantFrom(...[...from.tokens.keys(), '[PHONE_77]']) },
      { weight: 1, arbitrary: fc.oneof(fc.string({ unit: 'grapheme' }), fc.nat().map(String), fc.webUrl(), fc.constantFrom('một triệu đồng', 'mười ngày', '\u200b', 'Ⅳ', '０', 'l0', 'vneid.com', '.', ' ', '/', '-')) },
    )
    const sentence = (from: Request) => fc.constantFrom(...from.passages.map(({ id }) => id)).chain((passage) => fc.record({
      text: fc.array(piece(from, passage), { minLength: 1, maxLength: 3 }).chain((pieces) => fc.constantFrom(' ', ' ', '', '. ', ', ').map((join) => pieces.join(join))),
      passage: fc.constant(passage),
    }))
    const answer = fc.constantFrom(...asked).chain((from) => fc.tuple(fc.constant(from), fc.array(sentence(from), { minLength: 1, maxLength: 2 })))
    fc.assert(fc.property(answer, ([from, sentences]) => {
      const end = readAndVerify(JSON.stringify({ sentences }), from)
      if (typeof end === 'string') return
      delivered++
      const own = new Set(from.passages.filter(({ articleId }) => articleId === end.articleId).flatMap(({ text }) => claimsOf(text)))
      expect(claimsOf(end.text).filter((claim) => !own.has(claim))).toEqual([])
    }), { numRuns: 6_000, seed: 20261123 })
    if (process.env['SHOW'] === '1') process.stdout.write(`property: ${delivered} delivered\n`)
    expect(delivered).toBeGreaterThan(1_000)
  })

  it('text that is no answer is none', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (content) => {
      expect(typeof readAndVerify(content, asked[0]!)).toBe('string')
    }), { numRuns: 2_000 })
  })
})
