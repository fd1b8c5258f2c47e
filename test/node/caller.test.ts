import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { callerOf } from '../../src/node/caller.ts'

const app = new Hono().get('/', (c) => c.text(callerOf(c)))
const asked = async (remoteAddress: string, told?: string): Promise<string> =>
  (await app.request('/', { headers: told === undefined ? {} : { 'x-forwarded-for': told } }, { incoming: { socket: { remoteAddress } } })).text()

describe('where a request comes from', () => {
  it.each([
    ['a caller itself', '203.0.113.5', undefined, '203.0.113.5'],
    ['a caller who says to be another', '203.0.113.5', '198.51.100.7', '203.0.113.5'],
    ['a proxy on this machine', '127.0.0.1', '198.51.100.7', '198.51.100.7'],
    ['the last of several, which the proxy has seen itself', '::1', '1.1.1.1, 198.51.100.7', '198.51.100.7'],
    ['a proxy on this machine without a word', '::ffff:127.0.0.1', undefined, '::ffff:127.0.0.1'],
    ['an empty word', '127.0.0.1', ' ', '127.0.0.1'],
  ])('%s', async (_, peer, told, found) => expect(await asked(peer, told)).toBe(found))
})
