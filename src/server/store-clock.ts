import { SECOND, type Clock, type Millis } from '../core/time.ts'
import type { Store } from '../store/ports.ts'

/** What time a server says it is: that of its machine, or that of the store where many machines share one. */
export interface StoreClock {
  now: Clock
  /** Asks the shared store what time it is; does nothing where there is none. Rejects as the store does: the clock then goes on from what it knew. */
  read(): Promise<void>
}

/** The clocks of this machine: one that is set from outside, and one that only goes on, from any beginning. */
export interface MachineClocks { wall: Clock; steady: Clock }
const machine: MachineClocks = { wall: Date.now, steady: () => performance.now() }

/** The two clocks of a machine part by so much where one was set, or where the machine slept. */
const noticed: Millis = 1 * SECOND

/**
 * The time of a shared store goes on by the steady clock, so that a machine whose time is set (by hand, by a time server) sees nobody's lease run out early
 * and gives none that is over. While a machine sleeps its steady clock may stand still: where the two clocks part the store is asked at once.
 */
export function createStoreClock({ clockAhead }: Pick<Store, 'clockAhead'>, { wall, steady }: MachineClocks = machine): StoreClock {
  if (clockAhead === undefined) return { now: wall, read: async () => undefined }
  /** Of the steady clock; null before the first answer. */
  let ahead: Millis | null = null
  let apart = wall() - steady()

  async function read(): Promise<void> {
    apart = wall() - steady()
    const asked = Math.floor(steady())
    const most = await clockAhead!(asked)
    // The store looked at its clock somewhere between question and answer.
    const least = most - (Math.floor(steady()) - asked)
    ahead = ahead === null ? (least + most) / 2 : Math.min(most, Math.max(least, ahead))
  }

  return {
    read,
    now() {
      if (Math.abs(wall() - steady() - apart) > noticed) void read().catch(() => undefined)
      return ahead === null ? wall() : Math.floor(steady() + ahead)
    },
  }
}
