import { errorName } from '../core/error-name.ts'
import type { Log } from '../core/ports.ts'
import type { Clock, Millis } from '../core/time.ts'
import { createUnnoted } from '../delivery/unnoted.ts'
import type { Deliveries, FinishedDelivery } from '../store/ports.ts'
import type { Lane } from './run-lane.ts'

/** How sends ended, written together: each wait for the disk holds up replies. */
export interface SendNotes {
  /** With the next `write`, or a moment later without one. */
  soon(lane: Lane, end: FinishedDelivery): void
  /** All that wait. What follows from them, such as the next part of a long post, may be due when it resolves. Never rejects. */
  write(): Promise<void>
  /** At once. Never rejects. */
  now(ended: readonly FinishedDelivery[]): Promise<void>
  /** The store could not take some. They went out, and must not be taken for unknown: nothing more is claimed until it could. */
  isBehind(): boolean
  /** Tries those once more. */
  again(): Promise<void>
  /** Writes what waits, and from now on everything at once. */
  stop(): void
}

export interface SendNotesPorts {
  store: Pick<Deliveries, 'finishDeliveries'>
  after(time: Millis, work: () => void): () => void
  /** Whatever must end before the program does. */
  track(work: Promise<void>): void
  now: Clock
  log: Log
}

const writtenWithin: Millis = 200
/** So many wait at most: a kill leaves them unknown. */
const mostTogether = 8

/** `wrote`: ends of this lane are in the store. */
export function createSendNotes({ store, after, track, now, log }: SendNotesPorts, wrote: (lane: Lane) => void): SendNotes {
  let waiting: { lane: Lane; end: FinishedDelivery }[] = []
  let cancelTimer: (() => void) | null = null
  const unnoted = createUnnoted(store, now)
  let stopping = false

  async function note(ended: readonly FinishedDelivery[]): Promise<void> {
    try {
      await store.finishDeliveries([...ended], now())
    } catch (error) {
      unnoted.keep(ended)
      failed(error)
    }
  }

  const failed = (error: unknown): void => log.error({ count: unnoted.count(), error: errorName(error) }, 'cannot note how announcements ended')

  async function write(): Promise<void> {
    cancelTimer?.()
    cancelTimer = null
    if (waiting.length === 0) return
    const noting = waiting
    waiting = []
    await note(noting.map(({ end }) => end))
    for (const lane of new Set(noting.map(({ lane: of }) => of))) wrote(lane)
  }

  return {
    write,
    now: note,
    isBehind: () => unnoted.count() > 0,
    soon(lane, end) {
      waiting.push({ lane, end })
      if (stopping || waiting.length >= mostTogether) return track(write())
      cancelTimer ??= after(writtenWithin, () => track(write()))
    },
    again: () => unnoted.noteAgain().catch(failed),
    stop() {
      stopping = true
      track(write())
    },
  }
}
