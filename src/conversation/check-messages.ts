import type { ArticleFile } from '../answer/parse-article.ts'
import { facebookLimits, renderFacebook } from '../channels/facebook-message.ts'
import { cutTitle } from '../channels/parts.ts'
import { renderTelegram } from '../channels/telegram-message.ts'
import { renderZalo } from '../channels/zalo-message.ts'
import { longestBody, type Content, type Parts } from '../content.ts'
import type { Message, Part } from '../core/message.ts'
import type { Problem } from '../core/problem.ts'
import { replyUses, type ReplyKey } from '../core/replies.ts'
import { lengthOf } from '../core/text.ts'
import type { Path } from '../core/yaml.ts'
import type { FlowContext, Target } from '../flow/flow.ts'
import { pageCount, stepMessage } from '../flow/show.ts'
import { stepOf } from '../flow/graph.ts'
import { calendarText, expiredAnswer, fullAnswer, reply, reviewOf, shortAnswer, withList } from './compose.ts'

/** What messages made of these words come to on the channels. */

const renders: Readonly<Record<string, (message: Message) => Part[]>> = { Zalo: renderZalo, Facebook: renderFacebook, Telegram: renderTelegram }

/** More entries than that are not read on a small screen. */
export const mostChoices = 7
/** A number to call has to be seen at once. */
const longestEmergency = 300
/** As long as what a citizen said may be shown. */
const longestSaid = 500

export interface MessageFault {
  /** Below the step, the article or the reply. */
  path: Path
  severity: Problem['severity']
  what: string
  todo: string
}

/** Every message that the words of this folder make, held against every channel's limits. */
export function checkMessages(content: Content, parts: Parts): Problem[] {
  return [
    ...parts.flows.flatMap(({ flow, locate }) => Object.keys(flow.steps).flatMap((step) =>
      stepFaults(content, { flow: flow.id, step }).map(({ path, ...fault }): Problem => ({ file: flow.file, ...locate(['steps', step, ...path]), ...fault })))),
    ...parts.articles.flatMap((article) => articleFaults(content, article)),
    ...(parts.repliesFile.lent ? [] : replyFaults(content).map(({ path, ...fault }): Problem => ({ file: parts.repliesFile.file, ...parts.repliesFile.locate(path), ...fault }))),
  ]
}

/** What is wrong with the messages of one step. Placeholders are taken to be as long as they may be. */
export function stepFaults(content: Content, at: Target): MessageFault[] {
  const step = stepOf(content.flows, at)
  if (step === undefined) return []
  const context = longestContext(content)
  const saved = Object.fromEntries([...JSON.stringify(step).matchAll(/\{\{\s*saved\.(\w+)\s*\}\}/g)].map(([, name]) => [name!, 'x'.repeat(longestSaid)]))
  const pages = Array.from({ length: pageCount(step) }, (_, page) => stepMessage(at, step, { at, page, trail: [], saved }, context))
  const shown = step.choices.filter(({ title }) => title !== null).length
  const faults: MessageFault[] = []
  if (shown > facebookLimits.quickReplies) {
    faults.push({ path: ['choices', facebookLimits.quickReplies], severity: 'error', what: `bước "${at.step}" có ${shown} lựa chọn, Facebook chỉ nhận ${facebookLimits.quickReplies}`, todo: 'chia thành nhiều bước theo nhóm' })
  } else if (shown > mostChoices) {
    faults.push({ path: ['choices', mostChoices], severity: 'error', what: `bước "${at.step}" có ${shown} lựa chọn, nhiều hơn ${mostChoices} là phải chia trang`, todo: 'gộp bớt, hoặc chia thành nhiều bước theo nhóm' })
  }
  for (const page of pages) faults.push(...sameButtons(page))
  const tooLong = tooLongFor(pages.map((page) => withList(content, page)))
  if (tooLong !== null) faults.push({ path: [step.goto === null ? 'ask' : 'say'], severity: 'error', what: `tin của bước "${at.step}" ${tooLong}`, todo: 'rút ngắn câu, hoặc tách thành hai bước' })
  return faults
}

function longestContext(content: Content): FlowContext {
  return {
    text: 'x'.repeat(longestSaid), province: content.province.values, today: '21/11/2026',
    // Long before every review date, so that nothing has expired: what a step says is longer than that it may not say it.
    review: (articles) => reviewOf(content, articles, '0000-01-01'),
    calendar: (campaign) => calendarText(content, campaign, '0000-01-01'),
    moreTitle: reply(content, 'more_title'), firstPageTitle: reply(content, 'first_page_title'),
  }
}

/** Facebook cuts titles: what differs only further on is the same button twice. */
function sameButtons({ choices = [] }: Message): MessageFault[] {
  const seen = new Map<string, string>()
  return choices.flatMap(({ title, payload }): MessageFault[] => {
    const button = cutTitle(title, facebookLimits.buttonTitle)
    const before = seen.get(button)
    seen.set(button, before ?? title)
    // The same title twice is told as such by the check of the flow.
    if (before === undefined || before === title) return []
    return [{
      path: ['choices', Number(payload.split(':').at(-1)) - 1, 'title'], severity: 'error',
      what: `trên nút Facebook, "${before}" và "${title}" đều thành "${button}"`, todo: `đưa chữ khác nhau lên ${facebookLimits.buttonTitle} ký tự đầu`,
    }]
  })
}

/** The check of the article tells when its own words are too many; here is what comes with them. */
function articleFaults(content: Content, { article, locateBody }: ArticleFile): Problem[] {
  if (lengthOf(article.short) + lengthOf(article.details) > longestBody) return []
  const messages = [shortAnswer(content, article), fullAnswer(content, article), expiredAnswer(content, article)]
  const tooLong = tooLongFor(messages.map((message) => withList(content, message)))
  return tooLong === null ? [] : [{
    file: article.file, ...locateBody(''), severity: 'error', what: `câu trả lời kèm tên mục, đường dẫn và nguồn ${tooLong}`, todo: 'rút ngắn, hoặc tách thành hai mục và nối bằng related',
  }]
}

function replyFaults(content: Content): MessageFault[] {
  return (Object.keys(replyUses) as ReplyKey[]).flatMap((key): MessageFault[] => {
    const text = reply(content, key)
    const tooLong = tooLongFor([{ text }])
    if (tooLong !== null) return [{ path: [key], severity: 'error', what: `câu "${key}" ${tooLong}`, todo: 'bỏ bớt ý, để cả câu vừa một tin' }]
    if (key.startsWith('emergency_') && lengthOf(text) > longestEmergency) {
      return [{ path: [key], severity: 'error', what: `câu khẩn cấp dài ${lengthOf(text)} ký tự, tối đa ${longestEmergency}`, todo: 'để số máy lên đầu, bỏ bớt phần sau' }]
    }
    if (key.endsWith('_title') && lengthOf(text) > facebookLimits.buttonTitle) {
      return [{ path: [key], severity: 'warning', what: `chữ trên nút dài ${lengthOf(text)} ký tự, Facebook cắt còn ${facebookLimits.buttonTitle}`, todo: `rút ngắn còn nhiều nhất ${facebookLimits.buttonTitle} ký tự` }]
    }
    return []
  })
}

/** How the longest of the messages goes beyond one part, null when each fits every channel. */
function tooLongFor(messages: readonly Message[]): string | null {
  const split = messages.flatMap((message) => {
    const channels = Object.entries(renders).filter(([, render]) => render(message).length > 1).map(([channel]) => channel)
    return channels.length === 0 ? [] : [{ length: lengthOf(message.text), channels }]
  }).sort((a, b) => b.length - a.length)
  const [worst] = split
  return worst === undefined ? null : `dài ${worst.length} ký tự, ${worst.channels.join(', ')} phải cắt làm nhiều tin`
}
