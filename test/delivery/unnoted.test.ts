import { expect, it } from 'vitest'
import { createUnnoted } from '../../src/delivery/unnoted.ts'
import type { FinishedDelivery } from '../../src/store/ports.ts'

const ended = (id: string): FinishedDelivery => ({ id, claim: '1.1', end: { status: 'sent', platformMessageId: id } })

it('notes again what the store could not take, until it can', async () => {
  let works = false
  const noted: string[] = []
  const unnoted = createUnnoted({
    async finishDeliveries(results) {
      if (!works) throw new Error('away')
      noted.push(...results.map(({ id }) => id))
      return results.map(() => true)
    },
  }, () => 0)
  await unnoted.noteAgain()
  unnoted.keep([ended('a')])
  unnoted.keep([ended('b'), ended('c')])
  await expect(unnoted.noteAgain()).rejects.toThrow('away')
  expect(unnoted.count()).toBe(3)
  expect(unnoted.take('a')).toEqual(ended('a'))
  expect(unnoted.take('a')).toBeUndefined()
  works = true
  await unnoted.noteAgain()
  await unnoted.noteAgain()
  expect(noted).toEqual(['b', 'c'])
  expect(unnoted.count()).toBe(0)
})
