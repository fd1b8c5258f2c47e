import type { SkipReason } from '../core/campaign.ts'
import type { AccountKey } from '../core/contact.ts'
import { othersTurn } from '../core/others-turn.ts'
import { SECOND, vietnamDay, type Millis } from '../core/time.ts'
import { monthOf } from './allowance.ts'
import { afterQuiet, quietFrom, whyNotSend, type SendFacts, type SendTerms } from './decide.ts'
import { factSheet, type LineForecast } from './forecast.ts'
import type { People } from './people.ts'
import type { PlanInput, PlanLine } from './lines.ts'
import type { MeansRules } from './rules.ts'

/** Of the permitted rate so much is really sent: measured over a minute with a platform that answers within 50 ms. */
const expectedShare = 0.9
/** People a line is asked about in one go; then others have their turn. */
const lookedAtOnce = 2_000

/**
 * Sends every post in thought, one after another on each account, at the account's rate and around quiet hours, asking the
 * same decider as the sender about each person at the moment their turn would come.
 */
export async function planSending(lines: readonly PlanLine[], people: People, { now, used }: Pick<PlanInput, 'now' | 'used'>): Promise<Map<PlanLine, LineForecast>> {
  const freeAt = new Map<AccountKey, Millis>()
  const quotas = new Map<string, Quota>()
  const told = new Map<PlanLine, LineForecast>()
  for (const line of lines) {
    const { account, choice: { means }, terms, rules, post } = line
    const key = `${means} ${account}`
    const quota = quotas.get(key) ?? createQuota(rules, (span) => used(means, account, span))
    quotas.set(key, quota)
    const clock = createClock(Math.max(post.at, now, freeAt.get(account) ?? 0), terms, line.calls * interval(rules))
    const { reached, paid, delayed, ...outcome } = await sendLine(line, people, clock, quota)
    if (reached > 0) freeAt.set(account, clock.freeAt())
    const free = reached - paid
    const cost = {
      dong: free * (rules.price?.value ?? 0) + paid * (rules.paid_price?.value ?? 0),
      complete: (free === 0 || rules.price !== null) && (paid === 0 || rules.paid_price !== null),
    }
    told.set(line, { ...factSheet(line, now), ...outcome, audience: people.of(line).length, reached, delayedByNight: delayed, cost, optedOutReached: null })
  }
  return told
}

/** Everybody of one line's audience in turn. */
async function sendLine(line: PlanLine, people: People, clock: SendingClock, quota: Quota) {
  const person: SendFacts = { lastInboundAt: null, optedOut: false, blocked: false, consented: false, campaignDay: null, campaignsThatDay: 0 }
  const count = { reached: 0, paid: 0, delayed: 0 }
  const skippedBy: Partial<Record<SkipReason, number>> = {}
  const when = { startsAt: null as Millis | null, endsAt: null as Millis | null, quotaEndsAt: null as Millis | null }
  let looked = 0
  for (const index of people.of(line)) {
    if (++looked % lookedAtOnce === 0) await othersTurn()
    const at = clock.now()
    const reason = whyNotSend(people.read(index, person), line.terms, quota.left(at), at)
    if (reason !== null) {
      skippedBy[reason] = (skippedBy[reason] ?? 0) + 1
      if (reason === 'quota') when.quotaEndsAt ??= at
      continue
    }
    count.reached++
    if (clock.waited()) count.delayed++
    if (isPaid(person.lastInboundAt, line.rules, at)) count.paid++
    when.startsAt ??= at
    when.endsAt = at
    people.gotPost(index, vietnamDay(at))
    quota.spend(at)
    clock.tick()
  }
  return { ...count, ...when, skippedBy }
}

/** After the free window what is sent is billed. */
const isPaid = (lastInboundAt: Millis | null, { window, paid_window }: MeansRules, at: Millis): boolean =>
  window !== null && paid_window !== null && (lastInboundAt === null || at - lastInboundAt > window.value)

/** Milliseconds between two calls at the rate that is really reached. */
const interval = ({ rate }: MeansRules): Millis => (rate === null ? SECOND / 30 : rate.value.within / rate.value.most) / expectedShare

interface SendingClock {
  now(): Millis
  tick(): void
  /** When the last send gave its place free, be it by night: another post may not wait for the morning. */
  freeAt(): Millis
  /** A night lies between the start and now. */
  waited(): boolean
}

/** The moment of the next send: at the account's pace, and over the night where it waits. */
function createClock(start: Millis, { quiet, atNight }: SendTerms, step: Millis): SendingClock {
  const waits = atNight === 'wait'
  const nightAfter = (at: Millis): Millis => (waits ? (quietFrom(quiet, at) ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY)
  let from = waits ? afterQuiet(quiet, start) : start
  let night = nightAfter(from)
  let waited = from > start
  // Counted, not added up: thousands of fractions of a millisecond would drift.
  let steps = 0
  let at = from
  let freeAt = from
  return {
    now() {
      if (at < night) return at
      from = at = afterQuiet(quiet, at)
      steps = 0
      night = nightAfter(at)
      waited = true
      return at
    },
    waited: () => waited,
    freeAt: () => freeAt,
    tick() {
      freeAt = at = from + ++steps * step
    },
  }
}

interface Quota { left(at: Millis): number | null; spend(at: Millis): void }

/** What the account may still send by a means on the day and in the month of a moment. */
function createQuota({ account_daily: daily, account_monthly: monthly }: MeansRules, used: (span: string) => number): Quota {
  if (daily === null && monthly === null) return { left: () => null, spend: () => undefined }
  const spent = new Map<string, number>()
  const usedIn = (span: string): number => spent.get(span) ?? used(span)
  const left = (most: number | undefined, span: string): number => (most === undefined ? Number.POSITIVE_INFINITY : most - usedIn(span))
  return {
    left: (at) => Math.min(left(daily?.value, vietnamDay(at)), left(monthly?.value, monthOf(at))),
    spend(at) {
      for (const span of [vietnamDay(at), monthOf(at)]) spent.set(span, usedIn(span) + 1)
    },
  }
}
