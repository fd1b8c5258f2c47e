import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ConfigError } from '../../src/config.ts'
import { MINUTE } from '../../src/core/time.ts'
import { createMetrics } from '../../src/node/metrics.ts'
import { openD1Store } from '../../src/store/d1/open.ts'
import { countStatements } from '../../src/worker/budget.ts'
import { readSettings, type WorkerEnv } from '../../src/worker/env.ts'
import { readJobsRun } from '../../src/worker/jobs-run.ts'
import { createLeader } from '../../src/worker/leader.ts'
import { metricsText } from '../../src/worker/metrics.ts'
import { createFetchTransport } from '../../src/worker/transport.ts'
import { d1InNode } from '../support/d1-in-node.ts'
import { zaloSettings } from '../support/platform-server.ts'
import { storeOptions, T } from '../support/store-fixtures.ts'

const env = (settings: Record<string, string>): WorkerEnv => ({ DB: d1InNode().d1, ASSETS: { fetch: async () => new Response() }, ...settings })
const url = { PUBLIC_URL: 'https://bot.vidu.example' }

describe('settings on a Worker', () => {
  it('are its bindings; the accounts file is a variable', () => {
    expect(readSettings(env({ ...url, ...zaloSettings })).zalo?.accounts).toHaveLength(1)
    const accounts = 'zalo:\n  app_id: "1"\n  app_secret: env:ZALO_APP_SECRET\n  accounts: [{ oa_id: "2", secret_key: env:OA2 }]\n'
    expect(readSettings(env({ ...url, ACCOUNTS_FILE: 'ACCOUNTS', ACCOUNTS: accounts, ZALO_APP_SECRET: 'canary', OA2: 'canary' })).zalo?.accounts.map(({ oaId }) => oaId)).toEqual(['2'])
  })
  it.each([
    ['no channel', url, 'Chưa đặt kênh nào'],
    ['no address', zaloSettings, 'PUBLIC_URL'],
    ['half a channel', { ...url, ...zaloSettings, ZALO_OA_SECRET_KEY: '' }, 'ZALO_OA_SECRET_KEY'],
  ])('stop it and are named: %s', (_, settings, named) => {
    expect(() => readSettings(env(settings))).toThrow(ConfigError)
    expect(() => readSettings(env(settings))).toThrow(named)
    expect(() => readSettings(env(settings))).not.toThrow('canary')
  })
})

describe('one invocation of many', () => {
  it('leads, until a minute after it was last asked', async () => {
    const store = await openD1Store(d1InNode().d1, storeOptions)
    let now = T
    const [one, other] = [createLeader(store, 'a', () => now), createLeader(store, 'b', () => now)]
    expect([await one.leads(), await other.leads(), await one.leads()]).toEqual([true, false, true])
    now += MINUTE - 1
    expect(await other.leads()).toBe(false)
    now += 1
    expect([await other.leads(), await one.leads()]).toEqual([true, false])
  })

  it('leads no longer than it lasts: the next minute\'s leads at once, and nobody gives up what another has', async () => {
    const store = await openD1Store(d1InNode().d1, storeOptions)
    const [one, other] = [createLeader(store, 'a', () => T), createLeader(store, 'b', () => T)]
    expect([await one.leads(), await other.leads()]).toEqual([true, false])
    await other.giveUp()
    expect(await other.leads()).toBe(false)
    await one.giveUp()
    expect([await other.leads(), await one.leads()]).toEqual([true, false])
    await one.giveUp()
    expect([await one.leads(), await other.leads()]).toEqual([false, true])
  })

  it('hands on when each job ran', async () => {
    const store = await openD1Store(d1InNode().d1, storeOptions)
    const first = await readJobsRun(store)
    first.lastRun.set('retention', T)
    await first.keep()
    expect([...(await readJobsRun(store)).lastRun]).toEqual([['retention', T]])
  })

  it('is told once when its statements are spent', async () => {
    let told = 0
    const { d1, spent, whenSpent } = countStatements(d1InNode().d1, 5)
    void whenSpent.then(() => { told++ })
    const some = (count: number) => d1.batch(Array.from({ length: count }, () => d1.prepare('select 1')))
    await some(4)
    expect([spent(), told]).toEqual([false, 0])
    await some(3)
    await some(3)
    expect([spent(), told]).toEqual([true, 1])
  })
})

it('tells the queues under the names they have on a server', async () => {
  const load = { contacts: 1, waitingEvents: 2, oldestWaiting: 3, queuedDeliveries: 4, oldestQueued: 5, deadEvents: 6, openHandovers: 7, lastEventAt: {} }
  const onNode = (await createMetrics().text(load)).split('\n')
  const lines = metricsText(load).trim().split('\n')
  expect(lines).toHaveLength(21)
  for (const line of lines) expect(onNode).toContain(line)
})

describe('the way out by fetch', () => {
  let server: Server
  let origin: string
  let answered = 0
  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url === '/slow') return
      if (request.url === '/moved') return void response.writeHead(302, { location: '/' }).end()
      if (request.url === '/large') return void response.end('x'.repeat(2 * 1024 * 1024))
      let body = ''
      request.on('data', (chunk: Buffer) => { body += chunk.toString() }).on('end', () => {
        answered++
        response.writeHead(429, { 'retry-after': '3' }).end(`${request.method} ${body}`)
      })
    })
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  it('gives every status as an answer, follows nothing, and is idle when all is answered', async () => {
    const { send, idle } = createFetchTransport()
    const sending = send({ method: 'POST', url: origin, headers: { 'content-type': 'text/plain' }, body: 'chào', timeout: 5_000 })
    expect(answered).toBe(0)
    await idle()
    expect(answered).toBe(1)
    expect(await sending).toMatchObject({ status: 429, headers: { 'retry-after': '3' }, body: 'POST chào' })
    expect(await send({ method: 'GET', url: `${origin}/moved`, headers: {}, timeout: 5_000 })).toMatchObject({ status: 302 })
    await idle()
  })

  it.each([['/slow', 'no answer within 50 ms'], ['/large', 'no answer']])('counts %s as perhaps sent', async (path, message) => {
    const { send } = createFetchTransport()
    await expect(send({ method: 'POST', url: origin + path, headers: {}, timeout: path === '/slow' ? 50 : 5_000 })).rejects.toMatchObject({ name: 'TransportError', notSent: false, message })
  })
})
