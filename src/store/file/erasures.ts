import * as z from 'zod'
import { StoreUnavailable } from '../ports.ts'
import type { Tombstones } from '../tombstones.ts'
import { eraseContact } from './erasing.ts'
import type { State, Unit } from './unit.ts'

/** How many lines of tombstones this folder's contacts have seen, in `tombstones.json`: a restored backup has seen fewer. */
export const tombstonesDocument = z.object({ seen: z.number().int().nonnegative() })
const TOMBSTONES_SEEN = 'tombstones'

/** Notes who is erased by the unit, outside the documents and before they change. */
export function noteErasures(unit: Unit, tombstones: Tombstones): void {
  if (unit.erased.length === 0) return
  try {
    for (const { key, at } of unit.erased) tombstones.add([key], at)
    unit.write(TOMBSTONES_SEEN, { seen: tombstones.list().length })
  } catch (error) {
    throw new StoreUnavailable('the store folder cannot be written', { cause: error })
  }
}

/** Erases whom a restored backup brought back: whoever was erased after it was made. By count, so that no clock matters. */
export function eraseReturned(unit: Unit, state: State, tombstones: Tombstones): void {
  const lines = tombstones.list()
  const seen = unit.read<z.infer<typeof tombstonesDocument>>(TOMBSTONES_SEEN)?.seen ?? 0
  if (seen >= lines.length) return
  for (const { contactKey } of lines.slice(seen)) {
    const document = unit.contact(contactKey)
    if (document !== null) eraseContact(unit, document, state.options.now, { farewell: [], tombstone: false })
  }
  unit.write(TOMBSTONES_SEEN, { seen: lines.length })
}
