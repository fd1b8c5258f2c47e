import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MINUTE, type Millis } from '../../src/core/time.ts'
import { openStore } from '../../src/store/open.ts'
import { startPostgres, type PostgresServer } from '../support/postgres-server.ts'
import { oneLife, type Way } from '../support/store-crash-life.ts'
import { aText, person, storeOptions, T } from '../support/store-fixtures.ts'

const child = join(import.meta.dirname, '../support/store-crash-child.ts')
const people = [person(1), person(2, 'telegram', '55')]
/** Two contacts in turn; the fourth of each comes before the third by the platform's clock. */
const incoming = [1, 2, 4, 3, 5].flatMap((n) => people.map((one) => aText(one, n, T + n)))

let folder: string
let url: string
let way: Way
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'camnang-crash-')) })
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** One life of the server, which ends by its own hand right after this moment. */
function liveUntil(killedAt: string, started = T + 1_000): void {
  const { signal, stderr } = spawnSync(process.execPath, [child, folder, url, killedAt, String(started), way], { encoding: 'utf8', timeout: 30_000 })
  expect({ signal, stderr }).toEqual({ signal: 'SIGKILL', stderr: '' })
}
/** The next life, to its end. It kills nobody, so that it need not be a process of its own. */
const liveOn = (started: Millis): Promise<void> => oneLife(folder, url, 'never:1', started, way)

const lines = <Line>(file: string): Line[] =>
  existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as Line) : []

/** What each conversation says was handled, in order. */
async function handled(): Promise<string[][]> {
  const store = await openStore(url, { ...storeOptions, role: 'tool' })
  try {
    return await Promise.all(people.map(async (one) => (await store.exportContact(store.keyOf(one)))?.conversation as string[]))
  } finally {
    await store.close()
  }
}

const steps = ['recorded', 'acknowledged', 'claimed', 'committed', 'delivery claimed', 'sent', 'finished']
const joinedSteps = ['recorded', 'acknowledged', 'committed', 'sent', 'finished']
/** Handled with the recording: only each person's first message, and what comes right behind another, is committed by itself. */
const atOnceSteps = ['recorded', 'acknowledged', 'sent', 'finished']
/** As these, and acknowledged before. */
const arrivingSteps = ['arrived', 'acknowledged', 'recorded', 'sent', 'finished']
const momentsOf = (passed: string[]): string[] => passed.flatMap((step) => [1, 4].map((nth) => `${step}:${nth}`))
const sqlite = (): string => `sqlite:${folder}/data/camnang.db`
const file = (): string => `file:${folder}/data`
let server: PostgresServer | null = null
let databases = 0
async function postgres(): Promise<string> {
  server ??= await startPostgres('server')
  const name = `crash${databases++}`
  await server.createDatabase(name)
  return server.urlOf(name)
}
afterAll(() => server?.stop())

/** The one server of an embedded store knows that whoever held something is dead; elsewhere a lease runs out. */
const [freed, afterLease]: Millis[] = [1, MINUTE]

describe.each<[string, Way, () => string | Promise<string>, string[], Millis | undefined]>([
  ['sqlite', 'apart', sqlite, momentsOf(steps), freed],
  ['sqlite', 'joined', sqlite, momentsOf(joinedSteps), freed],
  ['sqlite', 'at-once', sqlite, momentsOf(atOnceSteps), freed],
  ['sqlite', 'arriving', sqlite, momentsOf(arrivingSteps), freed],
  ['file', 'apart', file, momentsOf(steps), freed],
  ['file', 'joined', file, momentsOf(joinedSteps), freed],
  ['file', 'at-once', file, momentsOf(atOnceSteps), freed],
  ['postgres', 'apart', postgres, momentsOf(steps), afterLease],
  ['postgres', 'joined', postgres, momentsOf(joinedSteps), afterLease],
])('%s, steps %s, killed', (_, how, place, moments, wait = 0) => {
  beforeEach(async () => {
    url = await place()
    way = how
    writeFileSync(join(folder, 'incoming.json'), JSON.stringify(incoming))
  })

  it.each(moments)('right after %s, handles everything once and in order', async (moment) => {
    liveUntil(moment)
    const acknowledged = lines<string>('acknowledged.jsonl')
    const noted = lines<string>('noted.jsonl')
    const notNoted = lines<{ id: string }>('sent.jsonl').map((send) => send.id).filter((id) => !noted.includes(id))
    await liveOn(T + 1_000 + wait)

    const conversations = await handled()
    expect(lines('at-once.jsonl').length > 0).toBe(how === 'at-once' || how === 'arriving')
    for (const [n, one] of people.entries()) {
      const all = incoming.filter((event) => event.contact === one).map((event) => event.id)
      // Nothing twice, nothing missing: neither what was acknowledged before the kill nor what came again after it.
      expect(conversations[n]!.toSorted()).toEqual(all.toSorted())
      expect(conversations[n]).toEqual(expect.arrayContaining(acknowledged.filter((id) => all.includes(id))))
      // Each pair of messages arrived after the pair before was answered, so that they are handled as they came.
      expect(conversations[n]).toEqual(all)
    }

    const sends = lines<{ id: string; user: string; maybeSent: boolean }>('sent.jsonl')
    const repeats = sends.filter((send, n) => sends.findIndex((other) => other.id === send.id) !== n)
    // Only what was sent and not yet noted may be sent again, once, and is known to be perhaps sent.
    expect(notNoted).toEqual(expect.arrayContaining(repeats.map((send) => send.id)))
    expect(new Set(repeats.map((send) => send.id)).size).toBe(repeats.length)
    expect(repeats.every((send) => send.maybeSent)).toBe(true)
    for (const [n, one] of people.entries()) {
      const out = [...new Set(sends.filter((send) => send.user === one.userId).map((send) => send.id))]
      expect(out).toEqual(conversations[n]!.flatMap((id) => [`${id}#0`, `${id}#1`]))
    }
  })

  // Who is handled at once is not counted: `server/last-life.ts` sees to it that after a death everybody is claimed first.
  if (how !== 'at-once' && how !== 'arriving') it('three times by the same message, counts each attempt', async () => {
    for (let life = 1; life <= 3; life++) liveUntil(life === 1 && way === 'joined' ? 'recorded:1' : 'claimed:1', T + life * (1_000 + wait))
    await liveOn(T + 4 * (1_000 + wait))
    const first = lines<{ id: string; attempt: number }>('attempts.jsonl').filter((line) => line.id === incoming[0]!.id)
    expect(first.at(-1)).toEqual({ id: incoming[0]!.id, attempt: 4 })
  })
})
