import { isExpired, type Article } from '../answer/article.ts'
import type { Content } from '../content.ts'
import { fill } from '../core/fill.ts'
import type { Choice, Message } from '../core/message.ts'
import type { ReplyKey } from '../core/replies.ts'

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

/** A message with its choices also as a numbered list, the way every channel can show and every phone can answer. */
export function withList(content: Content, message: Message): Message {
  if (message.choices === undefined || message.choices.length === 0) return message
  const list = message.choices.map((choice, index) => `${index + 1}. ${choice.title}`).join('\n')
  return { ...message, text: [message.text, `${list}\n${reply(content, 'list_hint')}`].filter((part) => part !== '').join('\n\n') }
}

export const choice = (content: Content, key: ReplyKey, payload: string): Choice => ({ title: reply(content, key), payload })

export const menuChoice = (content: Content): Choice => choice(content, 'menu_title', 'k:menu')
export const humanChoice = (content: Content): Choice => choice(content, 'human_title', 'k:human')

/** The first message of an answer: the short answer, the official page, the source, at most three choices. */
export function shortAnswer(content: Content, article: Article): Message {
  const choices = [choice(content, 'not_helpful_title', `n:${article.id}`), humanChoice(content)]
  if (article.details !== '') choices.unshift(choice(content, 'steps_title', `s:${article.id}`))
  const page = article.actions[0]
  return {
    text: [article.short, [page === undefined ? '' : `${page.title}: ${page.url}`, sourceLine(content, article)].filter((line) => line !== '').join('\n')].join('\n\n'),
    choices,
  }
}

/** The steps behind a short answer, with the other official pages. */
export function fullAnswer(content: Content, article: Article): Message {
  const pages = article.actions.map(({ title, url }) => `${title}: ${url}`).join('\n')
  return {
    text: [`${article.title}`, article.details, [pages, sourceLine(content, article)].filter((line) => line !== '').join('\n')].join('\n\n'),
    choices: [choice(content, 'helpful_title', `y:${article.id}`), choice(content, 'not_helpful_title', `n:${article.id}`), humanChoice(content)],
  }
}

function sourceLine(content: Content, article: Article): string {
  const source = article.sources[0]
  if (source === undefined) return ''
  return reply(content, 'source_line', { source: source.number ?? source.title, reviewed: showDay(article.reviewed) })
}

/** Instead of an article past its review date: that it is being reviewed, and where the official word stands. */
export function expiredAnswer(content: Content, article: Article): Message {
  const url = article.actions[0]?.url ?? article.sources.find((source) => source.url !== null)?.url ?? ''
  return { text: reply(content, 'expired_article', { title: article.title, url }), choices: [menuChoice(content), humanChoice(content)] }
}

export function articleMessage(content: Content, article: Article, day: string): Message {
  return isExpired(article, day) ? expiredAnswer(content, article) : shortAnswer(content, article)
}

/** `2026-11-21` → `21/11/2026`. */
export const showDay = (day: string): string => day.split('-').reverse().join('/')
