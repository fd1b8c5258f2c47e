import { fork, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { InboundEvent } from '../../src/core/event.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/ports.ts'
import { startPostgres, type PostgresServer } from '../support/postgres-server.ts'
import { aText, person, storeOptions } from '../support/store-fixtures.ts'

const program = join(import.meta.dirname, '../support/postgres-crash-child.ts')
const people = Array.from({ length: 12 }, (_, n) => person(n, n % 2 === 0 ? 'zalo' : 'telegram', '77'))
const perPerson = 40

let server: PostgresServer
let folder: string
beforeAll(async () => {
  server = await startPostgres('server')
  folder = mkdtempSync(join(tmpdir(), 'camnang-crash-'))
})
afterAll(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Three servers, of which any may be killed and started again. */
class Servers {
  readonly #url: string
  readonly #children: ChildProcess[] = []
  /** Who waits for the answer about an event, by child. */
  readonly #waiting = new Map<ChildProcess, Map<string, (taken: boolean) => void>>()

  constructor(url: string) {
    this.#url = url
  }

  async start(n: number): Promise<void> {
    const child = fork(program, [folder, this.#url], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    const waiting = new Map<string, (taken: boolean) => void>()
    const ready = Promise.withResolvers<void>()
    child.on('message', (message: { ready?: true; acknowledged?: string; refused?: string }) => {
      if (message.ready === true) ready.resolve()
      waiting.get(message.acknowledged ?? message.refused ?? '')?.(message.acknowledged !== undefined)
    })
    child.once('exit', (code, signal) => {
      for (const answer of waiting.values()) answer(false)
      ready.reject(new Error(`a server ended with ${code ?? signal}`))
    })
    await ready.promise
    this.#children[n] = child
    this.#waiting.set(child, waiting)
  }

  /** As a platform calls a webhook: false when nobody answered, or that it could not be recorded. */
  async deliver(n: number, event: InboundEvent): Promise<boolean> {
    const child = this.#children[n]!
    const waiting = this.#waiting.get(child)!
    const answer = Promise.withResolvers<boolean>()
    waiting.set(event.id, answer.resolve)
    child.send({ event }, (error) => { if (error) answer.resolve(false) })
    const taken = await answer.promise
    waiting.delete(event.id)
    return taken
  }

  async kill(n: number): Promise<void> {
    const child = this.#children[n]!
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
    await this.start(n)
  }

  async stop(): Promise<void> {
    await Promise.all(this.#children.map((child) => new Promise<void>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve()
      child.once('exit', () => resolve())
      child.send({ stop: true })
    })))
  }

  abandon(): void {
    for (const child of this.#children) child.kill('SIGKILL')
  }
}

/** Until nothing waits and nothing is to be sent; leases of the dead run out meanwhile. */
async function worked(store: Store): Promise<void> {
  await expect.poll(async () => {
    const { waitingEvents } = await store.load(Date.now())
    const open = (await store.countDeliveries()).filter(({ status }) => status === 'queued' || status === 'sending')
    return { waitingEvents, open }
  }, { timeout: 30_000, interval: 100 }).toEqual({ waitingEvents: 0, open: [] })
}

describe('three servers on one database', () => {
  it('lose nothing, handle nothing twice and keep the order of each person, though servers are killed and the database ends in the middle', async () => {
    await server.createDatabase('crash')
    const url = server.urlOf('crash')
    const servers = new Servers(url)
    const events = people.map((one) => Array.from({ length: perPerson }, (_, n) => aText(one, n, Date.now() + n)))
    const taken: string[] = []
    let turn = 0
    // One message of a person after the other, at any of the servers, again until one of them has taken it.
    const platform = async (own: readonly InboundEvent[]): Promise<void> => {
      for (const event of own) {
        while (!(await servers.deliver(turn++ % 3, event))) await new Promise((resolve) => { setTimeout(resolve, 50) })
        taken.push(event.id)
      }
    }
    const after = (share: number): Promise<void> => expect.poll(() => taken.length, { timeout: 30_000, interval: 5 }).toBeGreaterThanOrEqual(share * people.length * perPerson)
    try {
      await Promise.all([0, 1, 2].map((n) => servers.start(n)))
      const all = Promise.all(events.map(platform))
      await after(0.2)
      await servers.kill(0)
      await after(0.4)
      if (server.ours) {
        await server.kill()
        await server.start()
      }
      await after(0.6)
      await servers.kill(1)
      await after(0.8)
      await servers.kill(2)
      await all
      const store = await openStore(url, { ...storeOptions, role: 'tool' })
      await worked(store)
      const conversations = await Promise.all(people.map(async (one) => (await store.exportContact(store.keyOf(one)))?.conversation as string[]))
      await store.close()
      expect(conversations).toEqual(events.map((own) => own.map(({ id }) => id)))

      const sends = readFileSync(join(folder, 'sent.jsonl'), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as { id: string; user: string; maybeSent: boolean })
      for (const [n, one] of people.entries()) {
        const own = sends.filter(({ user, id }) => user === one.userId && id.startsWith(`${one.channel}:`))
        // In order, each once; what was sent again (its server died before it could note it) says so.
        expect([...new Set(own.map(({ id }) => id))]).toEqual(conversations[n]!.flatMap((id) => [`${id}#0`, `${id}#1`]))
        const repeats = own.filter(({ id }, at) => own.findIndex((other) => other.id === id) !== at)
        expect(repeats.filter(({ maybeSent }) => !maybeSent)).toEqual([])
      }
      await servers.stop()
    } finally {
      servers.abandon()
    }
  }, 80_000)
})
