import { once } from 'node:events'
import { createServer } from 'node:net'
import { Worker } from 'node:worker_threads'
import { afterEach, expect, it } from 'vitest'
import { listen, type Listening } from '../../src/node/listen.ts'
import { freePort } from '../../src/node/port.ts'

const host = '127.0.0.1'
const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

async function open(port: number, fetch: () => Response = () => new Response('có')): Promise<Listening> {
  const listening = await listen(fetch, { host, port })
  closers.push(listening.close)
  return listening
}

it('answers, whichever of its sockets a connection comes to', async () => {
  const port = await freePort()
  await open(port)
  const answers = await Promise.all(Array.from({ length: 64 }, async () => (await fetch(`http://${host}:${port}/`, { headers: { connection: 'close' } })).text()))
  expect(new Set(answers)).toEqual(new Set(['có']))
})

it('says when the port is taken, also by one of its own kind', async () => {
  const [other, own] = [await freePort(), await freePort()]
  const stranger = createServer().listen(other, host)
  closers.push(() => stranger.close())
  await once(stranger, 'listening')
  await open(own)
  for (const port of [other, own]) await expect(open(port)).rejects.toThrow(/PORT: cổng \d+ đang được chương trình khác dùng/)
  expect(await (await fetch(`http://${host}:${own}/`)).text()).toBe('có')
})

it('keeps a connection longer than the proxy in front does', async () => {
  const port = await freePort()
  await open(port)
  const { headers } = await fetch(`http://${host}:${port}/`)
  expect(Number(/timeout=(\d+)/.exec(headers.get('keep-alive') ?? '')?.[1])).toBeGreaterThan(120)
})

it('is gone once closed, and the port is free again', async () => {
  const port = await freePort()
  await (await open(port)).close()
  await expect(fetch(`http://${host}:${port}/`)).rejects.toThrow()
  await open(port)
})

it.runIf(process.platform === 'linux')('takes a crowd that came while it was busy in a few turns of the event loop', async () => {
  const port = await freePort()
  await open(port)
  const crowd = 64
  const connected = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(`
    const { connected, port, crowd } = require('node:worker_threads').workerData
    const sockets = Array.from({ length: crowd }, () => require('node:net').connect(port, '${host}', () => { Atomics.add(connected, 0, 1); Atomics.notify(connected, 0) }))
    require('node:worker_threads').parentPort.on('message', () => { for (const socket of sockets) socket.end('GET / HTTP/1.1\\r\\nhost: x\\r\\nconnection: close\\r\\n\\r\\n') })
  `, { eval: true, workerData: { connected, port, crowd } })
  closers.push(() => worker.terminate())
  // The kernel takes connections while this thread does nothing else.
  for (let seen = 0; seen < crowd; seen = Atomics.load(connected, 0)) expect(Atomics.wait(connected, 0, seen, 10_000)).not.toBe('timed-out')
  const taken = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length
  let turns = 0
  while (taken() < crowd && turns < crowd) {
    await new Promise((resolve) => setImmediate(resolve))
    turns++
  }
  expect(turns).toBeLessThan(crowd / 2)
  worker.postMessage('speak')
})

it('lets answers under way end before it is closed', async () => {
  const port = await freePort()
  const [release, allBegun] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  let begun = 0
  const listening = await listen(async () => {
    if (++begun === 8) allBegun.resolve()
    await release.promise
    return new Response('xong')
  }, { host, port })
  const answers = Promise.all(Array.from({ length: 8 }, async () => (await fetch(`http://${host}:${port}/`)).text()))
  await allBegun.promise
  const closed = listening.close()
  release.resolve()
  expect(new Set(await answers)).toEqual(new Set(['xong']))
  await closed
})
