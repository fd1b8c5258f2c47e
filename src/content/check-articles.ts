import type { Article } from '../answer/article.ts'
import type { ArticleFile } from '../answer/parse-article.ts'
import { nearest, type Position, type Problem } from '../core/problem.ts'
import { fold, lengthOf, words } from '../core/text.ts'
import type { Path } from '../core/yaml.ts'
import { phoneNumbers } from './phone-numbers.ts'

const longestShort = 300
const longestBody = 1_500
const longestTitle = 100
const fewestQuestions = 4

/** What articles are compared with. `phones` null: no list of contacts is kept. */
export interface ArticleRules { day: string; phones: ReadonlySet<string> | null }

/** What is not good about articles that can be used. */
export function checkArticles(files: readonly ArticleFile[], rules: ArticleRules): Problem[] {
  const ids = new Set(files.map(({ article }) => article.id))
  return [...files.flatMap((file) => checkArticle(file, ids, rules)), ...doubleQuestions(files)]
}

function checkArticle(file: ArticleFile, ids: ReadonlySet<string>, rules: ArticleRules): Problem[] {
  const { article, locate, locateBody } = file
  const bodyAt = locateBody('')
  const problems: Problem[] = []
  const complain = (at: Position, what: string, todo: string, severity: Problem['severity'] = 'error') => problems.push({ file: article.file, ...at, severity, what, todo })

  if (lengthOf(article.title) > longestTitle) complain(locate(['title']), `tên mục dài ${lengthOf(article.title)} ký tự, tối đa ${longestTitle}`, 'rút ngắn tên mục')
  if (lengthOf(article.short) > longestShort) complain(bodyAt, `câu trả lời ngắn dài ${lengthOf(article.short)} ký tự, tối đa ${longestShort}`, 'rút ngắn đoạn đầu, chuyển phần chi tiết xuống đoạn sau')
  const whole = lengthOf(article.short) + lengthOf(article.details)
  if (whole > longestBody) complain(bodyAt, `cả câu trả lời dài ${whole} ký tự, tối đa ${longestBody}`, 'rút ngắn, hoặc tách thành hai mục và nối bằng related')
  if (article.questions.length < fewestQuestions) complain(locate(['questions']), `mới có ${article.questions.length} cách hỏi`, `viết ít nhất ${fewestQuestions} cách người dân hay hỏi`, 'warning')

  if (article.reviewBy < rules.day) complain(locate(['review_by']), `mục đã quá hạn rà soát (${article.reviewBy})`, 'rà soát lại nội dung rồi sửa reviewed và review_by', 'warning')
  if (article.reviewed > rules.day) complain(locate(['reviewed']), `ngày rà soát ${article.reviewed} chưa tới`, 'ghi ngày thật sự đã rà soát', 'warning')

  for (const { path, url } of linksOf(article)) {
    if (!isHttps(url)) complain(locate(path), `đường dẫn "${url}" không phải https`, 'dùng địa chỉ bắt đầu bằng https://, hoặc bỏ đi')
  }
  article.related.forEach((id, index) => {
    if (ids.has(id) && id !== article.id) return
    const near = nearest(id, [...ids].filter((other) => other !== article.id))
    complain(locate(['related', index]), `không có mục hỏi–đáp "${id}" để nối sang`, near === null ? 'sửa mã, hoặc bỏ khỏi related' : `có phải "${near}"?`)
  })
  const phones = new Map(phoneNumbers(`${article.short}\n${article.details}`).map(({ raw, digits }) => [digits, raw]))
  for (const [digits, raw] of phones) {
    if (rules.phones?.has(digits) === false) complain(locateBody(raw), `số điện thoại ${raw} không có trong contacts.yaml`, 'kiểm tra số, rồi thêm vào contacts.yaml hoặc sửa trong mục này')
  }
  const markup = /\*\*|__|^#{1,6} |\]\(|<\/?[a-z][^>]*>/imu.exec(`${article.short}\n${article.details}`)
  if (markup !== null) complain(locateBody(markup[0]), `ký hiệu trình bày "${markup[0].trim()}" sẽ hiện nguyên trong tin nhắn`, 'viết chữ thường: bỏ ** # [ ]( ), mỗi bước một dòng', 'warning')
  return problems
}

function linksOf(article: Article): { path: Path; url: string }[] {
  return [
    ...article.sources.flatMap(({ url }, index) => (url === null ? [] : [{ path: ['sources', index, 'url'], url }])),
    ...article.actions.map(({ url }, index) => ({ path: ['actions', index, 'url'], url })),
  ]
}

const isHttps = (url: string): boolean => URL.parse(url)?.protocol === 'https:'

/** The same question under two articles: nobody could say which one is meant. */
function doubleQuestions(files: readonly ArticleFile[]): Problem[] {
  const seen = new Map<string, Article>()
  return files.flatMap(({ article, locate }) => article.questions.flatMap((question, index): Problem[] => {
    const key = words(question).join(' ') || fold(question)
    const before = seen.get(key)
    seen.set(key, before ?? article)
    if (before === undefined) return []
    return [{
      file: article.file, ...locate(['questions', index]), severity: 'error',
      what: `câu hỏi "${question}" đã có trong ${before.file}`, todo: before === article ? 'bỏ một câu' : 'để câu này ở một mục thôi, mục kia hỏi cách khác',
    }]
  }))
}
