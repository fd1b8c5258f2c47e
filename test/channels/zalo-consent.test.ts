import nock from 'nock'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { readAccountState, setAccountState } from '../../src/channels/account-state.ts'
import { createAxios } from '../../src/channels/axios.ts'
import { acceptConsent, challengeOf, consentUrl, newVerifier, storedVerifier, type ConsentPorts } from '../../src/channels/zalo-consent.ts'
import { readPair, seedPair } from '../../src/channels/zalo-pair.ts'
import { silentLog } from '../../src/core/ports.ts'
import { createNodeTransport } from '../../src/node/transport.ts'
import { callbackPath, consentState, zaloCallbackRoutes } from '../../webhooks/zalo-callback.ts'
import { memoryEntries } from './entries.ts'

/** The callback as the server mounts it, with one consent begun. */
async function callback(http: ConsentPorts['http']) {
  const entries = memoryEntries()
  await entries.writeEntry(consentState, 'the-state', 0)
  const routes = zaloCallbackRoutes({ app, accounts: [account], entries, http, now: () => 5, log: silentLog })
  const see = async (query: Record<string, string>) => routes.request(`${callbackPath}?${new URLSearchParams(query)}`)
  const visit = async (query: Record<string, string>) => (await see(query)).status
  return { entries, see, visit }
}

const app = { appId: '1111222233334444555', appSecret: 'app-secret', oauthUrl: 'https://oauth.zaloapp.com' }
const account = { oaId: '4300112233445566778', secretKeys: ['k'], accessToken: 'old-a', refreshToken: 'old-r' }

describe('zalo consent', () => {
  const transport = createNodeTransport()
  const http = createAxios(transport.send)
  afterEach(() => nock.cleanAll())
  afterAll(() => transport.close())

  it('makes verifiers of 43 characters and the challenge of RFC 7636', () => {
    expect(newVerifier()).toMatch(/^[\w-]{43}$/)
    expect(challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM')
  })

  it('keeps one verifier, also when two processes ask at once', async () => {
    const entries = memoryEntries()
    const [a, b] = await Promise.all([storedVerifier(entries), storedVerifier(entries)])
    expect(a).toBe(b)
    expect(await storedVerifier(entries)).toBe(a)
  })

  it('leads to the permission page of OAs with challenge and state', () => {
    const url = new URL(consentUrl(app, { redirectUri: 'https://bot.gov.vn/zalo/callback?x=1', verifier: 'v', state: 's' }))
    expect(url.origin + url.pathname).toBe('https://oauth.zaloapp.com/v4/oa/permission')
    expect(Object.fromEntries(url.searchParams)).toEqual({ app_id: app.appId, redirect_uri: 'https://bot.gov.vn/zalo/callback?x=1', code_challenge: challengeOf('v'), state: 's' })
  })

  it('turns the code into a stored pair and lets the account send', async () => {
    const entries = memoryEntries()
    await setAccountState(entries, `zalo:${account.oaId}`, { status: 'revoked', code: 'permission_revoked' }, 1)
    nock('https://oauth.zaloapp.com', { reqheaders: { secret_key: 'app-secret' } })
      .post('/v4/oa/access_token', { app_id: app.appId, grant_type: 'authorization_code', code: 'the-code', code_verifier: 'v' })
      .reply(200, { access_token: 'a', refresh_token: 'r', expires_in: '90000' })
    expect(await acceptConsent({ app, accounts: [account], entries, http }, { code: 'the-code', oaId: account.oaId, verifier: 'v' }, 5)).toEqual({ kind: 'connected', oaId: account.oaId })
    expect((await readPair(entries, account.oaId))?.pair).toMatchObject({ accessToken: 'a', refreshToken: 'r', obtainedAt: 5, expiresAt: 90_000_005 })
    expect((await readAccountState(entries, `zalo:${account.oaId}`)).status).toBe('ok')
    expect(await seedPair(entries, account, 6), 'the older tokens of the settings stay out').toBe(false)
  })

  it.each([
    [{ error: -14003, error_name: 'Invalid code verifier' }, '-14003', 'Invalid code verifier'],
    [{ error: '-14003', error_name: 'Invalid redirect uri', error_reason: 'the-code' }, '-14003', 'Invalid redirect uri'],
    [{ error: -14003, error_name: ['x'] }, '-14003', null],
    [{ error: -14003, error_name: 'one line\nanother' }, '-14003', null],
    [{ access_token: '' }, 'no_answer', null],
  ])('stores nothing for %o', async (reply, code, name) => {
    const entries = memoryEntries()
    nock('https://oauth.zaloapp.com').post('/v4/oa/access_token').reply(200, reply)
    expect(await acceptConsent({ app, accounts: [account], entries, http }, { code: 'c', oaId: account.oaId, verifier: 'v' }, 5)).toEqual({ kind: 'failed', code, name })
    expect(entries.writes).toBe(0)
  })

  it('spends no code for an OA that is not ours', async () => {
    expect(await acceptConsent({ app, accounts: [account], entries: memoryEntries(), http }, { code: 'c', oaId: '1', verifier: 'v' }, 5)).toEqual({ kind: 'unknown_oa' })
  })

  const granted = { access_token: 'a', refresh_token: 'r', expires_in: '90000' }
  const theConsent = { code: 'the-code', oa_id: account.oaId, state: 'the-state' }

  it('is taken once, from whoever carries the state that was given out', async () => {
    const { entries, visit } = await callback(http)
    nock('https://oauth.zaloapp.com').post('/v4/oa/access_token').reply(200, granted)
    expect(await visit(theConsent)).toBe(200)
    expect((await readPair(entries, account.oaId))?.pair).toMatchObject({ accessToken: 'a', refreshToken: 'r' })
    expect(await visit(theConsent)).toBe(403)
  })

  it.each([
    ['another state', { ...theConsent, state: 'guess' }, 403],
    ['a state of the same length', { ...theConsent, state: 'the-stat3' }, 403],
    ['no state', { code: 'the-code', oa_id: account.oaId }, 400],
    ['no code', { oa_id: account.oaId, state: 'the-state' }, 400],
  ] as [string, Record<string, string>, number][])('spends no code for %s, and the consent that was begun stays good', async (_, query, status) => {
    const { entries, visit } = await callback(http)
    expect(await visit(query)).toBe(status)
    expect(await readPair(entries, account.oaId)).toBeNull()
    nock('https://oauth.zaloapp.com').post('/v4/oa/access_token').reply(200, granted)
    expect(await visit(theConsent)).toBe(200)
  })

  it('is spent by one of two callbacks that come at once', async () => {
    const { visit } = await callback(http)
    nock('https://oauth.zaloapp.com').post('/v4/oa/access_token').once().reply(200, granted)
    expect((await Promise.all([visit(theConsent), visit(theConsent)])).toSorted()).toEqual([200, 409])
  })

  it('that Zalo refuses is told, and nothing is stored', async () => {
    const { entries, see } = await callback(http)
    nock('https://oauth.zaloapp.com').post('/v4/oa/access_token').reply(200, { error: -14003, error_name: 'Invalid redirect uri' })
    const page = await see(theConsent)
    expect([page.status, await page.text()]).toEqual([400, 'Zalo từ chối (mã -14003: Invalid redirect uri). Chạy lại lệnh zalo connect.'])
    expect(await readPair(entries, account.oaId)).toBeNull()
  })
})
