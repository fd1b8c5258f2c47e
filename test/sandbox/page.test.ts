import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { silentLog } from '../../src/core/ports.ts'
import { startSandbox } from '../../src/sandbox/start.ts'
import { openRehearsal, type Rehearsal } from './target.ts'

let rehearsal: Rehearsal
let origin: string
beforeAll(async () => {
  rehearsal = await openRehearsal()
  origin = rehearsal.sandbox.origin
})
afterAll(() => rehearsal.close())

/** `fetch` sets Host and Origin itself, so this does not use it. */
function ask(method: string, path: string, headers: Record<string, string>, body = ''): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(origin)
    const asking = request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
      let text = ''
      response.on('data', (chunk) => (text += String(chunk))).on('end', () => resolve({ status: response.statusCode ?? 0, body: text }))
    })
    asking.on('error', reject).end(body)
  })
}

describe('who may talk to the page', () => {
  const hosts: [string, number][] = [['127.0.0.1:1', 200], ['localhost:4711', 200], ['[::1]', 200], ['tinh.example', 421], ['127.0.0.1.tinh.example', 421]]
  for (const [host, status] of hosts) it(`host ${host}: ${status}`, async () => expect((await ask('GET', '/', { host })).status).toBe(status))

  const json = 'application/json'
  const posts: [name: string, headers: () => Record<string, string>, status: number][] = [
    ['its own page', () => ({ origin, 'content-type': json }), 200],
    ['another page', () => ({ origin: 'https://tinh.example', 'content-type': json }), 403],
    ['a form', () => ({ origin, 'content-type': 'text/plain' }), 403],
    ['no origin', () => ({ 'content-type': json }), 403],
  ]
  for (const [name, headers, status] of posts) {
    it(`${name}: ${status}`, async () => expect((await ask('POST', '/people/zalo', { host: new URL(origin).host, ...headers() })).status).toBe(status))
  }
})

describe('a person on the page', () => {
  const post = async (path: string, body: object): Promise<Response> =>
    fetch(`${origin}${path}`, { method: 'POST', headers: { origin, 'content-type': 'application/json' }, body: JSON.stringify(body) })

  it('is made, acts, and an unknown one is not', async () => {
    const { userId } = await (await post('/people/facebook', {})).json() as { userId: string }
    expect(await (await post(`/people/facebook/${userId}`, { does: 'says', text: ' chào ' })).json()).toEqual({ status: 200 })
    expect(rehearsal.events.at(-1)).toMatchObject({ kind: 'text', text: 'chào' })
    expect((await post(`/people/facebook/${userId}`, { does: 'says', text: '  ' })).status).toBe(400)
    expect((await post('/people/facebook/1', { does: 'says', text: 'a' })).status).toBe(404)
    expect((await post('/people/viber', {})).status).toBe(404)
  })

  it('gets what it has not seen yet, then what comes', async () => {
    const citizen = rehearsal.sandbox.platforms.zalo.newCitizen()
    await citizen.says('một')
    await citizen.says('hai')
    const leaving = new AbortController()
    const stream = await fetch(`${origin}/people/zalo/${citizen.userId}/conversation`, { headers: { 'last-event-id': '1' }, signal: leaving.signal })
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader()
    let heard = ''
    const until = async (words: string): Promise<void> => {
      while (!heard.includes(words)) heard += (await reader.read()).value ?? ''
    }
    await until('hai')
    await citizen.says('ba')
    await until('ba')
    await until('id: 3\n')
    leaving.abort()
    expect(heard).not.toContain('một')
    expect(heard.match(/^id: (\d)$/gm)).toEqual(['id: 2', 'id: 3'])
  })
})

it('takes any free port when its own is taken', async () => {
  const taken = Number(new URL(origin).port)
  const second = await startSandbox({ target: 'http://127.0.0.1:1', port: taken, now: Date.now, log: silentLog })
  expect(second.origin).not.toBe(origin)
  await second.close()
  await second.close()
})

it('every account is marked as rehearsal, and every start has secrets of its own', async () => {
  const second = await startSandbox({ target: 'http://127.0.0.1:1', port: 0, now: Date.now, log: silentLog })
  await second.close()
  const [one, two] = [rehearsal.sandbox.settings, second.settings]
  expect(Object.values(rehearsal.sandbox.platforms).every(({ accountId }) => accountId.startsWith('sandbox'))).toBe(true)
  const secrets = ({ zalo, facebook, telegram }: typeof one): (string | null | undefined)[] => [
    zalo.appSecret, zalo.accounts[0]?.accessToken, zalo.accounts[0]?.refreshToken, zalo.accounts[0]?.secretKeys[0],
    facebook.appSecrets[0], facebook.verifyToken, facebook.accounts[0]?.pageToken, telegram.accounts[0]?.token, telegram.accounts[0]?.webhookSecrets[0],
  ]
  expect(new Set([...secrets(one), ...secrets(two)]).size).toBe(18)
})
