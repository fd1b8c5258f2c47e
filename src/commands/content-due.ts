import { contentDue, dueByOwner, flowsLeaning, formatProblems, loadContent, urgencyOf, type DueArticle, type Urgency } from '../content.ts'
import { showDay, vietnamDay } from '../core/time.ts'
import { readContentFolders } from '../node/files.ts'
import { ContentError } from '../node/content-error.ts'
import { contentOptions, wordFolders } from '../node/words.ts'
import { readWordSettings, type Terminal } from './command.ts'

/** `content due`: what has to be reviewed, by owner, what is past first. Exit code 0 whatever is due. */
export async function due(json: boolean, terminal: Terminal): Promise<number> {
  const read = loadContent(await readContentFolders(wordFolders(readWordSettings(terminal))), contentOptions)
  if ('problems' in read) throw new ContentError(formatProblems(read.problems).join('\n'))
  const day = vietnamDay(Date.now())
  const list = contentDue(read.content.articles.values(), day)
  const leaning = flowsLeaning(read.content.flows)
  terminal.out(json ? JSON.stringify(list.map((article) => ({ ...article, due: urgencyOf(article), flows: leaning.get(article.id) ?? [] })), null, 2) : tellDue(list, day, leaning).join('\n'))
  return 0
}

const headings: Readonly<Record<Urgency, string>> = { past: 'Quá hạn, không còn trả lời như đang dùng', 3: 'Trong 3 ngày', 14: 'Trong 14 ngày', 30: 'Trong 30 ngày' }

/** The list as people read it. `leaning`: which steps of flows state the facts of an article, by its id. */
export function tellDue(list: readonly DueArticle[], day: string, leaning: ReadonlyMap<string, readonly string[]>): string[] {
  const today = showDay(day)
  if (list.length === 0) return [`Đến hết 30 ngày tới (tính từ ${today}) không có mục nào đến hạn rà soát.`]
  const past = list.filter(({ daysLeft }) => daysLeft < 0).length
  return [
    `${list.length} mục đến hạn rà soát trong 30 ngày tới, tính từ ${today}${past === 0 ? '' : `; ${past} mục đã quá hạn`}.`,
    ...dueByOwner(list).flatMap(({ owner, articles }) => [
      '', `${owner} (${articles.length} mục)`,
      ...[...Map.groupBy(articles, urgencyOf)].flatMap(([urgency, some]) => [`  ${headings[urgency]}:`, ...some.flatMap((article) => tellOne(article, leaning.get(article.id) ?? []))]),
    ]),
    '', 'Rà soát xong thì sửa reviewed và review_by ở đầu tệp.',
  ]
}

function tellOne({ daysLeft, reviewBy, id, title, file }: DueArticle, steps: readonly string[]): string[] {
  const when = daysLeft < 0 ? `quá ${-daysLeft} ngày` : daysLeft === 0 ? 'hôm nay' : `còn ${daysLeft} ngày`
  return [`    ${showDay(reviewBy)} (${when})  ${title} [${id}]`, `      ${file}`, ...(steps.length === 0 ? [] : [`      kịch bản dựa vào mục này: ${steps.join(', ')}`])]
}
