import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Article } from '../../src/answer/article.ts'
import { parseSynonyms } from '../../src/answer/concepts.ts'
import { findEmergency } from '../../src/answer/emergency.ts'
import { createAnswerer, type LocalAnswerer } from '../../src/answer/retrieval.ts'
import { adoptedQuestions } from '../../src/content/adopt.ts'
import { fold } from '../../src/core/text.ts'
import { readFolder } from '../../src/node/files.ts'
import { rightWhileForeign, riskCoverage } from '../eval/curve.ts'
import { measure, readQuestions } from '../eval/measure.ts'
import { readArticles } from '../eval/read-articles.ts'

let articles: Article[]
let answerer: LocalAnswerer
let now: number

beforeAll(() => {
  const content = new URL('../../content/', import.meta.url)
  articles = readArticles(new URL('articles', content).pathname)
  answerer = createAnswerer(articles, { synonyms: parseSynonyms(readFileSync(new URL('synonyms.yaml', content), 'utf8'), 'synonyms.yaml').groups })
  now = Math.max(...articles.map(({ reviewed }) => Date.parse(reviewed)))
})

/** A told demand is answered as one, though an article is about such demands. */
const answeredAsDemand = new Set(['Gọi báo con cấp cứu, bắt đóng viện phí liền', 'gửi video con bị trói đòi chuyển khoản'])

it.each([['as written', (text: string) => text], ['without marks', fold]] as const)('no phrasing of an article is taken for an emergency, small talk or a blocked question, %s', (_, typed) => {
  const taken = articles.flatMap((article) => [article.title, ...article.questions])
    .filter((phrasing) => !answeredAsDemand.has(phrasing) && answerer.answer(typed(phrasing), { now, lastArticle: null }).reply !== null)
  expect(taken).toEqual([])
})

/** Typed without marks "dạ con" looks like "đá con": how people begin must not make a question an emergency. */
it.each(['Dạ con ', 'Dạ cho con hỏi ', 'Bữa ni tui đi xã, họ nói ', 'Mấy chú ơi '])('nor is one that begins "%s" and is typed without marks', (opening) => {
  const taken = articles.flatMap(({ questions }) => questions).filter((phrasing) => findEmergency(fold(phrasing)) === null && findEmergency(fold(opening + phrasing)) !== null)
  expect(taken.length).toBeLessThanOrEqual(10)
})

it('answers at least 97 of 100 phrasings with their own article', () => {
  const phrasings = articles.flatMap(({ id, title, questions }) => [title, ...questions].map((text) => ({ id, text })))
  const right = phrasings.filter(({ id, text }) => answerer.answer(text, { now, lastArticle: null }).article === id)
  expect(right.length / phrasings.length).toBeGreaterThanOrEqual(0.97)
})

/** Only the short answer is sure to be read: who asks whether a caller can be believed must find it there, before any button. */
it('tells in the short answer what to make of a call or a link, wherever that is asked', () => {
  const asked = /(?:gọi|nhắn|gửi) .*(?:thật hay|có thật|thật không|lừa không|là lừa)/u
  const tells = /lừa đảo|đừng|tắt máy|cúp máy|không (?:bấm|gọi|hỏi|xin|vào qua)|chưa chuyển/iu
  expect(articles.filter(({ questions, short }) => questions.some((question) => asked.test(question)) && !tells.test(short)).map(({ id }) => id)).toEqual([])
})

it('finds the article of every question adopted from citizens', async () => {
  const adopted = adoptedQuestions(await readFolder(new URL('../../content', import.meta.url).pathname))
  expect(adopted.filter(({ question, article }) => answerer.answer(question, { now, lastArticle: null }).candidates[0]?.article !== article)).toEqual([])
})

describe.each(['questions-tune.jsonl', 'questions-test.jsonl'])('%s', (file) => {
  it('keeps to the error budget and to what was reached', () => {
    const questions = readQuestions(new URL(`../eval/${file}`, import.meta.url))
    const { all, outOfScope, nearMiss, replies } = measure(answerer, questions, new Set(articles.map(({ id }) => id)), now)
    expect(nearMiss.n).toBe(0)
    expect(all.n).toBeGreaterThanOrEqual(440)
    expect(all.wrong / all.n).toBeLessThanOrEqual(0.015)
    expect(outOfScope.answered / outOfScope.n).toBeLessThanOrEqual(0.05)
    expect(all.top1 / all.n).toBeGreaterThanOrEqual(0.96)
    expect(all.top3 / all.n).toBeGreaterThanOrEqual(0.98)
    expect(all.right / all.n).toBeGreaterThanOrEqual(0.88)
    expect(all.silent / all.n).toBeLessThanOrEqual(0.03)
    expect(rightWhileForeign(riskCoverage(({ q }) => answerer.answer(q, { now, lastArticle: null }).candidates[0], questions), 0.1)).toBeGreaterThanOrEqual(0.94)
    expect(replies.right / replies.n).toBeGreaterThanOrEqual(0.85)
  })
})

it.each([['foreign-near-tune.jsonl', 46, 0.07], ['foreign-near-test.jsonl', 46, 0.11], ['foreign-near-fresh.jsonl', 100, 0.06]])('%s: of %i questions beside an article at most %s are answered', (file, count, most) => {
  const { outOfScope } = measure(answerer, readQuestions(new URL(`../eval/${file}`, import.meta.url)), new Set(articles.map(({ id }) => id)), now)
  expect(outOfScope.n).toBe(count)
  expect(outOfScope.answered / outOfScope.n).toBeLessThanOrEqual(most)
})

/** Each has the words of an article that answers something else. */
it.each([
  'ngân hàng nhắn tin có link xác thực sinh trắc học', 'đánh con có bị phạt không', 'thi rớt bằng lái', 'bỏ đăng ký tạm trú', 'hủy kết hôn', 'game', 'iphone', 'mất giấy khai sinh', 'xin lại khai sinh', 'sửa tên trong giấy khai sinh',
])('%s is not answered as if sure', (question) => {
  expect(answerer.answer(question, { now, lastArticle: null }).status).not.toBe('answered')
})

it('finds the article of questions written from the list of subjects alone', () => {
  const { all, outOfScope } = measure(answerer, readQuestions(new URL('../eval/questions-fresh.jsonl', import.meta.url)), new Set(articles.map(({ id }) => id)), now)
  expect([all.n, outOfScope.n]).toEqual([150, 30])
  expect(all.top1 / all.n).toBeGreaterThanOrEqual(0.94)
  expect(all.right / all.n).toBeGreaterThanOrEqual(0.85)
  expect(all.wrong / all.n).toBeLessThanOrEqual(0.03)
  expect(outOfScope.answered / outOfScope.n).toBeLessThanOrEqual(0.07)
})

/** The same subjects asked formally and in the words of five regions. */
describe.each(['regional-tune.jsonl', 'regional-test.jsonl'])('%s', (file) => {
  it.each([['as typed', (text: string) => text, 0.85], ['without marks', fold, 0.8]] as const)('is read no more than 5 points worse than its formal twins, %s', (_, typed, right) => {
    const questions = readQuestions(new URL(`../eval/${file}`, import.meta.url)).map((question) => ({ ...question, q: typed(question.q) }))
    const { byStyle } = measure(answerer, questions, new Set(articles.map(({ id }) => id)), now)
    const [formal, regional] = [byStyle.get('formal')!, byStyle.get('regional')!]
    expect(regional.n).toBe(2 * formal.n)
    expect(regional.top1 / regional.n).toBeGreaterThanOrEqual(Math.max(0.95, formal.top1 / formal.n - 0.05))
    expect(regional.right / regional.n).toBeGreaterThanOrEqual(right)
    expect(regional.wrong / regional.n).toBeLessThanOrEqual(0.03)
  })
})

it.each([['talk-fresh.jsonl', 123, 0.05], ['talk-regional.jsonl', 38, 0.15]])('takes follow-ups, changes of subject, small talk, abuse, other languages and orders for what they are: %s', (file, count, most) => {
  const said = readFileSync(new URL(`../eval/${file}`, import.meta.url), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { q: string; last: string | null; expect: string[] })
  const missed = said.filter(({ q, last, expect: wanted }) => {
    const { article, reply, status } = answerer.answer(q, { now, lastArticle: last })
    return !wanted.some((one) => (one === 'no_article' ? article === null && status !== 'clarify' : one === article || one === `reply:${reply}`))
  })
  expect(said).toHaveLength(count)
  expect(missed.length / said.length).toBeLessThanOrEqual(most)
})

/** They name no matter at all: after an article they are about that one. */
it.each(['có lấy lại được không', 'cấp lại hết nhiêu tiền', 'đổi lại bao lâu', 'xin cấp lại ở mô', 'đăng ký ở đâu', 'gia hạn sao', 'cap lai o dau', 'muốn đổi thì đi đâu', 'mở thì cần gì', 'đăng ký mất bao nhiêu tiền', 'kích hoạt sao', 'nhận lại ở đâu vậy'])('“%s” asked first of all is asked back, after an article it is about that one', (question) => {
  expect(answerer.answer(question, { now, lastArticle: null })).toMatchObject({ status: 'clarify', article: null })
  expect(answerer.answer(question, { now, lastArticle: 'id-card-lost' })).toMatchObject({ status: 'answered', article: 'id-card-lost' })
})

it.each([['nộp hộ được không', 'dvc-submit-for-others'], ['trẻ em có làm được không', 'vneid-children'], ['nộp hồ sơ trực tuyến thế nào', 'dvc-how-to-submit'], ['đăng ký kết hôn ở đâu', 'dvc-marriage']])('“%s” names its matter', (question, article) => {
  expect(answerer.answer(question, { now, lastArticle: null })).toMatchObject({ status: 'answered', article })
})

/** What strangers send on: only an article that warns may answer it as if sure. */
it.each([
  'BHXH: sổ BHXH của bạn cần cập nhật VssID, liên hệ 0912345678 để được hướng dẫn', 'VNeID: tài khoản của bạn cần lên mức 2, kết bạn cán bộ 0355123456', 'Trợ cấp hưu trí xã hội tháng này đã có, bấm www.ansinh.vip nhận tiền',
  'Thông báo nộp phạt nguội, tra cứu và nộp tại https://phatnguoi.top, bấm vào để xem lỗi', 'Đổi bằng lái xe không cần đi xa, liên hệ zalo 0987654321', 'Quý khách đăng ký tài khoản an sinh xã hội trên VNeID tại ansinh.click', 'Lam ho chieu nhanh truc tuyen, lien he 0388111222',
])('“%s” is not answered as if it were the right way', (message) => {
  const { article } = answerer.answer(message, { now, lastArticle: null })
  expect(article === null || /^(scam|block|malware|pay-qr-safety|info-verify|dvc-traffic-fine)/.test(article), article ?? '').toBe(true)
})

it.each([['nộp phạt nguội ở đâu, số tôi 0912345678', 'dvc-traffic-fine'], ['quên mật khẩu vneid, tôi tên Tám 0912345678', 'dvc-forgot-password']])('“%s” with the own number is answered', (message, article) => {
  expect(answerer.answer(message, { now, lastArticle: null })).toMatchObject({ status: 'answered', article })
})

it('a page of the state in a question is no strange link', () => {
  expect(answerer.answer('vào https://dichvucong.gov.vn bấm đăng nhập bị lỗi', { now, lastArticle: null }).article).not.toBe('scam-fake-brandname-sms')
})

it.each(['quên mã pin thẻ', 'quen mat khau the atm', 'quên mật khẩu ngân hàng', 'ủy quyền cho con lãnh tiền dùm', 'nhờ hàng xóm lãnh trợ cấp thay được không'])('“%s” is answered as sure neither with VNeID nor with handing papers in', (question) => {
  expect(['vneid-forgot-passcode', 'dvc-forgot-password', 'dvc-submit-for-others']).not.toContain(answerer.answer(question, { now, lastArticle: null }).article)
})

it.each(['đổi tên cho con', 'doi ho ten cho chau', 'sửa tên bé trong khai sinh', 'sáp nhập xã tôi thành xã nào', 'xã mình giờ tên gì', 'đổi họ cho cháu sao'])('“%s” is not answered as sure', (question) => {
  expect(answerer.answer(question, { now, lastArticle: null }).article).toBeNull()
})

/** Children's cards, or not to hand codes out, are no sure answer to these. */
it.each([
  'đi mô làm căn cước hè', 'mẹ tui đau chân không đi được thì làm căn cước sao', 'làm căn cước thì đến chỗ mô', 'ông nội muốn làm căn cước phải ra đâu', 'làm thẻ căn cước cần mang chi',
  'không nhận được mã otp', 'chưa thấy mã otp gửi về', 'mã xác nhận không thấy tới', 'otp không về máy', 'bấm gửi lại hoài mà chưa nhận được mã',
  'ông già 70 tuổi chưa có căn cước gắn chip có bị phạt không', 'bà cụ 80 tuổi làm căn cước ở đâu',
])('“%s” is not answered as sure by a neighbour', (question) => {
  expect(['id-card-child', 'vneid-children', 'scam-otp']).not.toContain(answerer.answer(question, { now, lastArticle: null }).article)
})

it.each([
  ['làm căn cước cho cháu nội', 'id-card-child'], ['con gái 10 tuổi làm căn cước ở đâu', 'id-card-child'], ['bé 6 tuổi làm định danh được không', 'vneid-children'], ['có nên đọc mã otp không', 'scam-otp'], ['ai cũng hỏi mã otp', 'scam-otp'],
  ['bị móc túi mất căn cước', 'id-card-lost'], ['đi chợ bị móc túi mất thẻ căn cước rồi', 'id-card-lost'], ['bi moc tui mat can cuoc lam sao', 'id-card-lost'], ['bị móc túi mất điện thoại có vneid', 'vneid-lock-account-lost-phone']])('“%s” finds %s', (question, article) => {
  expect(answerer.answer(question, { now, lastArticle: null })).toMatchObject({ status: 'answered', article })
})

/** A plea for money that was pasted: whoever reads on is warned, whatever the sum. */
it.each(['chị ơi em kẹt quá chuyển khoản đỡ em 3 củ nhé', 'Em ơi chị đang kẹt chuyển giúp chị 20 triệu gấp', 'đang kẹt tiền cho mượn đỡ 5 triệu mai trả', 'anh kẹt tiền quá em ck giúp anh vài triệu mai anh trả', 'minh dang ket tien chuyen khoan giup minh 2tr mai minh gui lai'])('“%s” leads to the warning', (message) => {
  const { candidates, article } = answerer.answer(message, { now, lastArticle: null })
  expect([article, candidates[0]!.article]).toContain('scam-fb-hacked-borrow')
})

/** Whose account it is decides: the owner gets it back, the friend checks before paying. */
describe('an account taken and used to borrow', () => {
  it.each(['zalo của tôi bị người ta lấy rồi nhắn tin vay tiền khắp nơi', 'fb em bị hack nó đi mượn tiền bạn bè', 'acc fb cua me em bi hack', 'zalo em bị chiếm nó nhắn vay tiền bạn em', 'tk facebook cua toi bi lay roi di muon tien', 'nick fb mình bị hack đi vay tiền', 'zalo me toi bi hack nhan tin muon tien ca nha', 'tài khoản facebook của tôi bị kẻ xấu lấy nhắn hỏi vay tiền bạn bè tôi', 'bị mất nick zalo, người ta lấy nick tôi đi vay tiền'])('“%s” is its owner’s', (question) => {
    expect(answerer.answer(question, { now, lastArticle: null })).toMatchObject({ status: 'answered', article: 'fb-account-recovery' })
  })

  it.each(['facebook tôi bị hack rồi nhắn mượn tiền mọi người', 'nick zalo của tôi bị cướp đi vay tiền người thân', 'tôi bị hack facebook, nó nhắn mượn tiền bạn bè tôi'])('“%s” is at least offered the way to get it back', (question) => {
    const { article, candidates } = answerer.answer(question, { now, lastArticle: null })
    expect(article).not.toBe('scam-fb-hacked-borrow')
    expect(candidates.slice(0, 2).map((one) => one.article)).toContain('fb-account-recovery')
  })

  it.each(['bạn tôi nhắn vay tiền trên zalo có phải lừa không', 'facebook bạn em bị hack nhắn mượn tiền em', 'bạn tôi bị hack facebook nhắn tin mượn tiền tôi', 'nick bạn em bị hack đi mượn tiền', 'chị họ nhắn mượn tiền qua zalo', 'ban toi nhan muon tien tren messenger', 'người quen nhắn vay 5 triệu qua facebook', 'zalo của bạn tôi bị hack nhắn vay tiền tôi', 'tôi nhận tin nhắn mượn tiền từ facebook của bạn', 'em gái nhắn vay tiền mà gọi không nghe', 'có người lấy nick bạn tôi hỏi mượn tiền tôi', 'cô giáo nhắn zalo mượn tiền có phải bị hack không'])('“%s” is asked by who was written to', (question) => {
    const { article, candidates } = answerer.answer(question, { now, lastArticle: null })
    expect([article, candidates[0]!.article]).toContain('scam-fb-hacked-borrow')
    expect(article).not.toBe('fb-account-recovery')
  })
})

/** Said of anything: without a matter no article can be sure. */
it.each(['chua chuyen', 'chưa chuyển', 'đã chuyển', 'chua chuyen luon', 'vẫn chưa chuyển', 'đang chuyển', 'chưa gửi', 'da gui', 'chưa nhận', 'chua nop', 'không gửi', 'chưa làm', 'mới chuyển', 'chưa quét'])('“%s” is answered by no article', (question) => {
  expect(answerer.answer(question, { now, lastArticle: null }).article).toBeNull()
})

it.each([['chưa có căn cước cho con', 'id-card-child'], ['đã chuyển nhầm tiền', 'pay-wrong-transfer'], ['chuyển nhầm', 'pay-wrong-transfer'], ['mất căn cước', 'id-card-lost']])('“%s” names its matter', (question, article) => {
  expect(answerer.answer(question, { now, lastArticle: null }).candidates[0]!.article).toBe(article)
})

it('answers in well under 5 ms', () => {
  const questions = readQuestions(new URL('../eval/questions-tune.jsonl', import.meta.url))
  for (const { q } of questions) answerer.answer(q, { now, lastArticle: null })
  const times = questions.map(({ q }) => {
    const from = performance.now()
    answerer.answer(q, { now, lastArticle: null })
    return performance.now() - from
  }).sort((a, b) => a - b)
  expect(times[Math.floor(times.length / 2)]).toBeLessThan(5)
})
