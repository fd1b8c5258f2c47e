import { expect, it } from 'vitest'
import { accountFrom, accountKey, contactKey, type Contact } from '../../src/core/contact.ts'

it('the same id on two channels is two accounts', () => {
  const keys = (['zalo', 'facebook', 'telegram'] as const).map((channel) => accountKey({ channel, accountId: '123' }))
  expect(keys).toEqual(['zalo:123', 'facebook:123', 'telegram:123'])
  expect(keys.map(accountFrom)).toEqual([{ channel: 'zalo', accountId: '123' }, { channel: 'facebook', accountId: '123' }, { channel: 'telegram', accountId: '123' }])
})

it('two people never share a key because their ids run together alike', () => {
  const keyOf = (accountId: string, userId: string, secret = 's'): string => contactKey({ channel: 'zalo', accountId, userId } satisfies Contact, secret)
  expect(keyOf('12', '3')).toMatch(/^[\w-]{22}$/)
  expect(new Set([keyOf('12', '3'), keyOf('1', '23'), keyOf('12', '3', 'other')]).size).toBe(3)
  expect(keyOf('12', '3')).toBe(keyOf('12', '3'))
})
