import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { serve } from '../../src/commands/serve.ts'
import { noteStart, noteStop } from '../../src/server/last-life.ts'
import { copyStore } from '../../src/store/copy.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/ports.ts'
import { storeOptions, T } from '../support/store-fixtures.ts'

let folder: string
let store: Store
const open = async (): Promise<void> => { store = await openStore(`sqlite:${folder}/l.db`, storeOptions) }
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'camnang-last-'))
  await open()
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

it('tells a server that was stopped from one that died', async () => {
  expect(await noteStart(store, T)).toBe(false)
  await noteStop(store)
  await noteStop(store)
  expect(await noteStart(store, T + 1)).toBe(false)
  // Nobody notes a stop.
  await store.close()
  await open()
  expect(await noteStart(store, T + 2)).toBe(true)
  await noteStop(store)
  expect(await noteStart(store, T + 3)).toBe(false)
})

it('a copy of the store of one that died or runs knows nothing of it', async () => {
  await store.writeEntry('of-staff', 'x', 0)
  await noteStart(store, T)
  await store.close()
  expect(await copyStore(`sqlite:${folder}/l.db`, `file:${folder}/copy`, { withSecrets: false, now: T })).toBe(1)
  await open()
  const copy = await openStore(`file:${folder}/copy`, storeOptions)
  expect(await copy.readEntry('of-staff')).toMatchObject({ value: 'x' })
  expect(await noteStart(copy, T)).toBe(false)
  await copy.close()
})

it('an order to stop that comes while the server starts, twice at once as by npm, is no crash', async () => {
  const before = process.listeners('SIGTERM')
  const catching = process.listeners('uncaughtException')
  const told: string[] = []
  const env = { STORE: `sqlite:${folder}/told.db`, SANDBOX: '0', PORT: '0', LOG_LEVEL: 'silent' }
  const serving = serve([], { env, input: process.stdin, out: (line) => told.push(line), error: (line) => told.push(line) })
  const added = process.listeners('SIGTERM').filter((each) => !before.includes(each))
  for (const each of [...added, ...added]) each('SIGTERM')
  expect(await serving).toBe(0)
  for (const each of added) process.off('SIGTERM', each).off('SIGINT', each)
  expect(process.listeners('uncaughtException')).toEqual(catching)
  expect([added.length, told[0]]).toEqual([1, expect.stringContaining('đang chạy')])
  const left = await openStore(env.STORE, storeOptions)
  expect(await noteStart(left, T)).toBe(false)
  await left.close()
}, 60_000)
