import type { Statistics } from '../ports.ts'
import { outcomesOf, unansweredOf } from './outcomes.ts'
import { outcomesFile } from './names.ts'
import type { State } from './unit.ts'

export function statisticsPort(state: State): Statistics {
  const { documents, index } = state
  return {
    readOutcomes: async (fromDay, toDay) => documents.names('outcomes')
      .filter((name) => name >= outcomesFile(fromDay) && name <= outcomesFile(toDay))
      .flatMap((name) => outcomesOf(documents.read(name))),

    listUnanswered: async (limit) => {
      const newest = []
      for (const name of documents.names('unanswered').reverse()) {
        newest.push(...unansweredOf(documents.read(name)).toSorted((a, b) => b.at - a.at))
        if (newest.length >= limit) break
      }
      return newest.slice(0, limit).map(({ id, question, status, at }) => ({ id, question, status, at }))
    },

    load: async (now) => {
      index.see(now)
      const { waitingSince, queuedSince } = index.oldest()
      return {
        contacts: index.size, waitingEvents: index.totals.waitingEvents, oldestWaiting: Math.max(0, now - (waitingSince ?? now)),
        queuedDeliveries: index.totals.queuedDeliveries, oldestQueued: Math.max(0, now - (queuedSince ?? now)), deadEvents: index.deadEvents.size,
        openHandovers: [...index.handovers.values()].filter(({ open }) => open).length, lastEventAt: Object.fromEntries(index.lastEventAt),
      }
    },
  }
}
