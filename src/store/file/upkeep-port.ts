import type { Millis } from '../../core/time.ts'
import type { RetentionTerms, Upkeep } from '../ports.ts'
import { dropAudit } from './campaigns-document.ts'
import type { AnonymousDocument } from './erasure.ts'
import { eraseContact } from './erasing.ts'
import type { GroupCommit } from './group-commit.ts'
import { withRevived } from './inbox.ts'
import { unansweredOf } from './outcomes.ts'
import { expire, hasExpired, isOver, nothingRemoved, type Removed } from './retention.ts'
import type { Summary } from './summary.ts'
import { Unit, type State } from './unit.ts'

export function upkeepPort(state: State, commits: GroupCommit): Omit<Upkeep, 'dumpRows' | 'loadRows'> {
  const { documents, index } = state

  return {
    nextDueAt: async () => index.nextDueAt(),

    sweep: (terms, now, limit) => commits.run((unit) => {
      index.see(now)
      const removed = nothingRemoved()
      const more = [sweepContacts(unit, terms, now, limit, removed), sweepAnonymous(unit, terms, now, limit, removed), sweepUnanswered(unit, terms, now, limit, removed), sweepAudit(unit, terms, now, limit, removed)]
      return { removed, more: more.includes(true) }
    }),

    deadEvents: async (limit) => {
      const unit = new Unit(state)
      return [...index.deadEvents].slice(0, limit).flatMap(([id, contactKey]) => {
        const row = unit.contact(contactKey)?.events.find((event) => event.id === id)
        return row === undefined ? [] : [{ id, contactKey, kind: row.kind, cause: row.cause ?? '', at: row.endedAt ?? row.receivedAt }]
      })
    },

    reviveEvent: (id, now) => commits.run((unit) => {
      index.see(now)
      const document = unit.contact(index.deadEvents.get(id) ?? '')
      const after = document && withRevived(document, id, now)
      if (!after) return false
      unit.saveContact(after)
      return true
    }),
  }

  /** True when there is more than `limit` of anything. */
  function sweepContacts(unit: Unit, terms: RetentionTerms, now: Millis, limit: number, removed: Removed): boolean {
    let more = false
    for (const [key, summary] of index.entries()) {
      if (isIdle(summary, terms, now)) {
        if (removed.idleContact < limit) {
          const idle = unit.contact(key)
          if (idle !== null) eraseContact(unit, idle, now, { farewell: [], tombstone: false })
          removed.idleContact++
          continue
        }
        more = true
      }
      if (!hasExpired(summary.oldest, terms, now)) continue
      const before = unit.contact(key)
      if (before === null) continue
      const { document, history, anonymous } = expire(before, unit.history(before), terms, now, limit, removed)
      if (anonymous.length > 0) unit.keepAnonymous({ deliveries: anonymous }, now)
      unit.saveContactWith(document, history)
      more ||= hasExpired(index.get(key)!.oldest, terms, now)
    }
    return more
  }

  function sweepAnonymous(unit: Unit, terms: RetentionTerms, now: Millis, limit: number, removed: Removed): boolean {
    const over = new Map<string, Set<string>>()
    for (const [id, { name, receivedAt }] of state.anonymousEvents) {
      if (!isOver(receivedAt, terms.dedupeKey, now)) continue
      if (removed.dedupeKey >= limit) {
        removeAnonymousEvents(unit, over)
        return true
      }
      removed.dedupeKey++
      over.set(name, (over.get(name) ?? new Set()).add(id))
    }
    removeAnonymousEvents(unit, over)
    return false
  }

  function removeAnonymousEvents(unit: Unit, over: ReadonlyMap<string, ReadonlySet<string>>): void {
    for (const [name, ids] of over) {
      const document = unit.read<AnonymousDocument>(name)
      if (document !== null) unit.write(name, { ...document, events: document.events.filter(({ id }) => !ids.has(id)) })
      unit.forgetAnonymousEvents(ids)
    }
  }

  function sweepUnanswered(unit: Unit, terms: RetentionTerms, now: Millis, limit: number, removed: Removed): boolean {
    for (const name of documents.names('unanswered')) {
      const rows = unansweredOf(unit.read(name))
      const over = rows.filter((row) => isOver(row.at, terms.unanswered, now))
      const gone = new Set(over.slice(0, limit - removed.unanswered))
      removed.unanswered += gone.size
      if (gone.size > 0) unit.write(name, gone.size === rows.length ? null : { rows: rows.filter((row) => !gone.has(row)) })
      if (gone.size < over.length) return true
    }
    return false
  }

  function sweepAudit(unit: Unit, terms: RetentionTerms, now: Millis, limit: number, removed: Removed): boolean {
    removed.audit = dropAudit(unit, ({ at }) => isOver(at, terms.audit, now), limit)
    return removed.audit === limit
  }
}

const isIdle = (summary: Summary, terms: RetentionTerms, now: Millis): boolean =>
  isOver(summary.lastEventAt, terms.idleContact, now) && summary.turn === null && (summary.queued === null || isOver(summary.queued.newestAt, terms.idleContact, now))
