import type { Transaction } from './database.ts'

/** A contact by its row or by its key. */
export interface Touched { id?: number; key?: string }

const lock = 'select 1 from contacts where id = any($1::bigint[]) or contact_key = any($2::text[]) order by id for no key update'

/**
 * Locks the rows of these contacts until the transaction ends, in the order of their ids: so no two transactions wait for each
 * other in a circle. Everything of a contact (its events, mailbox, deliveries) is changed only under this lock, and every
 * statement after it sees what the holder before it committed (isolation level "read committed"): a contact's changes happen one
 * after another, whatever many processes do. Claims of what is due take the same lock, but pass over what is locked.
 */
export function lockContacts(transaction: Transaction, touched: readonly Touched[]): void {
  const ids = new Set<number>()
  const keys = new Set<string>()
  for (const { id, key } of touched) {
    if (id !== undefined) ids.add(id)
    if (key !== undefined) keys.add(key)
  }
  if (ids.size + keys.size > 0) transaction.send(lock, [[...ids], [...keys]])
}

/**
 * Elements in waves, each with at most one for a contact: the second of a contact must see what the first has done. `apply`
 * answers one result for each of its elements.
 */
export async function inWaves<E, R>(elements: readonly E[], contactOf: (element: E) => number, apply: (wave: readonly E[]) => Promise<R[]>): Promise<R[]> {
  const results: R[] = []
  let left = elements.map((element, index) => ({ element, index }))
  while (left.length > 0) {
    const seen = new Set<number>()
    const wave = left.filter(({ element }) => {
      const contact = contactOf(element)
      return !seen.has(contact) && seen.add(contact)
    })
    const inWave = new Set(wave)
    left = left.filter((each) => !inWave.has(each))
    const ends = await apply(wave.map(({ element }) => element))
    for (const [n, { index }] of wave.entries()) results[index] = ends[n]!
  }
  return results
}
