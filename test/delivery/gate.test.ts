import { expect, it } from 'vitest'
import { setAccountState } from '../../src/channels/account-state.ts'
import { createGate } from '../../src/delivery/gate.ts'
import { memoryEntries } from '../channels/entries.ts'

const oa = 'zalo:4300112233445566778'

it('an account whose token still works sends until it ends; one that was stopped here or elsewhere does not', async () => {
  let now = 1_000
  const register = { ...memoryEntries(), listEntries: async () => [] }
  const gate = createGate(register, [oa, 'facebook:1'], () => now)
  await setAccountState(register, oa, { status: 'needs_consent', code: '-14014', worksUntil: 5_000 }, now)
  expect(gate.isStopped(oa), 'not looked at yet').toBe(false)
  await gate.refresh()
  expect(gate.isStopped(oa)).toBe(false)
  now = 5_000
  expect(gate.isStopped(oa)).toBe(true)
  expect(gate.isStopped('facebook:1')).toBe(false)
  await gate.stop('facebook:1', 'permission', '10')
  expect(gate.isStopped('facebook:1')).toBe(true)
})
