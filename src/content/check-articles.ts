import { groupOf, type Article } from '../answer/article.ts'
import type { ArticleFile } from '../answer/parse-article.ts'
import { cutTitle } from '../channels/parts.ts'
import { facebookLimits } from '../channels/facebook-message.ts'
import { dayAfter, daysBetween } from '../core/time.ts'
import type { KnownArticles } from './known-articles.ts'
import { commandOf } from '../core/commands.ts'
import { nearest, type Position, type Problem } from '../core/problem.ts'
import { barePhrase, fold, lengthOf, words } from '../core/text.ts'

const longestShort = 300
/** Characters of an answer, short and long part together. */
export const longestBody = 1_500
const longestTitle = 100
const fewestQuestions = 6

/** How many days after its review an article has to be looked at again, by folder: what changes often sooner than concepts. */
const reviewDays: Readonly<Record<string, number>> = { 'dich-vu-cong': 90, 'thanh-toan': 90, 'an-toan': 90, 'doi-song': 90 }
const longestReviewDays = 180

/** How many days after its review an article of that folder has to be looked at again, at the latest. */
export const reviewDaysOf = (group: string): number => reviewDays[group] ?? longestReviewDays

/** What articles are looked at against. `day` is today, `YYYY-MM-DD`; `leaning`: by article, the steps of flows that tell its facts; `openers`: by bare words, the file of the flow they open. */
export interface Around { day: string; known: KnownArticles; leaning: ReadonlyMap<string, readonly string[]>; openers: ReadonlyMap<string, string> }

/** What is not good about articles that can be used. */
export function checkArticles(files: readonly ArticleFile[], around: Around): Problem[] {
  return [...files.flatMap((file) => checkArticle(file, around)), ...doubleQuestions(files), ...openingQuestions(files, around.openers), ...sameButtons(files)]
}

function checkArticle(file: ArticleFile, { day, known, leaning }: Around): Problem[] {
  const { article, locate, locateBody } = file
  const bodyAt = locateBody('')
  const problems: Problem[] = []
  const complain = (at: Position, what: string, todo: string, severity: Problem['severity'] = 'error') => problems.push({ file: article.file, ...at, severity, what, todo })

  if (lengthOf(article.title) > longestTitle) complain(locate(['title']), `tên mục dài ${lengthOf(article.title)} ký tự, tối đa ${longestTitle}`, 'rút ngắn tên mục')
  if (lengthOf(article.short) > longestShort) complain(bodyAt, `câu trả lời ngắn dài ${lengthOf(article.short)} ký tự, tối đa ${longestShort}`, 'rút ngắn đoạn đầu, chuyển phần chi tiết xuống đoạn sau, cách một dòng trống')
  const whole = lengthOf(article.short) + lengthOf(article.details)
  if (whole > longestBody) complain(bodyAt, `cả câu trả lời dài ${whole} ký tự, tối đa ${longestBody}`, 'rút ngắn, hoặc tách thành hai mục và nối bằng related')
  article.questions.forEach((question, index) => {
    if (!['human', null].includes(commandOf(question))) complain(locate(['questions', index]), `câu hỏi "${question}" là lệnh sẵn có (menu, dừng, xóa dữ liệu…) nên không bao giờ tới mục này`, 'bỏ câu này, hoặc viết thành câu hỏi đầy đủ')
  })
  if (article.questions.length < fewestQuestions) complain(locate(['questions']), `mới có ${article.questions.length} cách hỏi`, `viết ít nhất ${fewestQuestions} cách người dân hay hỏi`, 'warning')

  if (article.reviewBy < day) {
    const steps = leaning.get(article.id) ?? []
    const silent = steps.length === 0 ? '' : `; bước kịch bản dựa vào mục này cũng im: ${steps.join(', ')}`
    complain(locate(['review_by']), `mục đã quá hạn rà soát (${article.reviewBy})${silent}`, 'rà soát lại nội dung rồi sửa reviewed và review_by', 'warning')
  }
  if (article.reviewed > day) complain(locate(['reviewed']), `ngày rà soát ${article.reviewed} chưa tới`, 'ghi ngày thật sự đã rà soát', 'warning')
  const [until, most] = [daysBetween(article.reviewed, article.reviewBy), reviewDaysOf(groupOf(article))]
  if (until > most) complain(locate(['review_by']), `hạn rà soát cách ngày rà soát ${until} ngày, tối đa ${most}`, `ghi review_by không muộn hơn ${dayAfter(article.reviewed, most)}`, 'warning')

  article.related.forEach((id, index) => {
    const standing = id === article.id ? 'unknown' : known.standing(id)
    if (standing === 'used' || standing === 'unread') return
    if (standing === 'withdrawn') return complain(locate(['related', index]), `mục "${id}" đã rút nên không hiện ở đây nữa`, known.instead(id), 'warning')
    const near = nearest(id, known.used.filter((other) => other !== article.id))
    problems.push({ file: article.file, ...locate(['related', index]), severity: 'error', cause: `article:${id}`, what: `không có mục hỏi–đáp "${id}" để nối sang`, todo: near === null ? 'sửa mã, hoặc bỏ khỏi related' : `có phải "${near}"?` })
  })
  article.sources.forEach(({ date, url }, index) => {
    if (url === null) complain(locate(['sources', index]), `nguồn thứ ${index + 1} chưa có đường dẫn (url) nên bà con không mở ra xem được`, 'thêm url: trang đăng văn bản hoặc bài báo ấy; chỉ có bản giấy thì đăng lên trang của tỉnh rồi ghi địa chỉ', 'warning')
    if (date > day.slice(0, date.length)) complain(locate(['sources', index, 'date']), `ngày của nguồn (${date}) chưa tới`, 'ghi ngày ban hành hoặc ngày đăng', 'warning')
  })
  const markup = /\*\*|__|^#{1,6} |^##+(?=\S)|^\|.*\|\s*$|\]\(|<\/?(?:a|b|i|u|s|p|br|hr|em|ul|ol|li|div|span|strong|table|tr|td|th|img|h[1-6]|font|center|small|big|mark|code|pre)(?:\s[^>]*)?\/?>/imu.exec(`${article.short}\n${article.details}`)
  if (markup !== null) complain(locateBody(markup[0]), `ký hiệu trình bày "${markup[0].trim()}" sẽ hiện nguyên trong tin nhắn`, 'viết chữ thường: bỏ ** # [ ]( ), mỗi bước một dòng', 'warning')
  return problems
}

/** The same question under two articles, polite words aside: nobody could say which one is meant. */
function doubleQuestions(files: readonly ArticleFile[]): Problem[] {
  const titles = new Map(files.map(({ article }) => [asAsked(article.title), article]))
  const seen = new Map<string, { article: Article; question: string }>()
  return files.flatMap(({ article, locate }) => article.questions.flatMap((question, index): Problem[] => {
    const key = asAsked(question)
    const before = seen.get(key)
    const titled = titles.get(key)
    seen.set(key, before ?? { article, question })
    const complain = (other: Article, what: string, todo: string, severity: Problem['severity'] = 'error'): Problem[] => [{ file: article.file, ...locate(['questions', index]), severity, cause: `double:${article.file}:${other.file}`, what, todo }]
    if (before !== undefined) {
      const isSame = words(before.question).join(' ') === words(question).join(' ')
      const what = `câu hỏi "${question}" đã có trong ${before.article.file}${isSame ? '' : ` (“${before.question}”, chỉ khác tiếng thưa gửi)`}`
      return before.article !== article ? complain(before.article, what, 'để câu này ở một mục thôi, mục kia hỏi cách khác')
        : complain(article, what, 'bỏ một câu, viết thêm cách hỏi khác hẳn', isSame ? 'error' : 'warning')
    }
    return titled === undefined || titled === article ? [] : complain(titled, `câu hỏi "${question}" chính là tên mục trong ${titled.file}`, 'bỏ câu này, hoặc đổi tên mục kia: bà con hỏi vậy thì trả lời bằng mục nào?')
  }))
}

/** What is heard of a question: without polite words, unless there is nothing else. */
const asAsked = (text: string): string => barePhrase(text) || fold(text)

/** Words that open a flow never come to an article. */
function openingQuestions(files: readonly ArticleFile[], openers: Around['openers']): Problem[] {
  return files.flatMap(({ article, locate }) => article.questions.flatMap((question, index): Problem[] => {
    const flow = openers.get(asAsked(question))
    return flow === undefined ? [] : [{
      file: article.file, ...locate(['questions', index]), severity: 'error',
      what: `câu hỏi "${question}" là lời mở kịch bản trong ${flow} (triggers) nên không bao giờ tới mục này`, todo: 'bỏ câu này, hỏi cách khác, hoặc bỏ lời ấy khỏi triggers của kịch bản',
    }]
  }))
}

/** Where the assistant asks which of two articles is meant, their titles stand on buttons. */
function sameButtons(files: readonly ArticleFile[]): Problem[] {
  const seen = new Map<string, Article>()
  return files.flatMap(({ article, locate }): Problem[] => {
    const button = cutTitle(article.title, facebookLimits.buttonTitle)
    const before = seen.get(button)
    seen.set(button, before ?? article)
    return before === undefined ? [] : [{
      file: article.file, ...locate(['title']), severity: 'warning',
      what: `trên nút Facebook, tên mục này và "${before.title}" đều thành "${button}"`, todo: `đưa chữ khác nhau lên ${facebookLimits.buttonTitle} ký tự đầu của tên mục`,
    }]
  })
}
