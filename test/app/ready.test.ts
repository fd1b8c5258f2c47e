import { Hono } from 'hono'
import { afterEach, describe, expect, it } from 'vitest'
import type { AccountState } from '../../src/channels/account-state.ts'
import { ContentHolder } from '../../src/content.ts'
import type { AccountKey } from '../../src/core/contact.ts'
import { pageRoutes, type PagePorts } from '../../src/pages.ts'
import { sampleContent } from '../support/content.ts'
import { World } from '../support/world.ts'

const worlds: World[] = []
afterEach(async () => {
  for (const each of worlds.splice(0)) await each.close()
})

async function readyOf(change: Partial<PagePorts>, closed = false): Promise<{ status: number; body: Record<string, unknown> }> {
  const world = await World.open(sampleContent())
  worlds.push(world)
  if (closed) await world.store.close()
  const now = () => world.now
  const app = new Hono().route('/', pageRoutes({
    store: world.store, now, isLocal: () => true, metricsToken: null, headTag: '', sandboxUrl: null,
    content: () => new ContentHolder(sampleContent(), world.now),
    accounts: () => new Map(), writeTrouble: () => null, metrics: async () => '',
    site: { now, origin: 'https://tinh.example', accounts: {} as PagePorts['site']['accounts'], assetFiles: async () => null },
    ...change,
  }))
  const answer = await app.request('/ready')
  return { status: answer.status, body: await answer.json() as Record<string, unknown> }
}

const accounts = (status: AccountState['status']): Map<AccountKey, AccountState> => new Map([
  ['zalo:1', { status, since: 7, code: '-216', worksUntil: null }],
  ['facebook:2', { status: 'ok', since: 0, code: null, worksUntil: null }],
])

describe('GET /ready', () => {
  it('is 200 when messages can be recorded and answered from the content', async () => {
    expect(await readyOf({})).toMatchObject({ status: 200, body: { ready: true, recording: 'ok' } })
  })

  it.each(['needs_consent', 'revoked', 'blocked'] as const)('tells an account that is %s and stays 200: it still receives', async (status) => {
    expect(await readyOf({ accounts: () => accounts(status) })).toMatchObject({ status: 200, body: { ready: true, stopped: 1, accounts: { 'zalo:1': { status, code: '-216', since: 7 }, 'facebook:2': { status: 'ok' } } } })
  })

  it.each([
    ['nothing can be recorded', { writeTrouble: () => ({ since: 5, reason: 'SQLite: disk full' }) }, false, ['store_unwritable']],
    ['the store cannot be read', {}, true, ['store_unreadable']],
    ['the content is not read yet', { content: () => null }, false, ['content_loading']],
  ] satisfies [string, Partial<PagePorts>, boolean, string[]][])('is 503 with the reason when %s', async (_, change, closed, reasons) => {
    expect(await readyOf(change, closed)).toMatchObject({ status: 503, body: { ready: false, reasons } })
  })

  it('tells others that the store cannot be read, and counts nothing for them', async () => {
    expect(await readyOf({ isLocal: () => false }, true)).toEqual({ status: 503, body: { ready: false, reasons: ['store_unreadable'] } })
    const world = await World.open(sampleContent())
    worlds.push(world)
    const store = { ...world.store, load: async () => { throw new Error('counted') } }
    expect(await readyOf({ isLocal: () => false, store })).toEqual({ status: 200, body: { ready: true } })
  })

  it('hides all but the reason from others', async () => {
    const trouble = { since: 5, reason: 'SQLite: disk full' }
    expect(await readyOf({ isLocal: () => false, writeTrouble: () => trouble, accounts: () => accounts('revoked') })).toEqual({ status: 503, body: { ready: false, reasons: ['store_unwritable'] } })
  })
})
