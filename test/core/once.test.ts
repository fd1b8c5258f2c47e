import { expect, it } from 'vitest'
import { once } from '../../src/core/once.ts'

it('makes it once, whatever it is', async () => {
  let made = 0
  const nothing = once((): null => {
    made++
    return null
  })
  expect([nothing(), nothing(), made]).toEqual([null, null, 1])

  const rejected = once(async () => Promise.reject(new Error(`try ${++made}`)))
  await expect(rejected()).rejects.toThrow('try 2')
  await expect(rejected()).rejects.toThrow('try 2')
})

it('is made anew where making it failed', () => {
  let tries = 0
  const made = once(() => {
    if (++tries === 1) throw new Error('not yet')
    return tries
  })
  expect(made).toThrow('not yet')
  expect([made(), made()]).toEqual([2, 2])
})
