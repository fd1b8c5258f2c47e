import { describe, expect, it } from 'vitest'
import { withStore, type OpenStore } from '../../support/store-fixtures.ts'

export function registerContract(open: OpenStore): void {
  describe('the register', () => {
    it('writes only over the version that was read', withStore(open, async (bench) => {
      const { store } = bench
      expect(await store.readEntry('account:a')).toBeNull()
      expect(await store.writeEntry('account:a', 'one', 1)).toBe(false)
      expect(await store.writeEntry('account:a', 'one', 0)).toBe(true)
      expect(await store.writeEntry('account:a', 'two', 0)).toBe(false)
      const one = (await store.readEntry('account:a'))!
      expect(one.value).toBe('one')
      expect(await store.writeEntry('account:a', 'two', one.version)).toBe(true)
      expect(await store.writeEntry('account:a', 'three', one.version)).toBe(false)
      const two = await (await bench.reopen()).readEntry('account:a')
      expect(two).toEqual({ value: 'two', version: expect.any(Number) })
      expect(two!.version).not.toBe(one.version)
    }))

    it('lets one of ten writers of the same version win', withStore(open, async ({ store }) => {
      const wins = await Promise.all(Array.from({ length: 10 }, (_, n) => store.writeEntry('token', `v${n}`, 0)))
      expect(wins.filter(Boolean)).toHaveLength(1)
      expect((await store.readEntry('token'))?.value).toBe(`v${wins.indexOf(true)}`)
    }))

    it('deletes with the right version only', withStore(open, async ({ store }) => {
      await store.writeEntry('pause', 'x', 0)
      const { version } = (await store.readEntry('pause'))!
      expect(await store.writeEntry('pause', null, version + 1)).toBe(false)
      expect(await store.writeEntry('pause', null, version)).toBe(true)
      expect(await store.writeEntry('pause', null, version)).toBe(false)
      expect(await store.readEntry('pause')).toBeNull()
    }))

    it('lists by prefix, taken literally, in order of names', withStore(open, async ({ store }) => {
      for (const name of ['a_b:2', 'a_b:1', 'axb:3', 'A_b:4', 'a_c']) await store.writeEntry(name, name, 0)
      expect((await store.listEntries('a_b:')).map((entry) => entry.name)).toEqual(['a_b:1', 'a_b:2'])
      expect(await store.listEntries('%')).toEqual([])
    }))
  })
}
