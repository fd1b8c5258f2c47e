import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readAccountState, setAccountState } from '../../src/channels/account-state.ts'
import { createAxios } from '../../src/channels/axios.ts'
import type { Transport } from '../../src/channels/transport.ts'
import { acceptConsent } from '../../src/channels/zalo-consent.ts'
import { readPair, type StoredPair } from '../../src/channels/zalo-pair.ts'
import { createZaloTokens, REFRESH_LEASE, type ZaloTokens } from '../../src/channels/zalo-tokens.ts'
import type { ZaloAccount } from '../../src/config.ts'
import { HOUR, MINUTE } from '../../src/core/time.ts'
import { createNodeTransport } from '../../src/node/transport.ts'
import { memoryEntries, type MemoryEntries } from './entries.ts'
import { answer, type Behaviour, type Platform, silence, startPlatform } from './platform.ts'

const oaId = '4300112233445566778'
const account: ZaloAccount = { oaId, secretKeys: ['k'], accessToken: 'access-0', refreshToken: 'refresh-0' }
const start = Date.UTC(2026, 10, 21, 3)

describe('zalo tokens', () => {
  let platform: Platform
  let entries: MemoryEntries
  let now: number
  /** Zalo's side: the one refresh token that works, and how many pairs it gave. */
  let valid: string
  let given: number
  const transport = createNodeTransport()
  let patience: number
  const hasty: Transport = (request) => transport.send({ ...request, timeout: patience })
  const keeper = (accounts = [account], store = entries): ZaloTokens => createZaloTokens({
    app: { appId: '1111222233334444555', appSecret: 'app-secret', oauthUrl: platform.origin }, accounts, entries: store, http: createAxios(hasty), clock: () => now,
  })
  const pair = async (): Promise<StoredPair> => (await readPair(entries, oaId))!.pair
  const state = () => readAccountState(entries, `zalo:${oaId}`)
  const failure = (work: Promise<unknown>) => work.then(() => expect.unreachable(), (error: unknown) => error)

  /** Each refresh token works once. */
  const rotate: Behaviour = (seen, response, request) => {
    if (new URLSearchParams(seen.body).get('refresh_token') !== valid) {
      return answer({ error: '-14014', error_name: 'Invalid refresh token.', access_token: '', refresh_token: '' })(seen, response, request)
    }
    given++
    valid = `refresh-${given}`
    answer({ access_token: `access-${given}`, refresh_token: valid, expires_in: '90000' })(seen, response, request)
  }
  const rotateSilently: Behaviour = (seen, response, request) => rotate(seen, { writeHead: () => ({ end: () => undefined }) } as unknown as typeof response, request)

  beforeAll(async () => { platform = await startPlatform() })
  afterAll(async () => {
    await transport.close()
    await platform.close()
  })
  beforeEach(() => {
    entries = memoryEntries()
    now = start
    valid = 'refresh-0'
    given = 0
    patience = 10_000
    platform.seen.length = 0
    platform.behave(rotate)
  })

  it('gives the seeded token and then reads no store for it', async () => {
    const tokens = keeper()
    expect(await tokens.current(oaId)).toBe('access-0')
    entries.failing = new Error('store asked')
    expect(await tokens.current(oaId)).toBe('access-0')
  })

  it('asks with the app secret in a header and the refresh token in a form', async () => {
    await keeper().replace(oaId, 'access-0')
    expect(platform.seen[0]).toMatchObject({
      path: '/v4/oa/access_token', headers: { secret_key: 'app-secret', 'content-type': 'application/x-www-form-urlencoded' },
      body: 'app_id=1111222233334444555&grant_type=refresh_token&refresh_token=refresh-0',
    })
  })

  it('stores the new pair with its life and keeps the previous one', async () => {
    expect(await keeper().replace(oaId, 'access-0')).toBe('access-1')
    expect(await pair()).toMatchObject({
      accessToken: 'access-1', refreshToken: 'refresh-1', obtainedAt: start, expiresAt: start + 25 * HOUR, refreshing: null, dead: null,
      previous: { accessToken: 'access-0', refreshToken: 'refresh-0' },
    })
  })

  it('refreshes once when many sends of one process are refused together', async () => {
    const tokens = keeper()
    const all = await Promise.all(Array.from({ length: 50 }, () => tokens.replace(oaId, 'access-0')))
    expect(new Set(all)).toEqual(new Set(['access-1']))
    expect(platform.seen).toHaveLength(1)
  })

  it('refreshes once when two processes are refused together; the other waits two seconds and takes the new one', async () => {
    const [a, b] = [keeper(), keeper()]
    await Promise.all([a.current(oaId), b.current(oaId)])
    const results = await Promise.allSettled([a.replace(oaId, 'access-0'), b.replace(oaId, 'access-0')])
    const waiting = results.filter((result) => result.status === 'rejected')
    expect(waiting.map(({ reason }) => reason)).toMatchObject([{ code: 'refreshing', outcome: { kind: 'throttled', retryAfter: 2_000 } }])
    expect(await Promise.all([a.replace(oaId, 'access-0'), b.replace(oaId, 'access-0')])).toEqual(['access-1', 'access-1'])
    expect(platform.seen).toHaveLength(1)
  })

  it('takes what another process has stored without a call', async () => {
    const [a, b] = [keeper(), keeper()]
    await b.current(oaId)
    await a.replace(oaId, 'access-0')
    expect(await b.replace(oaId, 'access-0')).toBe('access-1')
    expect(platform.seen).toHaveLength(1)
  })

  describe('ahead of time', () => {
    it('takes a seed as just made, and refreshes every twelve hours', async () => {
      const tokens = keeper()
      expect(await tokens.refreshDue(now)).toEqual([])
      expect(given).toBe(0)
      now += 12 * HOUR
      await tokens.refreshDue(now)
      expect(given).toBe(1)
      now += 12 * HOUR - 1
      await tokens.refreshDue(now)
      expect(given).toBe(1)
      now += 1
      await tokens.refreshDue(now)
      expect(given).toBe(2)
      expect(await tokens.current(oaId)).toBe('access-2')
    })

    it('refreshes with less than four hours left', async () => {
      platform.behave(answer({ access_token: 'short', refresh_token: 'refresh-1', expires_in: '14400' }), rotate)
      const tokens = keeper()
      await tokens.replace(oaId, 'access-0')
      valid = 'refresh-1'
      await tokens.refreshDue(now)
      expect(given).toBe(0)
      now += 1
      await tokens.refreshDue(now)
      expect(given).toBe(1)
    })

    it('replaces a token a minute before its end without waiting for a refusal', async () => {
      const tokens = keeper()
      await tokens.refreshDue(now)
      now += 25 * HOUR - MINUTE
      expect(await tokens.current(oaId)).toBe('access-1')
    })

    it('goes on with a living access token when the refresh token is dead, and stops when it ends', async () => {
      valid = 'something else'
      const tokens = keeper()
      await tokens.current(oaId)
      now += 13 * HOUR
      expect(await tokens.refreshDue(now)).toEqual([{ oaId, code: '-14014' }])
      const end = (await pair()).expiresAt
      expect(await state()).toMatchObject({ status: 'needs_consent', code: '-14014', worksUntil: end })
      expect(await tokens.current(oaId)).toBe('access-0')
      now = end
      expect(await failure(tokens.current(oaId))).toMatchObject({ code: '-14014', outcome: { kind: 'bad_configuration', needs: 'consent' } })
      expect(await state()).toMatchObject({ status: 'needs_consent', worksUntil: null })
      await tokens.refreshDue(now)
      expect(platform.seen).toHaveLength(1)
    })
  })

  describe('when Zalo does not give a pair', () => {
    it.each([
      ['a quoted error with empty tokens', { error: '-14014', access_token: '', refresh_token: '' }, { kind: 'bad_configuration', needs: 'consent' }],
      ['an app that is not active', { error: -14002, error_name: 'Invalid appId' }, { kind: 'bad_configuration', needs: 'permission' }],
      ['a number of its own that nobody has described', { error: -14999 }, { kind: 'bad_configuration', needs: 'consent' }],
      ['an error of nobody knows whom', { error: -19999 }, { kind: 'unavailable' }],
      ['no error and no token', { message: 'ok' }, { kind: 'unavailable' }],
      ['tokens that are no strings', { access_token: 5, refresh_token: null }, { kind: 'unavailable' }],
      ['a page', '<html>', { kind: 'unavailable' }],
    ])('%s', async (_label, body, outcome) => {
      platform.behave(answer(body))
      const tokens = keeper()
      expect(await failure(tokens.replace(oaId, 'access-0'))).toMatchObject({ outcome })
      expect(await pair()).toMatchObject({ accessToken: 'access-0', refreshToken: 'refresh-0', refreshing: null })
    })

    it('stops the account when the refresh token is refused after the access token was', async () => {
      valid = 'something else'
      expect(await failure(keeper().replace(oaId, 'access-0'))).toMatchObject({ outcome: { needs: 'consent' } })
      expect(await state()).toEqual({ status: 'needs_consent', code: '-14014', since: start, worksUntil: null })
    })

    it('tells people of a refusal nobody has described, and goes on trying', async () => {
      platform.behave(answer({ error: -14999 }))
      const tokens = keeper()
      await tokens.current(oaId)
      now += 13 * HOUR
      expect(await tokens.refreshDue(now)).toEqual([{ oaId, code: '-14999' }])
      expect(await state()).toMatchObject({ status: 'needs_consent', code: '-14999', worksUntil: (await pair()).expiresAt })
      platform.behave(rotate)
      now += 5 * MINUTE
      expect(await tokens.refreshDue(now)).toEqual([])
      expect((await state()).status).toBe('ok')
      expect(await tokens.current(oaId)).toBe('access-1')
    })

    it('asks once more with the same token after silence', async () => {
      patience = 600
      platform.behave(silence, rotate)
      expect(await keeper().replace(oaId, 'access-0')).toBe('access-1')
      expect(platform.seen.map(({ body }) => new URLSearchParams(body).get('refresh_token'))).toEqual(['refresh-0', 'refresh-0'])
    })

    it('needs consent when Zalo had changed the pair in silence', async () => {
      patience = 600
      platform.behave(rotateSilently, rotate)
      expect(await failure(keeper().replace(oaId, 'access-0'))).toMatchObject({ code: '-14014', outcome: { needs: 'consent' } })
    })

    it('leaves everything as it was after two silences, and tries again later', async () => {
      patience = 400
      platform.behave(silence)
      const tokens = keeper()
      expect(await failure(tokens.replace(oaId, 'access-0'))).toMatchObject({ code: 'refresh_no_answer', outcome: { kind: 'unavailable' } })
      expect(await pair()).toMatchObject({ refreshToken: 'refresh-0', refreshing: null, dead: null })
      patience = 10_000
      platform.behave(rotate)
      expect(await tokens.replace(oaId, 'access-0')).toBe('access-1')
    })

    it('marks nothing dead when the host cannot be reached', async () => {
      const tokens = createZaloTokens({
        app: { appId: '1', appSecret: 's', oauthUrl: 'http://127.0.0.1:9' }, accounts: [account], entries, http: createAxios(hasty), clock: () => now,
      })
      expect(await failure(tokens.replace(oaId, 'access-0'))).toMatchObject({ code: 'refresh_not_sent', outcome: { kind: 'unavailable' } })
      expect(await keeper().replace(oaId, 'access-0')).toBe('access-1')
    })
  })

  describe('when the process dies', () => {
    const dead = new Error('process gone')
    /** The store as one process sees it: gone from the moment it dies. */
    const until = (isDead: () => boolean): MemoryEntries => ({
      ...entries,
      readEntry: async (name) => (isDead() ? Promise.reject(dead) : entries.readEntry(name)),
      writeEntry: async (name, value, expected) => (isDead() ? Promise.reject(dead) : entries.writeEntry(name, value, expected)),
    })

    it('before the mark: the next one refreshes at once', async () => {
      await keeper().current(oaId)
      await failure(keeper([account], until(() => true)).replace(oaId, 'access-0'))
      expect(await keeper().replace(oaId, 'access-0')).toBe('access-1')
    })

    it('after the mark, before the call: the next one waits for the lease and refreshes with the same token', async () => {
      await keeper().current(oaId)
      const { pair, version } = (await readPair(entries, oaId))!
      await entries.writeEntry(`secret:zalo:${oaId}`, JSON.stringify({ ...pair, refreshing: { by: 'a dead process', until: now + REFRESH_LEASE } }), version)
      const next = keeper()
      expect(await failure(next.replace(oaId, 'access-0'))).toMatchObject({ code: 'refreshing' })
      now += REFRESH_LEASE
      expect(await next.replace(oaId, 'access-0')).toBe('access-1')
      expect(platform.seen).toHaveLength(1)
    })

    it('after the call, before the pair is stored: the pair is lost, and a person is asked', async () => {
      let died = false
      platform.behave((seen, response, request) => { died = true; rotate(seen, response, request) }, rotate)
      await failure(keeper([account], until(() => died)).replace(oaId, 'access-0'))
      now += REFRESH_LEASE
      expect(await failure(keeper().replace(oaId, 'access-0'))).toMatchObject({ code: '-14014', outcome: { needs: 'consent' } })
      expect((await state()).status).toBe('needs_consent')
    })

    it('after the pair is stored: the next one uses it without a call', async () => {
      await keeper().replace(oaId, 'access-0')
      expect(await keeper().current(oaId)).toBe('access-1')
      expect(platform.seen).toHaveLength(1)
    })
  })

  it('stores a pair it owes as soon as the store is back, and uses it only then', async () => {
    platform.behave((seen, response, request) => {
      entries.failing = new Error('disk full')
      rotate(seen, response, request)
    })
    const tokens = keeper()
    expect(await failure(tokens.replace(oaId, 'access-0'))).toMatchObject({ outcome: { kind: 'unavailable' } })
    entries.failing = null
    expect((await pair()).accessToken).toBe('access-0')
    expect(await tokens.replace(oaId, 'access-0')).toBe('access-1')
    expect((await pair()).refreshToken).toBe('refresh-1')
    expect(platform.seen).toHaveLength(1)
  })

  describe('seeds and consent', () => {
    it('does not go back to a seed it has taken before', async () => {
      await keeper().replace(oaId, 'access-0')
      expect(await keeper().current(oaId)).toBe('access-1')
    })

    it('takes a new seed, and the account may send again', async () => {
      await keeper().current(oaId)
      await setAccountState(entries, `zalo:${oaId}`, { status: 'needs_consent', code: '-14014' }, now)
      const renewed = keeper([{ ...account, accessToken: 'seed-2', refreshToken: 'refresh-seed-2' }])
      expect(await renewed.current(oaId)).toBe('seed-2')
      expect((await state()).status).toBe('ok')
    })

    it('begins with a refresh token alone', async () => {
      expect(await keeper([{ ...account, accessToken: null }]).current(oaId)).toBe('access-1')
    })

    it('asks for consent where there is no token at all', async () => {
      expect(await failure(keeper([{ ...account, accessToken: null, refreshToken: null }]).current(oaId))).toMatchObject({ code: 'no_token', outcome: { needs: 'consent' } })
    })

    it('asks for consent when an access token without a refresh token ends', async () => {
      const tokens = keeper([{ ...account, refreshToken: null }])
      expect(await tokens.current(oaId)).toBe('access-0')
      expect(await failure(tokens.replace(oaId, 'access-0'))).toMatchObject({ code: 'no_refresh_token', outcome: { needs: 'consent' } })
      expect(platform.seen).toHaveLength(0)
    })

    it('uses what a person’s consent brought while the account was stopped', async () => {
      valid = 'something else'
      const tokens = keeper()
      await failure(tokens.replace(oaId, 'access-0'))
      platform.behave(answer({ access_token: 'consented', refresh_token: 'refresh-c', expires_in: '90000' }))
      const app = { appId: '1', appSecret: 's', oauthUrl: platform.origin }
      expect(await acceptConsent({ app, accounts: [account], entries, http: createAxios(hasty) }, { code: 'c', oaId, verifier: 'v' }, now)).toEqual({ kind: 'connected', oaId })
      expect(await tokens.replace(oaId, 'access-0')).toBe('consented')
      expect(await keeper().current(oaId)).toBe('consented')
      expect((await state()).status).toBe('ok')
    })

    it('keeps what a person’s consent brought while the old token was being spent', async () => {
      platform.behave((seen, response, request) => {
        const found = entries.values.get(`secret:zalo:${oaId}`)!
        const consented = { ...JSON.parse(found.value), accessToken: 'consented', refreshToken: 'refresh-c', refreshing: null }
        entries.values.set(`secret:zalo:${oaId}`, { value: JSON.stringify(consented), version: found.version + 1 })
        rotate(seen, response, request)
      })
      expect(await keeper().replace(oaId, 'access-0')).toBe('consented')
    })

    describe('that comes while the old token is being refused', () => {
      const consent = (): Promise<unknown> => {
        platform.behave(answer({ access_token: 'consented', refresh_token: 'refresh-c', expires_in: '90000' }))
        const app = { appId: '1', appSecret: 's', oauthUrl: platform.origin }
        return acceptConsent({ app, accounts: [account], entries, http: createAxios(hasty) }, { code: 'c', oaId, verifier: 'v' }, now)
      }
      /** The store, where a person agrees right before the account is stopped. */
      const agreeingBeforeTheStop = (): MemoryEntries => {
        let agreed = false
        return {
          ...entries,
          async writeEntry(name, value, expected) {
            if (!agreed && value?.includes('needs_consent')) {
              agreed = true
              await consent()
            }
            return entries.writeEntry(name, value, expected)
          },
        }
      }

      it('wins over the late refusal of a call with the old token', async () => {
        const tokens = keeper()
        await tokens.current(oaId)
        await consent()
        expect(await tokens.giveUp(oaId, 'access-0', '-216')).toBe(false)
        expect((await state()).status).toBe('ok')
        expect(await tokens.current(oaId)).toBe('consented')
      })

      it.each<[string, (tokens: ZaloTokens) => Promise<unknown>, unknown]>([
        ['the replacement was refused too', (tokens) => tokens.giveUp(oaId, 'access-0', '-216'), false],
        ['the refresh token was refused', (tokens) => tokens.replace(oaId, 'access-0'), 'consented'],
      ])('wins when the account is just being stopped because %s', async (_label, refuse, result) => {
        valid = 'something else'
        const tokens = keeper([account], agreeingBeforeTheStop())
        await tokens.current(oaId)
        expect(await refuse(tokens)).toBe(result)
        expect((await state()).status).toBe('ok')
        expect(await tokens.current(oaId)).toBe('consented')
      })

      it('wins where there was no token at all', async () => {
        expect(await keeper([{ ...account, accessToken: null, refreshToken: null }], agreeingBeforeTheStop()).current(oaId)).toBe('consented')
        expect((await state()).status).toBe('ok')
      })
    })
  })

  it('stops after the replacement was refused too', async () => {
    const tokens = keeper()
    await tokens.current(oaId)
    expect(await tokens.giveUp(oaId, 'access-0', '-216')).toBe(true)
    expect(await state()).toMatchObject({ status: 'needs_consent', code: '-216', worksUntil: null })
  })

  it('knows no OA that is not set', async () => {
    expect(await failure(keeper().current('1'))).toMatchObject({ code: 'unknown_oa', outcome: { needs: 'permission' } })
  })
})
