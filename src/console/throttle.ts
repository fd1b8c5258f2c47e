import { createHash } from 'node:crypto'
import { HOUR, MINUTE, type Millis } from '../core/time.ts'
import type { Register } from '../store/ports.ts'

/** How often one may fail before waiting: so many times for nothing, then a minute, doubling to a quarter of an hour. */
const free = { name: 5, address: 30 } as const
const longestWait = 15 * MINUTE
/** After so long without a try all is forgotten. */
const forgotten = HOUR

type Kind = keyof typeof free
/** `lastAt`: of the try before the one at `at`. */
interface Tries { count: number; at: Millis; lastAt?: Millis; until: Millis }

/** Failed logins per name and per address, in the store, so that several processes count together. */
export interface Throttle {
  /** Counts a try before it is made, so that a hundred at once count too. Zero: go on; else how long to wait. */
  begin(name: string, address: string, now: Millis): Promise<Millis>
  /** The try succeeded: the name begins anew; for the address it is as if this one had never been, so that colleagues behind it do not wait. */
  succeeded(name: string, address: string): Promise<void>
}

/** One of 4,096 places each for names and addresses: strangers who try many of them cannot fill the store. */
const entryName = (kind: Kind, value: string): string => `throttle:${kind}:${createHash('sha256').update(value).digest('hex').slice(0, 3)}`

/** Whoever has one address of IPv6 has 2^64 of them: its first half tells whose it is. Others as they are. */
function whoseAddress(address: string): string {
  if (!/^[\da-f:]*:[\da-f:]*$/i.test(address)) return address
  const [head = '', tail] = address.toLowerCase().split('::')
  const [before, after] = [head, tail ?? ''].map((part) => part.split(':').filter((group) => group !== ''))
  const groups = tail === undefined ? before! : [...before!, ...Array<string>(Math.max(0, 8 - before!.length - after!.length)).fill('0'), ...after!]
  return groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, '')).join(':')
}

const mostTurns = 50

export function createThrottle(register: Register): Throttle {
  async function change(kind: Kind, value: string, next: (before: Tries) => Tries | null): Promise<Tries | null> {
    for (let turn = 0; turn < mostTurns; turn++) {
      const entry = await register.readEntry(entryName(kind, value))
      const before: Tries = entry === null ? { count: 0, at: 0, until: 0 } : (JSON.parse(entry.value) as Tries)
      const after = next(before)
      if (after === null) return before
      if (await register.writeEntry(entryName(kind, value), JSON.stringify(after), entry?.version ?? 0)) return after
    }
    return null
  }

  /** How long to wait; the try is counted where it is zero. */
  async function count(kind: Kind, value: string, now: Millis): Promise<Millis> {
    let wait = 0
    const noted = await change(kind, value, (before) => {
      wait = Math.max(0, before.until - now)
      if (wait > 0) return null
      const tries = now - before.at > forgotten ? 1 : before.count + 1
      return { count: tries, at: now, lastAt: before.at, until: tries < free[kind] ? 0 : now + Math.min(longestWait, MINUTE * 2 ** Math.min(10, tries - free[kind])) }
    })
    return noted === null ? MINUTE : wait
  }

  return {
    async begin(name, address, now) {
      const byAddress = await count('address', whoseAddress(address), now)
      return byAddress > 0 ? byAddress : count('name', name, now)
    },
    async succeeded(name, address) {
      await change('name', name, () => ({ count: 0, at: 0, until: 0 }))
      await change('address', whoseAddress(address), ({ count: tries, at, lastAt }) => ({ count: Math.max(0, tries - 1), at: lastAt ?? at, until: 0 }))
    },
  }
}
