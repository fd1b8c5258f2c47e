import { expect, it } from 'vitest'
import { inTurns } from '../../src/console/in-turns.ts'
import type { Store } from '../../src/store/ports.ts'

/** What happened, in order; `turn`: somebody else's turn of the event loop. */
function watched() {
  const seen: string[] = []
  const read = (name: string) => async (): Promise<string> => {
    seen.push(name)
    return name
  }
  const store = inTurns({ load: read('load'), listHandovers: read('handovers'), readEntry: read('entry') } as unknown as Store)
  const others = setInterval(() => seen.push('turn'), 0)
  return { store, seen, end: () => clearInterval(others) }
}

it('begins one long read after another, others between; short ones at once', async () => {
  const { store, seen, end } = watched()
  await Promise.all([store.load(0), store.listHandovers({ open: true, limit: 1 }), store.load(0), store.readEntry('a')])
  end()
  expect(seen.filter((each) => each !== 'turn')).toEqual(['entry', 'load', 'handovers', 'load'])
  expect(seen.join(' ')).toMatch(/load( turn)+ handovers( turn)+ load/)
})

it('goes on after a read that failed', async () => {
  const store = inTurns({ load: () => { throw new Error('gone') }, deadEvents: async () => [] } as unknown as Store)
  await expect(store.load(0)).rejects.toThrow('gone')
  expect(await store.deadEvents(1)).toEqual([])
})
