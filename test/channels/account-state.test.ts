import { describe, expect, it } from 'vitest'
import { hearAccountState, isStopped, readAccountState, recoverAccount, setAccountState, statusAfter } from '../../src/channels/account-state.ts'
import type { Entries } from '../../src/core/ports.ts'
import { HOUR } from '../../src/core/time.ts'
import { memoryEntries } from './entries.ts'

const page = 'facebook:1029384756' as const

describe('account state', () => {
  it('is ok for an account nobody has stopped', async () => {
    expect(isStopped(await readAccountState(memoryEntries(), page), 0)).toBe(false)
  })
  it('tells a change once and keeps since when', async () => {
    const entries = memoryEntries()
    expect(await setAccountState(entries, page, { status: 'needs_consent', code: '190' }, 10)).toBe(true)
    expect(await setAccountState(entries, page, { status: 'needs_consent', code: '190' }, 20)).toBe(false)
    expect(await setAccountState(entries, page, { status: 'needs_consent', code: '190/460' }, 30)).toBe(false)
    expect(await readAccountState(entries, page)).toEqual({ status: 'needs_consent', code: '190/460', since: 10, worksUntil: null })
  })
  it('loses no change when two processes write at once', async () => {
    const entries = memoryEntries()
    const changed = await Promise.all([setAccountState(entries, page, { status: 'blocked', code: '368' }, 1), setAccountState(entries, page, { status: 'blocked', code: '368' }, 2)])
    expect(changed.filter(Boolean)).toHaveLength(1)
  })
  it('goes on until the access token ends where only the refresh token is dead', () => {
    const state = { status: 'needs_consent', since: 0, code: '-14014', worksUntil: 100 } as const
    expect([isStopped(state, 99), isStopped(state, 100)]).toEqual([false, true])
  })
  it.each([['consent', 'needs_consent'], ['permission', 'blocked'], ['money', 'blocked'], ['blocked', 'blocked']] as const)('%s leads to %s', (needs, status) => {
    expect(statusAfter({ kind: 'bad_configuration', needs })).toBe(status)
  })
  it('ends a wait for a token when the platform takes one again', async () => {
    const entries = memoryEntries()
    await setAccountState(entries, page, { status: 'needs_consent', code: '190' }, 0)
    expect(await recoverAccount(entries, page, 1)).toBe(true)
    expect((await readAccountState(entries, page)).status).toBe('ok')
    expect(await recoverAccount(entries, page, 2)).toBe(false)
  })
  it('does not take a dying token for a good one', async () => {
    const entries = memoryEntries()
    await setAccountState(entries, page, { status: 'needs_consent', code: '-14014', worksUntil: 100 }, 0)
    expect(await recoverAccount(entries, page, 1)).toBe(false)
  })
  it('tries a blocked account again after six hours', async () => {
    const entries = memoryEntries()
    await setAccountState(entries, page, { status: 'blocked', code: '368' }, 0)
    expect([await recoverAccount(entries, page, 6 * HOUR - 1), await recoverAccount(entries, page, 6 * HOUR)]).toEqual([false, true])
  })

  describe('as the platform tells it', () => {
    const block = { status: 'blocked', code: 'policy_block' } as const
    const unblock = { status: 'ok', code: null } as const

    it('is what it says last', async () => {
      const entries = memoryEntries()
      expect([await hearAccountState(entries, page, block, 10), await hearAccountState(entries, page, unblock, 20), await hearAccountState(entries, page, block, 30)]).toEqual([true, true, true])
      expect(await readAccountState(entries, page)).toMatchObject({ status: 'blocked', since: 30 })
    })
    it.each([['stops no account that was let go since', block, unblock], ['lets no account go that was stopped since', unblock, block]])('repeated, it %s', async (_, first, second) => {
      const entries = memoryEntries()
      await setAccountState(entries, page, second === block ? unblock : block, 5)
      await setAccountState(entries, page, first, 10)
      await setAccountState(entries, page, second, 20)
      expect(await hearAccountState(entries, page, first, 10)).toBe(false)
      expect(await readAccountState(entries, page)).toMatchObject({ status: second.status, since: 20 })
    })
    it('stops no account that an administrator let go in that very moment', async () => {
      const entries = memoryEntries()
      await setAccountState(entries, page, block, 5)
      let consents = true
      const meanwhile: Entries = { ...entries, async writeEntry(...given) {
        if (consents) await setAccountState(entries, page, unblock, 20)
        consents = false
        return entries.writeEntry(...given)
      } }
      expect(await hearAccountState(meanwhile, page, { status: 'revoked', code: 'token_revoked' }, 10)).toBe(false)
      expect(await readAccountState(entries, page)).toMatchObject({ status: 'ok', since: 20 })
    })
    it('says why an account is stopped that a send has found stopped a moment later', async () => {
      const entries = memoryEntries()
      await setAccountState(entries, page, { status: 'needs_consent', code: '-216' }, 11)
      await hearAccountState(entries, page, { status: 'revoked', code: 'token_revoked' }, 10)
      expect((await readAccountState(entries, page)).status).toBe('revoked')
    })
  })
})
