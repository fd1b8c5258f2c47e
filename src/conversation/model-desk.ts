import type { Answer, ModelTrace } from '../answer/answerer.ts'
import type { Article } from '../answer/article.ts'
import type { ModelApi } from '../answer/model/model.ts'
import { createBreaker } from '../answer/model/breaker.ts'
import { statusOf, type NotAsked } from '../answer/model/outcome.ts'
import { requestFor, write, type Request } from '../answer/model/writer.ts'
import type { ModelSettings } from '../config.ts'
import type { Contact } from '../core/contact.ts'
import { errorName } from '../core/error-name.ts'
import type { InboundEvent } from '../core/event.ts'
import type { Counters, Log } from '../core/ports.ts'
import { SECOND, vietnamDay, type Clock, type Millis } from '../core/time.ts'
import type { Register } from '../store/ports.ts'
import { isUrgent } from './decide.ts'
import { readSwitch, takeOne } from './model-register.ts'
import { modelArticles, whyNotAsked, type ModelQuestion } from './model-wish.ts'

/** Far below what the turn worker handles at once, so that a slow model never holds those who do not need it. */
const mostAtOnce = 32
/** Who waits longer than this sees that somebody is writing. */
const typingAfter: Millis = 1 * SECOND
/** The shortest-lived typing sign lasts five seconds. */
const typingEvery: Millis = 4 * SECOND

/** A question in its turn, with what is done while waiting. */
export interface WaitingQuestion extends Omit<ModelQuestion, 'now'> {
  contact: Contact
  /** Prolongs the claim, so that the wait fits into a fresh lease. */
  renew: () => Promise<unknown>
  /** Shows that somebody is writing; null where the platform has no such sign. */
  typing: (() => Promise<void>) | null
}

/** Where a turn that could use the model waits for it: never longer than the time budget, never in another contact's way. */
export interface ModelDesk {
  /** The answer with what became of the model; the very same answer, at once, where the model has no part. Never rejects. */
  improve(waiting: WaitingQuestion): Answer | Promise<Answer>
  /** New events: an emergency or an order ends its sender's wait, and so does a person who writes. */
  heard(events: readonly InboundEvent[]): void
  /** Ends all waits; the articles themselves are sent. Nothing is asked any more. */
  stop(): void
}

export interface DeskPorts {
  api: ModelApi
  settings: ModelSettings
  register: Register
  now: Clock
  counters: Counters
  log: Log
  after?: Timer
}

/** Calls back after a time, unless the returned function is called before. */
export type Timer = (delay: Millis, what: () => void) => () => void

type Interruption = 'timeout' | 'urgent' | 'staff' | 'stop'

/** A desk with its client, which is loaded only now: it is large, and many do without. */
export async function openModelDesk({ fetch: wayOut, ...ports }: Omit<DeskPorts, 'api'> & { fetch: typeof fetch }): Promise<ModelDesk> {
  const { createModelApi } = await import('../answer/model/api.ts')
  return createModelDesk({ ...ports, api: createModelApi({ ...ports.settings, fetch: wayOut }) })
}

export function createModelDesk({ api, settings, register, now, counters, log, after = startTimer }: DeskPorts): ModelDesk {
  const terms = { consentFor: settings.inVietnam ? null : settings.host, perContactADay: settings.perContactADay }
  const breaker = createBreaker()
  /** By contact; what ends the wait. */
  const waits = new Map<string, (why: Interruption) => void>()
  let stopped = false

  async function serve(waiting: WaitingQuestion, question: ModelQuestion, articles: readonly Article[]): Promise<Answer> {
    const trace = await settle(waiting, question, articles).catch((error: unknown): ModelTrace => {
      // The store alone can fail here, and then it is not known whether we may ask.
      log.warn({ error: errorName(error) }, 'cannot ask the model')
      return notAsked('switched_off')
    })
    counters.add('model_outcomes', { reason: trace.reason })
    return { ...waiting.answer, model: trace }
  }

  async function settle(waiting: WaitingQuestion, question: ModelQuestion, articles: readonly Article[]): Promise<ModelTrace> {
    const why = whyNotAsked(question, terms)
    // Nobody is asked to consent to what is switched off.
    if (why === 'consent_missing' && !(await readSwitch(register)).on) return notAsked('switched_off')
    if (why !== null) return notAsked(why)
    const request = requestFor(question.question, articles, vietnamDay(question.now))
    if (request === null) return notAsked('nothing_to_cite')
    const key = keyOf(waiting.contact)
    if (stopped || waits.size >= mostAtOnce || waits.has(key)) return notAsked('busy')
    const interrupted = new Promise<Interruption>((resolve) => waits.set(key, resolve))
    try {
      return (await whyNotNow()) ?? (await ask(waiting, request, interrupted, () => waits.get(key)?.('timeout')))
    } finally {
      waits.delete(key)
    }
  }

  /** What all processes share, and the server's health: null when it may be asked now. */
  async function whyNotNow(): Promise<ModelTrace | null> {
    if (breaker.rests(now())) return notAsked('resting')
    if (!(await readSwitch(register)).on) return notAsked('switched_off')
    if (!(await takeOne(register, settings.perDay, now()))) return notAsked('day_budget')
    return breaker.mayAsk(now()) ? null : notAsked('resting')
  }

  async function ask({ renew, typing }: WaitingQuestion, request: Request, interrupted: Promise<Interruption>, giveUp: () => void): Promise<ModelTrace> {
    await renew()
    const call = new AbortController()
    const endBudget = after(settings.timeout, giveUp)
    const endTyping = typing === null ? () => undefined : showAgainAndAgain(typing)
    const end = await Promise.race([write(api, request, call.signal), interrupted])
    endBudget()
    endTyping()
    if (typeof end === 'string') {
      call.abort()
      // Whoever else interrupted says nothing about the server.
      if (end === 'timeout') breaker.ended(false, now())
      return { reason: end === 'timeout' ? 'timeout' : 'interrupted', asked: true, written: null, overtaken: end === 'staff' }
    }
    countTokens(end.tokens)
    const written = typeof end.end === 'string' ? null : end.end
    const reason = typeof end.end === 'string' ? end.end : 'written'
    breaker.ended(statusOf(reason) !== 'model_unavailable', now())
    return { reason, asked: true, written }
  }

  function showAgainAndAgain(typing: () => Promise<void>): () => void {
    let cancel = after(typingAfter, show)
    function show(): void {
      void typing().catch(() => undefined)
      cancel = after(typingEvery, show)
    }
    return () => cancel()
  }

  function countTokens({ read, written }: { read: number; written: number }): void {
    counters.add('model_tokens', { direction: 'read' }, read)
    counters.add('model_tokens', { direction: 'written' }, written)
    counters.add('model_cost', {}, (read * settings.price.read + written * settings.price.written) / 1_000_000)
  }

  return {
    improve(waiting) {
      const question = { ...waiting, now: now() }
      const articles = modelArticles(question)
      return articles === null ? waiting.answer : serve(waiting, question, articles)
    },
    heard(events) {
      if (waits.size === 0) return
      for (const event of events) {
        const byPerson = event.kind === 'staff_reply' || (event.kind === 'staff_message' && !event.automatic)
        const why = byPerson ? 'staff' : isUrgent(event) ? 'urgent' : null
        if (why !== null) waits.get(keyOf(event.contact))?.(why)
      }
    },
    stop() {
      stopped = true
      for (const end of waits.values()) end('stop')
    },
  }
}

const notAsked = (reason: NotAsked): ModelTrace => ({ reason, asked: false, written: null })

const keyOf = ({ channel, accountId, userId }: Contact): string => `${channel}:${accountId}:${userId}`

function startTimer(delay: Millis, what: () => void): () => void {
  const timer = setTimeout(what, delay)
  return () => clearTimeout(timer)
}
