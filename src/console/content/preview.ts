import { html } from 'hono/html'
import type { Article } from '../../answer/article.ts'
import { parseArticle } from '../../answer/parse-article.ts'
import { renderFacebook } from '../../channels/facebook-message.ts'
import { renderTelegram } from '../../channels/telegram-message.ts'
import { renderZalo } from '../../channels/zalo-message.ts'
import type { Content } from '../../content.ts'
import type { WordFile } from '../../content/sheets/items.ts'
import { articleMessage, calendarText, fullAnswer, reply, reviewOf, shortAnswer, withList } from '../../conversation/compose.ts'
import type { ChannelName } from '../../core/contact.ts'
import type { Message, Part } from '../../core/message.ts'
import { showDay } from '../../core/time.ts'
import { noFlow, type Flow } from '../../flow/flow.ts'
import { parseFlows } from '../../flow/parse.ts'
import { pageCount, stepMessage } from '../../flow/show.ts'
import { partShown } from '../campaign-preview.ts'
import type { Html } from '../components.ts'
import { channelTitles } from '../show.ts'
import { kindOf } from './word-files.ts'

/** Words as each channel will show them: what the channel's own render makes. Nothing in the frames can be followed or pressed. */

const renders: Readonly<Record<ChannelName, (message: Message) => Part[]>> = { zalo: renderZalo, facebook: renderFacebook, telegram: renderTelegram }

/** What a file would show; null for a file that shows nothing by itself, or cannot be read. `day`: today. */
export function previewOf(content: Content, file: WordFile, text: string, day: string): Html | null {
  if (kindOf(file) === 'article') {
    const { read } = parseArticle(file.file, text, content.province.values)
    return read === null ? null : articleFrames(content, read.article)
  }
  if (kindOf(file) !== 'flow') return null
  const { flows, problems } = parseFlows([{ file: file.file, text }])
  const flow = [...flows.values()][0]
  return flow === undefined || problems.some(({ severity }) => severity === 'error') ? null : flowFrames(content, flow, day)
}

/** The answer, and the steps behind it. */
export const articleFrames = (content: Content, article: Article): Html =>
  frames([shortAnswer(content, article), ...(article.details === '' ? [] : [fullAnswer(content, article)])].map((message) => withList(content, message)))

/** What an article comes to on that day, as a citizen gets it now. */
export const currentFrames = (content: Content, article: Article, day: string): Html => frames([withList(content, articleMessage(content, article, day))])

const frames = (messages: readonly Message[]): Html => html`<div class="frames">${(Object.keys(renders) as ChannelName[]).map((channel) =>
  html`<figure class="frame"><figcaption>${channelTitles[channel]}</figcaption>${messages.flatMap((message) => renders[channel](message)).map(partShown)}</figure>`)}</div>`

/** Each step of a flow, folded away but the first. */
export function flowFrames(content: Content, flow: Flow, day: string): Html {
  const steps = Object.values(flow.steps)
  const first = flow.steps[flow.start]
  const inOrder = first === undefined ? steps : [first, ...steps.filter((step) => step !== first)]
  return html`${inOrder.map((step, index) => html`<details${index === 0 ? html` open` : ''}><summary>Bước ${step.id}</summary>${frames(messagesOf(content, flow, step.id, day))}</details>`)}`
}

function messagesOf(content: Content, flow: Flow, id: string, day: string): Message[] {
  const step = flow.steps[id]!
  const at = { flow: flow.id, step: id }
  const context = {
    text: '(lời bà con vừa nhắn)', province: content.province.values, today: showDay(day), review: (articles: readonly string[]) => reviewOf(content, articles, day),
    calendar: (campaign: string) => calendarText(content, campaign, day),
    moreTitle: reply(content, 'more_title'), firstPageTitle: reply(content, 'first_page_title'),
  }
  const saved = Object.fromEntries([...JSON.stringify(step).matchAll(/\{\{\s*saved\.(\w+)\s*\}\}/g)].map(([, name]) => [name!, '(điều đã chọn)']))
  return Array.from({ length: pageCount(step) }, (_, page) => withList(content, stepMessage(at, step, { ...noFlow, at, page, saved }, context)))
}

