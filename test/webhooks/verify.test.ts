import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createFacebookWebhook } from '../../webhooks/facebook.ts'
import { facebookBytes, signFacebook, signTelegram, signZalo } from '../../webhooks/sign.ts'
import { createTelegramWebhook } from '../../webhooks/telegram.ts'
import type { Verification, Webhook } from '../../webhooks/webhook.ts'
import { createZaloWebhook } from '../../webhooks/zalo.ts'
import { payloadIn } from '../support/payload.ts'
import { facebookSettings, telegramSettings, testWebhooks, zaloSettings } from '../support/sign.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const verify = (webhook: Webhook, body: Uint8Array, headers: Record<string, string>, addressedTo?: string): Verification =>
  webhook.verify(body, new Headers(headers).get(webhook.proofHeader), addressedTo)
const refused = { ok: false }

describe('Zalo', () => {
  const { zalo } = testWebhooks
  const body = bytes('{"app_id":"1111222233334444555","sender":{"id":"9007199254740993001"},"user_id_by_app":"5550001112223334444","recipient":{"id":"4300112233445566778"},"event_name":"user_send_text","message":{"text":"Giờ làm việc?","msg_id":"a1b2c3d4e5f60718293a"},"timestamp":"1795224600000"}')
  const mac = 'baf31671d10bf2bb79c4c2781f27e12a9a310b7381312e8a3e1d9cc860a33c94'
  const { appId } = zaloSettings

  it('makes the MAC of the known example', () => {
    expect(signZalo(body, appId, 'test-oa-secret')).toEqual({ 'x-zevent-signature': `mac=${mac}` })
  })

  it.each([['as it comes', `mac=${mac}`], ['without the prefix', mac], ['in capital letters', `mac=${mac.toUpperCase()}`]])('takes the known example %s', (_, header) => {
    expect(verify(zalo, body, { 'X-ZEvent-Signature': header })).toMatchObject({ ok: true, accountId: '4300112233445566778' })
  })

  it.each([['text', '"1795224600000"'], ['a number', '1795224600000'], ['nothing', null]])('takes a body whose timestamp is %s', (_, timestamp) => {
    const signedText = timestamp === null ? '' : timestamp.replaceAll('"', '')
    const plain = bytes(`{"event_name":"follow","oa_id":"4300112233445566778","follower":{"id":"9007199254740993001"}${timestamp === null ? '' : `,"timestamp":${timestamp}`}}`)
    const mac = createHash('sha256').update(appId).update(plain).update(signedText).update('test-oa-secret').digest('hex')
    expect(verify(zalo, plain, { 'x-zevent-signature': `mac=${mac}` }).ok).toBe(true)
  })

  it('takes the key from before a rotation', () => {
    expect(verify(zalo, body, signZalo(body, appId, 'test-oa-secret-before')).ok).toBe(true)
  })

  it.each([
    ['no header', {}],
    ['an empty header', { 'x-zevent-signature': '' }],
    ['half a MAC', { 'x-zevent-signature': `mac=${mac.slice(0, 32)}` }],
    ['a MAC that is no hex', { 'x-zevent-signature': `mac=${'g'.repeat(64)}` }],
    ['the app secret as key', signZalo(body, appId, 'test-app-secret')],
    ['the OA id in place of the app id', signZalo(body, '4300112233445566778', 'test-oa-secret')],
    ['the key of another OA of ours', signZalo(body, appId, 'test-second-oa-secret')],
    ['an HMAC', { 'x-zevent-signature': `mac=${signFacebook(body, 'test-oa-secret')['x-hub-signature-256']!.slice(7)}` }],
  ] as [string, Record<string, string>][])('refuses %s', (_, headers) => {
    expect(verify(zalo, body, headers)).toEqual(refused)
  })

  it('refuses one changed byte', () => {
    const changed = body.slice()
    changed[changed.length - 10]! ^= 1
    expect(verify(zalo, changed, { 'x-zevent-signature': `mac=${mac}` })).toEqual(refused)
  })

  it.each(['', 'not json', '{"half":', '\u0000'])('calls bytes that are no JSON unreadable: %j', (text) => {
    expect(verify(zalo, bytes(text), signZalo(bytes(text), appId, 'test-oa-secret'))).toEqual({ ok: false, unreadable: true })
  })

  it('takes any of our keys where the body names no OA of ours, and says whose it was', () => {
    const alarm = bytes('{"event_name":"change_template_status","timestamp":"1795224600000"}')
    expect(verify(zalo, alarm, signZalo(alarm, appId, 'test-second-oa-secret'))).toMatchObject({ ok: true, accountId: '4300112233445566779' })
  })

  it('says nobody’s where two of our OAs have one key and the body names neither', () => {
    const [first, second] = zaloSettings.accounts.map((account) => ({ ...account, secretKeys: ['one-key'] }))
    const alarm = bytes('{"event_name":"change_template_status","timestamp":"1795224600000"}')
    expect(verify(createZaloWebhook({ ...zaloSettings, accounts: [first!, second!] }), alarm, signZalo(alarm, appId, 'one-key'))).toMatchObject({ ok: true, accountId: null })
  })

  it('takes an event only for the OA whose key proved it', () => {
    const forged = bytes(JSON.stringify({ ...JSON.parse(new TextDecoder().decode(body)) as object, sender: { id: '4300112233445566779' } }))
    const proof = verify(zalo, forged, signZalo(forged, appId, 'test-second-oa-secret'))
    expect(proof).toMatchObject({ ok: true, accountId: '4300112233445566779' })
    expect(zalo.parse(payloadIn(forged), { receivedAt: 1795400000000, accountId: '4300112233445566779' })).toMatchObject({ events: [], ignored: { another_account: 1 } })
  })

  it('takes only the keys of the OA in the address', () => {
    const headers = signZalo(body, appId, 'test-oa-secret')
    expect(verify(zalo, body, headers, '4300112233445566778').ok).toBe(true)
    expect(verify(zalo, body, headers, '4300112233445566779')).toEqual(refused)
  })

  it.each([['none', []], ['an empty one', ['']]])('refuses everything when the key is %s', (_, secretKeys) => {
    const open = createZaloWebhook({ ...zaloSettings, accounts: [{ ...zaloSettings.accounts[0]!, secretKeys }] })
    expect(verify(open, body, signZalo(body, appId, ''))).toEqual(refused)
  })
})

describe('Facebook', () => {
  const { facebook } = testWebhooks
  const body = facebookBytes({ object: 'page', entry: [], text: 'Thủ tục cấp lại căn cước / cần gì ạ? 👍' })

  it('signs bytes in which every letter outside ASCII is escaped', () => {
    const text = new TextDecoder().decode(body)
    expect(text).toContain(String.raw`Th\u1ee7 t\u1ee5c`)
    expect(text).toContain(String.raw`\ud83d\udc4d`)
    expect(text).toMatch(/^[\x20-\x7e]+$/)
    expect(JSON.parse(text)).toEqual({ object: 'page', entry: [], text: 'Thủ tục cấp lại căn cước / cần gì ạ? 👍' })
  })

  it('makes the MAC of a known example', () => {
    // RFC 4231, test case 2
    expect(signFacebook(bytes('what do ya want for nothing?'), 'Jefe')).toEqual({ 'x-hub-signature-256': 'sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843' })
  })

  it('takes the secret of today and the one from before a rotation', () => {
    expect(verify(facebook, body, signFacebook(body, 'test-fb-secret'))).toEqual({ ok: true, accountId: null })
    expect(verify(facebook, body, signFacebook(body, 'test-fb-secret-before')).ok).toBe(true)
  })

  it('refuses the same JSON written anew', () => {
    const anew = bytes(JSON.stringify(JSON.parse(new TextDecoder().decode(body))))
    expect(verify(facebook, anew, signFacebook(body, 'test-fb-secret'))).toEqual(refused)
  })

  it.each([
    ['no header', {}],
    ['the SHA-1 header', { 'x-hub-signature': 'sha1=0000000000000000000000000000000000000000' }],
    ['a wrong secret', signFacebook(body, 'other')],
    ['a MAC that is no hex', { 'x-hub-signature-256': `sha256=${'z'.repeat(64)}` }],
  ] as [string, Record<string, string>][])('refuses %s', (_, headers) => {
    expect(verify(facebook, body, headers)).toEqual(refused)
  })

  it.each([['none', []], ['an empty one', ['']]])('refuses everything when the secret is %s', (_, appSecrets) => {
    expect(verify(createFacebookWebhook({ ...facebookSettings, appSecrets }), body, signFacebook(body, ''))).toEqual(refused)
  })

  it('refuses an address that names a page of others', () => {
    expect(verify(facebook, body, signFacebook(body, 'test-fb-secret'), '1029384757').ok).toBe(true)
    expect(verify(facebook, body, signFacebook(body, 'test-fb-secret'), '5555555555')).toEqual(refused)
  })

  const question = (mode: string, token: string) => new URLSearchParams({ 'hub.mode': mode, 'hub.verify_token': token, 'hub.challenge': '0012345678901234567890' })

  it('answers the handshake with the challenge, digit by digit', () => {
    expect(facebook.handshake!(question('subscribe', 'test-verify-token'))).toBe('0012345678901234567890')
  })

  it.each([['another token', question('subscribe', 'guess')], ['another mode', question('unsubscribe', 'test-verify-token')], ['nothing', new URLSearchParams()]])('refuses a handshake with %s', (_, query) => {
    expect(facebook.handshake!(query)).toBeNull()
  })

  it('refuses every handshake when no token is set', () => {
    expect(createFacebookWebhook({ ...facebookSettings, verifyToken: '' }).handshake!(question('subscribe', ''))).toBeNull()
  })
})

describe('Telegram', () => {
  const { telegram } = testWebhooks
  const body = bytes('{"update_id":1}')

  it.each([['test-bot-secret', '7000000001'], ['test-bot-secret-before', '7000000001'], ['test-second-bot-secret', '7000000002']])('tells by the secret %s which bot it is', (secret, accountId) => {
    expect(verify(telegram, body, signTelegram(secret))).toEqual({ ok: true, accountId })
  })

  it.each([['no header', {}], ['an empty header', signTelegram('')], ['a guess', signTelegram('guess')], ['the beginning of a secret', signTelegram('test-bot')]] as [string, Record<string, string>][])('refuses %s', (_, headers) => {
    expect(verify(telegram, body, headers)).toEqual(refused)
  })

  it('takes only the secrets of the bot in the address', () => {
    expect(verify(telegram, body, signTelegram('test-bot-secret'), '7000000001').ok).toBe(true)
    expect(verify(telegram, body, signTelegram('test-bot-secret'), '7000000002')).toEqual(refused)
  })

  it('refuses a secret that two bots share, unless the address tells them apart', () => {
    const shared = createTelegramWebhook({ ...telegramSettings, accounts: telegramSettings.accounts.map((account) => ({ ...account, webhookSecrets: ['shared'] })) })
    expect(verify(shared, body, signTelegram('shared'))).toEqual(refused)
    expect(verify(shared, body, signTelegram('shared'), '7000000002')).toMatchObject({ ok: true, accountId: '7000000002' })
  })

  it.each([['none', []], ['an empty one', ['']]])('refuses everything when the secret is %s', (_, webhookSecrets) => {
    const open = createTelegramWebhook({ ...telegramSettings, accounts: [{ ...telegramSettings.accounts[0]!, webhookSecrets }] })
    expect(verify(open, body, signTelegram(''))).toEqual(refused)
  })
})
