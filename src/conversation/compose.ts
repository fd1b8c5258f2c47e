import { articlePath, isExpired, type Article } from '../answer/article.ts'
import { assetMessages, calendarLines, currentArticle, isSafety, officialPages, recordings, spokenMessages, type Content } from '../content.ts'
import { fill } from '../core/fill.ts'
import { onceFor, onceForFixed } from '../core/fixed.ts'
import type { Choice, Message } from '../core/message.ts'
import type { ReplyKey } from '../core/replies.ts'
import { showDay } from '../core/time.ts'
import type { FactsReview } from '../flow/flow.ts'
import { tellSource } from './source.ts'

/** Turns keys, articles and lists into messages. Pure; the only place where lists get their numbers. */

/** A canned sentence with its placeholders filled in. */
export function reply(content: Content, key: ReplyKey, values: Record<string, string> = {}): string {
  return fill(content.replies[key], (name) => values[name] ?? provinceValue(content, name))
}

/** The one greeting of a first contact; `privacyUrl` null when the server has no public address. */
export function greeting(content: Content, privacyUrl: string | null): string {
  return fill(content.entry.greeting, (name) => (name === 'privacy_url' ? (privacyUrl ?? '') : provinceValue(content, name)))
}

function provinceValue(content: Content, name: string): string | null {
  return name.startsWith('province.') ? (content.province.values[name.slice('province.'.length)] ?? null) : null
}

/**
 * A message with its choices also as numbers, the way every channel can show and every phone can answer: a menu as a
 * list with the hint how to use it, the few ways on from an answer as one line (its steps are numbered already).
 */
export const withList = (content: Content, message: Message): Message => listing(content)(message)

const listing = onceFor((content: Content) => onceForFixed((message: Message) => listed(content, message)))

function listed(content: Content, message: Message): Message {
  const { text, choices = [] } = message
  if (choices.length === 0) return message
  const list = isMenu(choices)
    ? `${choices.map(({ title }, index) => `${index + 1}. ${title}`).join('\n')}\n${reply(content, 'list_hint')}`
    : reply(content, 'choices_line', { choices: choices.map(({ title }, index) => `${index + 1}: ${title}`).join(' · ') })
  return { ...message, text: [text, list].filter((part) => part !== '').join('\n\n') }
}

/** Whether the choices are what the message is about: steps, articles, kinds of pictures; not the ways on from an answer. */
const isMenu = (choices: readonly Choice[]): boolean =>
  choices.some(({ payload }) => /^(?:[acp]:|k:img-)/.test(payload)) && !choices.some(({ payload }) => /^[gns]:/.test(payload))

export const choice = (content: Content, key: ReplyKey, payload: string): Choice => ({ title: reply(content, key), payload })

export const menuChoice = (content: Content): Choice => choice(content, 'menu_title', 'k:menu')
export const humanChoice = (content: Content): Choice => choice(content, 'human_title', 'k:human')

/** Under a short answer: no more than a small screen and Zalo's five buttons take well. */
const mostUnderAnswer = 3

const stepsChoices = (content: Content, article: Article): Choice[] => (article.details === '' ? [] : [choice(content, 'steps_title', `s:${article.id}`)])
const notHelpfulChoice = (content: Content, article: Article): Choice => choice(content, 'not_helpful_title', `n:${article.id}`)
const shareChoice = (content: Content, article: Article): Choice => choice(content, 'share_title', `g:${article.id}`)

/**
 * The first message of an answer: the short answer, the official page, the source, three choices. `other` is the article
 * of a second question: it takes the place of "not what I asked", which can be typed.
 */
export function shortAnswer(content: Content, article: Article, other: Article | null = null): Message {
  const page = article.actions[0]
  const lines = [page === undefined ? '' : `${page.title}: ${page.url}`, sourceLine(content, article)].filter((line) => line !== '').join('\n')
  const also = other === null ? [] : [{ text: reply(content, 'also_asked', { title: other.title }), choice: { title: other.title, payload: `a:${other.id}` } }]
  const steps = stepsChoices(content, article)
  const first = [...steps, ...also.map((second) => second.choice)]
  const fillers = [notHelpfulChoice(content, article), ...(steps.length > 0 ? [] : [shareChoice(content, article)])]
  return {
    text: [article.short, lines, ...also.map((second) => second.text)].join('\n\n'),
    choices: [...first, ...fillers].slice(0, mostUnderAnswer - 1).concat(humanChoice(content)),
  }
}

/** The steps behind a short answer, with the other official pages. Its four choices leave Zalo's fifth button to a recording. */
export function fullAnswer(content: Content, article: Article): Message {
  const pages = article.actions.map(({ title, url }) => `${title}: ${url}`).join('\n')
  return {
    text: [`${article.title}`, article.details, [pages, sourceLine(content, article)].filter((line) => line !== '').join('\n')].join('\n\n'),
    choices: [choice(content, 'helpful_title', `y:${article.id}`), notHelpfulChoice(content, article), shareChoice(content, article), humanChoice(content)],
  }
}

/** Where and when an answer is given: what may be shown depends on both. */
export interface Showing { day: string; publicUrl: string | null }

/** The whole answer as an officer sends it: no choices, since nobody would hear a tap while a person has the conversation. */
export function articleByStaff(content: Content, article: Article, day: string): Message {
  if (isExpired(article, day)) return { text: expiredAnswer(content, article).text }
  if (article.details === '') return { text: shortAnswer(content, article).text }
  return { text: fullAnswer(content, article).text.replace(article.title, () => `${article.title}\n\n${article.short}`) }
}

/**
 * The pictures and files that go with an article, then its steps, last so that their choices stay in sight. Recordings are
 * offered as "Nghe". Neither where the server has no public address to fetch them from.
 */
export function stepsMessages(content: Content, article: Article, { day, publicUrl }: Showing): Message[] {
  const steps = fullAnswer(content, article)
  if (publicUrl === null) return [steps]
  const hear = recordings(content, article, day).length > 0 ? [choice(content, 'hear_title', `h:${article.id}`)] : []
  return [...assetMessages(content, article, day, publicUrl), { ...steps, choices: [...hear, ...(steps.choices ?? [])] }]
}

/** "Nghe": the recordings of an article; its steps again where there is nothing to hear any more. */
export function spokenAnswer(content: Content, article: Article, showing: Showing): Message[] {
  const spoken = showing.publicUrl === null ? [] : spokenMessages(content, article, showing.day, showing.publicUrl)
  return spoken.length > 0 ? spoken : stepsMessages(content, article, showing)
}

/**
 * "Gửi người nhà": how to forward, then a message with nothing else in it: title, short answer, source, each one line, and
 * the article's page where the server has a public address.
 */
export function forwardable(content: Content, article: Article, publicUrl: string | null): Message[] {
  const lines = [article.title, article.short.replace(/\s+/g, ' '), sourceLine(content, article), publicUrl === null ? '' : `${publicUrl}${articlePath(article.id)}`]
  return [{ text: reply(content, 'share_how') }, { text: lines.filter((line) => line !== '').join('\n') }]
}

/** Instead of the same once more: that this was all, with the way to read it again and to a person. */
export function nothingMore(content: Content, article: Article): Message {
  const choices = [...stepsChoices(content, article), shareChoice(content, article), humanChoice(content), menuChoice(content)]
  return { text: reply(content, 'nothing_more', { title: article.title }), choices }
}

function sourceLine(content: Content, article: Article): string {
  const source = tellSource(article.sources)
  return source === null ? '' : reply(content, 'source_line', { source, reviewed: showDay(article.reviewed) }).replace('….', '…')
}

/**
 * Instead of an article past its review date: that it is being reviewed, and the official page where it has one (a
 * newspaper is none). Whoever may be losing money is told whom to call all the same.
 */
export const expiredAnswer = (content: Content, article: Article): Message =>
  ({ text: expiredText(content, article), choices: [menuChoice(content), humanChoice(content)] })

const expiredText = (content: Content, article: Article): string => notTold(content, 'expired_article', article)

function notTold(content: Content, key: 'expired_article' | 'withdrawn_article', article: Article, more: Record<string, string> = {}): string {
  const url = officialPages(article, content.officialSites)[0]?.url ?? ''
  const first = isSafety(article) ? [reply(content, 'expired_safety')] : []
  return [reply(content, key, { title: article.title, url, ...more }).trimEnd(), ...first].join('\n\n')
}

/** Of a withdrawn article: that it is, and what replaced it, with the answer of that one; otherwise whom to ask. */
function withdrawnAnswer(content: Content, article: Article, day: string): Message {
  const on = { title: article.title, day: showDay(article.withdrawn?.on ?? day) }
  const instead = currentArticle(content, article.id)
  if (instead === undefined) return { text: notTold(content, 'withdrawn_article', article, on), choices: [menuChoice(content), humanChoice(content)] }
  const answer = articleMessage(content, instead, day)
  return { ...answer, text: `${reply(content, 'withdrawn_replaced', { ...on, instead: instead.title })}\n\n${answer.text}` }
}

/** What is said under an id, and which article says it; null where nobody knows the id. */
export function answerUnder(content: Content, id: string, day: string): { article: Article; message: Message } | null {
  const current = currentArticle(content, id)
  const withdrawn = content.withdrawn.get(id)
  if (withdrawn !== undefined && current?.id !== id) return { article: current ?? withdrawn, message: withdrawnAnswer(content, withdrawn, day) }
  return current === undefined ? null : { article: current, message: articleMessage(content, current, day) }
}

/**
 * What a step of a flow may say on that day of the articles its facts are from: nothing of them once one has expired or
 * was withdrawn, but what replaced it; otherwise the source of the one reviewed longest ago. An id nobody knows changes nothing.
 */
export function reviewOf(content: Content, ids: readonly string[], day: string): FactsReview {
  const articles = ids.flatMap((id) => content.articles.get(id) ?? content.withdrawn.get(id) ?? [])
  const stale = articles.find((article) => article.withdrawn !== null || isExpired(article, day))
  if (stale !== undefined) return { instead: stale.withdrawn === null ? expiredText(content, stale) : withdrawnAnswer(content, stale, day).text }
  const [oldest] = articles.toSorted((a, b) => (a.reviewed < b.reviewed ? -1 : 1))
  return { after: oldest === undefined ? '' : sourceLine(content, oldest) }
}

/** What is still to come of the campaigns of that name, a line each, or that nothing is. */
export function calendarText(content: Content, campaign: string, day: string): string {
  const lines = calendarLines(content.calendars, campaign, day)
  return lines.length === 0 ? reply(content, 'calendar_empty') : lines.join('\n')
}

/** What an article comes to on that day; `other` as in `shortAnswer`. */
export function articleMessage(content: Content, article: Article, day: string, other: Article | null = null): Message {
  return isExpired(article, day) ? expiredAnswer(content, article) : shortAnswer(content, article, other)
}
