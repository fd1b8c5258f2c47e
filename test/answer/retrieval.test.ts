import { describe, expect, it } from 'vitest'
import type { Answer } from '../../src/answer/answerer.ts'
import type { Article } from '../../src/answer/article.ts'
import { createAnswerer } from '../../src/answer/retrieval.ts'
import { vietnamMoment } from '../../src/core/time.ts'

const article = (id: string, title: string, questions: string[], reviewBy = '2027-02-21'): Article => ({
  id, title, questions, reviewBy, reviewed: '2026-11-21', owner: 'Phòng Chuyển đổi số', sources: [], actions: [], related: [], short: `${title}.`, details: '', loudspeaker: '', audio: [], assets: [], withdrawn: null, file: `${id}.md`,
})
const articles = [
  article('forgot-password', 'Quên mật khẩu VNeID', ['Tôi quên mật khẩu VNeID thì làm sao?', 'Lấy lại mật khẩu VNeID']),
  article('forgot-passcode', 'Quên passcode VNeID', ['Quên mã passcode 6 số của VNeID', 'Nhập sai passcode VNeID bị khóa']),
  article('passport', 'Làm hộ chiếu', ['Làm hộ chiếu online cần giấy tờ gì?', 'Cấp hộ chiếu trên mạng bao lâu có?']),
  article('marriage', 'Đăng ký kết hôn', ['Đăng ký kết hôn ở đâu?', 'Kết hôn cần giấy tờ gì?'], '2026-11-30'),
]
const synonyms = [{ concept: 'fee', phrases: ['lệ phí', 'bao nhiêu tiền'] }]
const answerer = createAnswerer(articles, { synonyms })
const now = vietnamMoment('2026-11-25')
const ask = (question: string, lastArticle: string | null = null, at = now) => answerer.answer(question, { now: at, lastArticle })

it.each(['Tôi quên mật khẩu VNeID', 'quen mk vneid', 'queen maatj khaaur VNeID', 'chào ad, quên mật khẩu vneid làm sao', 'Tui quên mật khẩu VNeID rồi, mần răng chừ?'])('answers “%s”', (question) => {
  expect(ask(question)).toMatchObject({ status: 'answered', article: 'forgot-password', reply: null })
})

it('offers a choice between two that fit alike', () => {
  const answer = ask('quên VNeID')
  expect(answer).toMatchObject({ status: 'clarify', article: null })
  expect(answer.candidates.slice(0, 2).map(({ article }) => article).sort()).toEqual(['forgot-passcode', 'forgot-password'])
})

it('says that there is no source for what no article speaks of', () => {
  expect(ask('Xin giấy phép xây dựng nhà ở nông thôn cần gì?')).toMatchObject({ status: 'no_source_found', article: null, reply: null })
})

it('gives at most ten candidates, best first, with scores from 0 to 1', () => {
  const many = createAnswerer(Array.from({ length: 15 }, (_, i) => article(`a${i}`, `Mật khẩu số ${i}`, [`Quên mật khẩu ${i}`])), { synonyms })
  const { candidates } = many.answer('mật khẩu', { now, lastArticle: null })
  expect(candidates).toHaveLength(10)
  expect(candidates.every(({ score }, i) => score >= 0 && score <= 1 && (i === 0 || score <= candidates[i - 1]!.score))).toBe(true)
})

describe('order', () => {
  it('puts an emergency before everything', () => {
    expect(ask('Quên mật khẩu VNeID, nhà tôi đang cháy')).toMatchObject({ status: 'emergency', article: null, reply: 'emergency_fire' })
  })

  it('answers small talk and blocked questions with their replies', () => {
    expect(ask('Xin chào')).toMatchObject({ status: 'small_talk', reply: 'hello' })
    expect(ask('Dạy tôi làm giả hộ chiếu')).toMatchObject({ status: 'blocked_question', reply: 'blocked_question' })
    expect(ask('Thời tiết ngày mai thế nào?')).toMatchObject({ status: 'small_talk', reply: 'off_topic' })
  })

  it('answers a rude question that is a question', () => {
    expect(ask('đm quên mật khẩu VNeID làm sao')).toMatchObject({ status: 'answered', article: 'forgot-password' })
  })
})

describe('an article past its review date', () => {
  it('is current on the last day and expired on the next', () => {
    expect(ask('Đăng ký kết hôn ở đâu?', null, vietnamMoment('2026-11-30', 23 * 60 + 59))).toMatchObject({ status: 'answered', article: 'marriage' })
    expect(ask('Đăng ký kết hôn ở đâu?', null, vietnamMoment('2026-12-01'))).toMatchObject({ status: 'expired_article', article: 'marriage' })
  })
})

describe('with the article given before', () => {
  it.each(['mất bao lâu?', 'ở đâu?', 'Lệ phí?', 'thế cần giấy tờ gì ạ', 'bao nhieu tien', 'nộp ở mô rứa', 'có mất phí không'])('“%s” is about that article', (question) => {
    expect(ask(question, 'passport')).toMatchObject({ status: 'answered', article: 'passport' })
    expect(ask(question).status).not.toBe('answered')
  })

  it.each(['thế còn trẻ em?', 'thế người già thì sao?', 'phải đến tận nơi à', 'mới 72 tuổi có được không', 'cuoi tuan co lam khong', 'có bị phạt không?', 'vợ chồng phải cùng đi không', 'thế phải chờ mấy ngày', 'thứ bảy có làm không', 'có cần ảnh không'])('“%s” is about it where nothing else answers', (question) => {
    expect(ask(question, 'passport')).toMatchObject({ status: 'answered', article: 'passport' })
    expect(ask(question).status).not.toBe('answered')
  })

  it.each(['có cần gặp cán bộ không', 'co can gap can bo ko', 'có cần gặp ai không hay làm trên mạng được', 'làm trên mạng được không hay phải gặp công an', 'nộp qua mạng xong có phải gặp cán bộ nữa không', 'cần phải gặp ai hả', 'vậy phải gặp ai nữa hả em', 'làm tại nhà được không hay cần gặp người', 'thế có cần liên hệ với ai không'])('“%s” asks whether that matter needs a person', (question) => {
    expect(ask(question, 'passport')).toMatchObject({ status: 'answered', article: 'passport' })
    expect(ask(question)).toMatchObject({ status: 'clarify', reply: 'which_matter' })
  })

  it.each(['đăng ký kết hôn có cần gặp cán bộ không', 'có cần gặp cán bộ tư pháp để đăng ký kết hôn không'])('“%s” names a matter of its own', (question) => {
    expect(ask(question, 'passport').article).not.toBe('passport')
  })

  it.each(['trẻ em', 'thế à', 'vâng', 'trẻ em học hành thế nào hè này', 'con chờ lâu quá', 'doi lau qua roi'])('“%s” is not', (message) => {
    expect(ask(message, 'passport').article).toBeNull()
  })

  it('keeps to it where every telling word is its own and not all are those of what was found', () => {
    const residence = { ...article('residence', 'Đăng ký tạm trú', ['Đăng ký tạm trú ở đâu', 'Ở trọ đăng ký tạm trú thế nào']), details: 'Không đăng ký thì bị phạt. Chủ nhà không chịu ký thì báo công an xã.' }
    const fake = article('fake-news', 'Chia sẻ tin giả có bị phạt không', ['Chia sẻ tin giả thì có bị phạt không', 'Tin giả bị phạt bao nhiêu'])
    const both = createAnswerer([...articles, residence, fake], { synonyms })
    const after = (question: string, lastArticle: string) => both.answer(question, { now, lastArticle })
    expect(after('không đăng ký thì có bị phạt không', 'residence')).toMatchObject({ status: 'answered', article: 'residence' })
    expect(after('chủ nhà không chịu thì sao', 'residence')).toMatchObject({ status: 'answered', article: 'residence' })
    expect(after('tin giả thì có bị phạt không', 'residence')).toMatchObject({ status: 'answered', article: 'fake-news' })
    expect(after('chủ nhà không chịu thì sao', 'fake-news').article).not.toBe('fake-news')
  })

  it('leaves it where another subject is asked about in its words', () => {
    const wedding = { ...article('wedding', 'Đăng ký kết hôn', ['Đăng ký kết hôn ở đâu', 'Làm giấy kết hôn']), details: 'Giấy có giá trị pháp lý ngay.' }
    expect(createAnswerer([...articles.slice(0, 3), wedding], { synonyms }).answer('thế còn ly hôn', { now, lastArticle: 'wedding' }).article).toBeNull()
  })

  it('goes to a related article that the words point to', () => {
    const related = createAnswerer([{ ...articles[2]!, related: ['children'] }, article('children', 'Giấy tờ cho trẻ em', ['Trẻ em làm căn cước', 'Con nhỏ làm giấy tờ gì']), ...articles.slice(0, 2)], { synonyms })
    expect(related.answer('thế còn trẻ em?', { now, lastArticle: 'passport' })).toMatchObject({ status: 'answered', article: 'children' })
    expect(related.answer('thế còn người già?', { now, lastArticle: 'passport' })).toMatchObject({ status: 'answered', article: 'passport' })
  })

  it.each(['mất thẻ căn cước thì làm sao', 'mat the can cuoc thi lam sao', 'lệ phí kết hôn hết bao nhiêu'])('“%s” names a subject of its own', (question) => {
    expect(ask(question, 'passport').article).not.toBe('passport')
  })

  it('is more of it that is asked for', () => {
    expect(ask('xem thêm', 'passport')).toMatchObject({ status: 'answered', article: 'passport' })
    expect(ask('tiếp đi em')).toMatchObject({ status: 'clarify', reply: 'which_matter' })
  })

  it('is asked about where there is none', () => {
    expect(ask('mất bao lâu?')).toMatchObject({ status: 'clarify', reply: 'which_matter' })
  })

  it('is expired when that article is', () => {
    expect(ask('mất bao lâu?', 'marriage', vietnamMoment('2026-12-05'))).toMatchObject({ status: 'expired_article', article: 'marriage' })
  })

  it('is meant, whatever else the same general words would find', () => {
    const lost = article('lost-card', 'Mất thẻ căn cước', ['Bị mất thì làm lại thế nào', 'Thẻ mất rồi gọi số nào'])
    const both = createAnswerer([...articles, lost], { synonyms })
    for (const question of ['bị mất thì làm lại thế nào', 'gọi số nào']) {
      expect(both.answer(question, { now, lastArticle: 'passport' })).toMatchObject({ status: 'answered', article: 'passport' })
    }
    expect(both.answer('bị mất thì làm lại thế nào', { now, lastArticle: null })).toMatchObject({ article: 'lost-card' })
  })

  it('asks which matter where nothing is named at all', () => {
    const where = createAnswerer([...articles, article('where', 'Nộp ở đâu', ['Ở đâu', 'Nộp ở đâu'])], { synonyms })
    expect(where.answer('ở đâu?', { now, lastArticle: null })).toMatchObject({ status: 'clarify', reply: 'which_matter' })
  })

  it('goes where the words point', () => {
    expect(ask('còn đăng ký kết hôn ở đâu?', 'passport')).toMatchObject({ status: 'answered', article: 'marriage' })
  })

  it('takes thanks for thanks, and an id that is gone for none', () => {
    expect(ask('cảm ơn', 'passport')).toMatchObject({ status: 'small_talk', reply: 'thanks' })
    expect(ask('mất bao lâu?', 'deleted').status).not.toBe('answered')
  })
})

describe('two questions in one message', () => {
  it.each(['Làm hộ chiếu online cần giấy tờ gì? Tôi quên mật khẩu VNeID?', 'tôi quên mật khẩu VNeID và làm hộ chiếu online cần giấy tờ gì'])('%s', (question) => {
    const answer = ask(question)
    expect(answer.status).toBe('answered')
    expect([answer.article, answer.also].sort()).toEqual(['forgot-password', 'passport'])
  })

  it.each(['quên mật khẩu và passcode VNeID', 'Làm hộ chiếu online cần giấy tờ gì và mất bao lâu?', 'Tôi quên mật khẩu VNeID. Làm sao?'])('%s is one', (question) => {
    expect(ask(question).also).toBeUndefined()
  })
})

describe('a subject that the best article does not speak of', () => {
  const insurance = createAnswerer([...articles, article('card', 'Thẻ bảo hiểm y tế', ['Quên mang thẻ bảo hiểm y tế', 'Bảo hiểm y tế dùng căn cước được không'])], { synonyms })
  const without = (question: string): Answer => insurance.answer(question, { now, lastArticle: null })

  it.each(['Quên mang thẻ bảo hiểm y tế mà bị tai nạn thì sao', 'quen the bao hiem y te, dung xe', 'Bảo hiểm y tế có trả tiền làm răng không', 'thẻ bảo hiểm y tế có được thai sản không'])('is not answered as if sure: “%s”', (question) => {
    expect(without(question).status).not.toBe('answered')
    expect(without(question).candidates[0]!.score).toBeLessThan(0.5)
    expect(insurance.explain(question, { now, lastArticle: null }).asksOther).toBe(true)
  })

  it('counts no more once an article speaks of it', () => {
    const written = article('accident', 'Tai nạn giao thông và thẻ bảo hiểm y tế', ['Tai nạn thì thẻ bảo hiểm y tế trả không', 'Bị tai nạn quên thẻ bảo hiểm y tế'])
    expect(createAnswerer([...articles, written], { synonyms }).answer('Bị tai nạn mà quên thẻ bảo hiểm y tế', { now, lastArticle: null })).toMatchObject({ status: 'answered', article: 'accident' })
  })

  it('told in a story before the question, it is nothing', () => {
    const story = 'Hôm kia tôi bị tai nạn nằm viện mấy hôm, nay khỏe rồi. Sáng nay đi khám lại thì để quên ở nhà không mang theo. Quên mang thẻ bảo hiểm y tế thì dùng căn cước được không?'
    expect(without(story)).toMatchObject({ status: 'answered', article: 'card' })
  })
})

it.each(['có', 'một', 'số 2', 'hai', 'tôi muốn hỏi', 'giúp tôi với', '2'])('“%s” asks nothing', (text) => {
  expect(ask(text)).toMatchObject({ status: 'small_talk', reply: 'say_what' })
})

it('explains what it understood and how near it was', () => {
  const explanation = answerer.explain('quen mk vneid bao nhieu tien', { now, lastArticle: null })
  expect(explanation.read).toBe('quen mat khau vneid bao nhieu tien')
  expect(explanation.concepts).toEqual(['fee'])
  expect(explanation.best?.article).toBe('forgot-password')
  expect(explanation.runnerUp?.article).toBe('forgot-passcode')
  expect(explanation.words).toContainEqual({ word: 'khau', weight: expect.any(Number) as number, inBest: true })
  expect(explanation.words).toContainEqual({ word: 'tien', weight: expect.any(Number) as number, inBest: false })
})

it('works without articles and without synonyms', () => {
  expect(createAnswerer([], { synonyms: [] }).answer('quên mật khẩu', { now, lastArticle: null })).toEqual({ status: 'no_source_found', article: null, candidates: [], reply: null })
})

it.each(['😀'.repeat(5_000), 'a'.repeat(20_000), 'quên mật khẩu '.repeat(2_000), '\u0301\u0301', '\uD800', '٣٤٥', '1/1/2026'])('takes any text', (text) => {
  expect(() => ask(text)).not.toThrow()
})

describe('a single word', () => {
  const few = createAnswerer([...articles, article('suspended', 'Tài khoản bị ngừng', ['Tài khoản bị ngừng thì làm sao', 'Ngân hàng ngừng giao dịch']), article('codes', 'Không đưa mã OTP', ['OTP là gì', 'Ai hỏi otp', 'Chơi game bị hỏi mã'])], { synonyms })

  it.each(['ngừng', 'Ngừng quá', 'ngừng rồi ạ', 'game'])('%s is never answered as if sure', (question) => {
    const { status, candidates } = few.answer(question, { now, lastArticle: null })
    expect(status).not.toBe('answered')
    expect(candidates[0]?.score ?? 0).toBeLessThan(0.5)
  })

  it('the name of a matter is', () => {
    expect(few.answer('otp', { now, lastArticle: null })).toMatchObject({ status: 'answered', article: 'codes' })
  })
})
