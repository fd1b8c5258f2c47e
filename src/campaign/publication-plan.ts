import type { SkipReason } from '../core/campaign.ts'
import { vietnamDay, type Millis } from '../core/time.ts'
import { overAllowance } from './allowance.ts'
import { afterQuiet, isQuiet } from './decide.ts'
import { factSheet, type LineForecast } from './forecast.ts'
import type { PlanInput, PlanLine } from './lines.ts'
import { meansTable } from './means.ts'
import type { People } from './people.ts'

/** One for all: whether each may go up at all. */
export function planPublications(lines: readonly PlanLine[], people: People, input: PlanInput): Map<PlanLine, LineForecast> {
  const dueAt = new Map(lines.map((line) => [line, publicationTime(line, input.now)]))
  const refused = new Map<PlanLine, SkipReason>()
  for (const line of lines) {
    if (line.terms.unsupported) refused.set(line, 'unsupported_content')
    else if (line.terms.atNight === 'skip' && isQuiet(line.terms.quiet, dueAt.get(line)!)) refused.set(line, 'night_hours')
  }
  const rest = lines.filter((line) => !refused.has(line))
  for (const group of Map.groupBy(rest, ({ account, choice }) => `${choice.means} ${account}`).values()) {
    const { choice: { means }, account, rules } = group[0]!
    const left = (most: number | undefined, span: string): number | null => (most === undefined ? null : most - input.used(means, account, span))
    const over = overAllowance(group.map((line, index) => ({ id: String(index), at: dueAt.get(line)!, isKeyDay: input.campaign.keyDays.includes(vietnamDay(dueAt.get(line)!)) })), {
      leftOnDay: (day) => left(rules.contact_daily?.value, day),
      leftInMonth: (month) => left(rules.account_monthly?.value, month),
    })
    group.forEach((line, index) => {
      const reason = over.get(String(index))
      if (reason !== undefined) refused.set(line, reason)
    })
  }
  return new Map(lines.map((line) => {
    const reason = refused.get(line) ?? null
    const reached = reason === null ? 1 : 0
    return [line, {
      ...factSheet(line, input.now), audience: 1, reached, skippedBy: reason === null ? {} : { [reason]: 1 },
      startsAt: reached === 1 ? dueAt.get(line)! : null, endsAt: reached === 1 ? dueAt.get(line)! : null,
      delayedByNight: reached === 1 && dueAt.get(line)! > Math.max(line.post.at, input.now) ? 1 : 0,
      quotaEndsAt: reason === 'quota' ? dueAt.get(line)! : null,
      cost: { dong: reached * (line.rules.price?.value ?? 0), complete: line.rules.price !== null || reached === 0 },
      optedOutReached: meansTable[line.choice.means].pushesToFollowers ? reached * people.optedOut(line.account) : null,
    }]
  }))
}

/** When a publication goes up: at its time, or at once when that is past; in the morning where it may wait for it. */
export function publicationTime({ post, terms }: Pick<PlanLine, 'post' | 'terms'>, now: Millis): Millis {
  const at = Math.max(post.at, now)
  return terms.atNight === 'wait' ? afterQuiet(terms.quiet, at) : at
}
