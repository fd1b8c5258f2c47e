import { isDeepStrictEqual } from 'node:util'
import * as z from 'zod'
import { StoreUnavailable } from '../ports.ts'
import { hasNoKey, type Tombstones } from '../tombstones.ts'
import { eraseContact } from './erasing.ts'
import type { State, Unit } from './unit.ts'

/** Up to which line these documents know the tombstones, in `tombstones.json`: a restored backup knows fewer. */
export const tombstonesDocument = z.object({ seen: z.number().int().nonnegative(), last: z.object({ contactKey: z.string(), at: z.number() }).nullable() })
type Seen = z.infer<typeof tombstonesDocument>
const TOMBSTONES_SEEN = 'tombstones'

/** Notes who is erased by the unit, outside the documents and before they change. */
export function noteErasures(unit: Unit, tombstones: Tombstones): void {
  if (unit.erased.length === 0) return
  try {
    for (const { key, at } of unit.erased) tombstones.add([key], at)
    unit.write(TOMBSTONES_SEEN, seenNow(tombstones))
  } catch (error) {
    throw new StoreUnavailable('the store folder cannot be written', { cause: error })
  }
}

/** Erases whom a restored backup brought back: whoever was erased after it was made. */
export function eraseReturned(unit: Unit, state: State, tombstones: Tombstones): void {
  const before = unit.read<Seen>(TOMBSTONES_SEEN) ?? { seen: 0, last: null }
  const now = seenNow(tombstones)
  if (before.seen === now.seen && isDeepStrictEqual(before.last, now.last)) return
  for (const contactKey of unseen(before, tombstones, state)) {
    const document = unit.contact(contactKey)
    if (document !== null) eraseContact(unit, document, state.options.now, { farewell: [], tombstone: false })
  }
  unit.write(TOMBSTONES_SEEN, now)
}

/**
 * By place in the list, so that no clock matters; when these documents know another list (the backup comes from another
 * machine), by time: who was first seen after the erasure is somebody new.
 */
function unseen({ seen, last }: Seen, tombstones: Tombstones, state: State): string[] {
  const lines = tombstones.list()
  const sameList = seen === 0 || isSameLine(lines[seen - 1], last)
  const apply = sameList ? lines.slice(seen) : lines.filter(({ contactKey, at }) => (state.index.get(contactKey)?.firstSeenAt ?? Infinity) <= at)
  return apply.map(({ contactKey }) => contactKey)
}

/** A line may have lost its key since; its time it keeps. */
const isSameLine = (line: Seen['last'] | undefined, last: Seen['last']): boolean =>
  line?.at === last?.at && (line?.contactKey === last?.contactKey || hasNoKey(line?.contactKey ?? ''))

function seenNow(tombstones: Tombstones): Seen {
  const lines = tombstones.list()
  return { seen: lines.length, last: lines.at(-1) ?? null }
}
