import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { copyStore } from '../../src/store/copy.ts'
import { openD1Store } from '../../src/store/d1/open.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/ports.ts'
import { aPublication, batch, put, row, twoParts } from '../support/campaign-fixtures.ts'
import { d1InNode } from '../support/d1-in-node.ts'
import { anOutcome, aReply, aText, handled, LEASE, OA, person, storeOptions, T } from '../support/store-fixtures.ts'

let folder: string
let from: string
let file: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'camnang-d1-copy-'))
  from = `sqlite:${folder}/old.db`
  file = join(folder, 'copy.sql')
  const store = await openStore(from, storeOptions)
  await fill(store)
  await store.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function fill(store: Store): Promise<void> {
  await store.writeEntry('secret:zalo:tokens', 'canary-token', 0)
  await handled(store, person(1), 1, (id) => [aReply(id, 0, { part: { text: 'Chào bà con: “một” và \'hai\'; ba?1\nbốn' } }), aReply(id, 1)], {
    outcome: anOutcome(), handover: { kind: 'open', reason: 'asked' }, consents: [{ purpose: 'announce', given: true, at: T, notice: 'n1', eventId: 'e' }], profile: { optedOut: true },
  })
  await store.recordEvents([aText(person(2), 2)], T)
  await put(store, 'dot', 'running', [aPublication('dot', 'rao')])
  await store.planBatch(batch('dot', 'bai', [row(store.keyOf(person(1)), { parts: twoParts })]))
  await store.tagContact(store.keyOf(person(1)), 'tổ trưởng', true)
}

async function rowsIn(store: Store): Promise<string[]> {
  const rows: string[] = []
  for await (const each of store.dumpRows({ withSecrets: true })) rows.push(JSON.stringify(each))
  return rows
}

it('makes a database of a copy, by wrangler, in which the Worker goes on where the other store stood', async () => {
  const count = await copyStore(from, `d1:${file}`, { withSecrets: true })
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const execute = (...args: string[]): string => execFileSync('npx', ['wrangler', 'd1', 'execute', 'camnang', '--local', '--persist-to', join(folder, 'state'), ...args], {
    encoding: 'utf8', env: { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: '1' }, stdio: ['ignore', 'pipe', 'pipe'],
  })
  execute('--yes', '--file', file)
  const told = execute('--json', '--command', 'select (select count(*) from contacts) as contacts, (select count(*) from deliveries) as deliveries, (select count(*) from mailbox) as waiting')
  expect(JSON.parse(told)).toMatchObject([{ results: [{ contacts: 2, deliveries: 4, waiting: 1 }] }])

  const { d1, db } = d1InNode()
  db.exec(readFileSync(file, 'utf8'))
  const store = await openD1Store(d1, storeOptions)
  const old = await openStore(from, storeOptions)
  expect(await rowsIn(store)).toEqual(await rowsIn(old))
  expect(await rowsIn(store)).toHaveLength(count)
  expect(await store.claimTurns(10, T, LEASE)).toMatchObject([{ contact: person(2) }])
  expect(await store.claimDeliveries(OA, 10, T, LEASE)).toMatchObject([{ part: { text: 'Chào bà con: “một” và \'hai\'; ba?1\nbốn' } }])
  expect(await store.claimCampaignDeliveries(OA, 10, T, LEASE)).toHaveLength(1)
  await old.close()
}, 60_000)

it('leaves secrets out unless asked, makes contact keys anew, and writes over no file', async () => {
  const other = join(folder, 'without.sql')
  await copyStore(from, `d1:${other}`, { withSecrets: false })
  expect(readFileSync(other, 'utf8')).not.toContain('canary-token')
  await expect(copyStore(from, `d1:${other}`, { withSecrets: false })).rejects.toThrow('Kho đích')
  const { d1, db } = d1InNode()
  db.exec(readFileSync(other, 'utf8'))
  const store = await openD1Store(d1, storeOptions)
  expect(await store.findContact(store.keyOf(person(1)))).toMatchObject({ profile: { optedOut: true } })
})
