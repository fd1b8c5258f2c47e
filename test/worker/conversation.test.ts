import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../../src/console/paths.ts'
import { createStaffBook } from '../../src/console/staff.ts'
import { channelNames } from '../../src/core/contact.ts'
import { silentLog } from '../../src/core/ports.ts'
import { SECOND } from '../../src/core/time.ts'
import type { SentMessage } from '../../src/sandbox/person.ts'
import { startSandbox, type Sandbox } from '../../src/sandbox/start.ts'
import { ModelServer, saying, shownIn } from '../support/model-server.ts'
import { standInVars, startWorker, type WorkerWorld } from '../support/worker.ts'

const model = new ModelServer()
let sandbox: Sandbox
let worker: WorkerWorld
beforeAll(async () => {
  await model.listen()
  sandbox = await startSandbox({ target: () => worker.url, port: 0, now: Date.now, log: silentLog })
  worker = await startWorker({
    ...standInVars(sandbox.settings), METRICS_TOKEN: 'canary-metrics',
    OPENAI_MODEL: 'stand-in', OPENAI_BASE_URL: `${model.origin}/v1`, OPENAI_API_KEY: 'canary-model-key', MODEL_HOSTS_IN_VIETNAM: '127.0.0.1',
  })
})
afterAll(async () => {
  await worker?.stop()
  await sandbox?.close()
  model.close()
})

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> => fetch(worker.url + path, { headers, redirect: 'manual' })

describe('a conversation through workerd, D1 and the stand-ins', () => {
  it.each(channelNames)('%s: greeting, a question, a button, a repeated webhook, a person', async (channel) => {
    const citizen = sandbox.platforms[channel].newCitizen()
    /** The first message after those that are there which fits. */
    const next = async (act: () => Promise<number | null>, fits: (message: SentMessage) => boolean): Promise<SentMessage> => {
      const before = citizen.received().length
      expect(await act()).toBe(200)
      return citizen.waitFor((message) => citizen.received().indexOf(message) >= before && fits(message))
    }
    await next(() => citizen.says('xin chào'), ({ text }) => text.includes('tự động'))
    const answer = await next(() => citizen.says('quên mật khẩu vneid'), ({ text }) => text.includes('mật khẩu'))
    const offering = citizen.received().findLast(({ buttons }) => buttons.some(({ payload }) => payload !== null))!
    const { payload } = offering.buttons.find((button) => button.payload !== null)!
    const tapped = await next(() => citizen.taps(payload!), () => true)
    expect(tapped.text).not.toBe(answer.text)

    // Byte for byte once more, as platforms do: recorded once, answered once.
    const answered = citizen.received().length
    expect(await citizen.repeats()).toBe(200)
    await next(() => citizen.says('gặp cán bộ'), ({ text }) => text.includes('cán bộ'))
    expect(citizen.received().slice(answered).map(({ text }) => text)).not.toContain(tapped.text)
  })

  it.each(channelNames)('%s: answers who writes faster than it answers, and lets nothing wait for cron', async (channel) => {
    const citizen = sandbox.platforms[channel].newCitizen()
    await citizen.says('xin chào')
    await citizen.hears()
    const texts = ['quên mật khẩu vneid', 'đăng ký tạm trú', 'gặp cán bộ']
    expect(await Promise.all(texts.map((text) => citizen.says(text)))).toEqual([200, 200, 200])
    await citizen.waitFor(({ text }) => text.includes('cán bộ'))
    const store = await worker.store()
    await expect.poll(() => store.load(Date.now()), { timeout: 10 * SECOND }).toMatchObject({ waitingEvents: 0, deadEvents: 0, queuedDeliveries: 0 })
  })

  it('leaves what the platform put off to cron, which sends it', async () => {
    const citizen = sandbox.platforms.telegram.newCitizen()
    await citizen.says('xin chào')
    await citizen.hears()
    sandbox.platforms.telegram.fault({ kind: 'throttle', times: 1, retryAfter: 1 * SECOND })
    const before = citizen.received().length
    expect(await citizen.says('quên mật khẩu vneid')).toBe(200)
    const store = await worker.store()
    await expect.poll(async () => (await store.nextDueAt()) !== null, { timeout: 10 * SECOND }).toBe(true)
    await worker.cron()
    await citizen.waitFor((message) => citizen.received().indexOf(message) >= before && message.text.includes('VNeID'))
  })
})

describe('an unsure question, with a language model on another machine', () => {
  it('is answered in its words, and with the choices where it does not answer', async () => {
    const citizen = sandbox.platforms.zalo.newCitizen()
    await citizen.says('xin chào')
    await citizen.hears()
    model.reply = (request) => saying(...shownIn(request).articles[0]!.passages.slice(0, 1).map(({ id, text }) => ({ text, passage: id })))
    expect(await citizen.says('đăng ký tài khoản')).toBe(200)
    const written = await citizen.waitFor(({ text }) => text.includes('Máy, tức AI'))
    expect(written.text).toContain(shownIn(model.requests.at(-1)!).articles[0]!.passages[0]!.text)
    expect(model.requests.at(-1)).toMatchObject({ model: 'stand-in', authorization: 'Bearer canary-model-key' })

    model.reply = () => 'hang_up'
    const before = citizen.received().length
    await citizen.says('đăng ký tài khoản')
    await citizen.waitFor((message) => citizen.received().indexOf(message) >= before && message.text.includes('Bà con muốn hỏi việc nào'))
  })
})

describe('a request that is not the platform’s', () => {
  it('is refused before anything is recorded', async () => {
    const contacts = (await (await worker.store()).load(Date.now())).contacts
    const forged = await fetch(`${worker.url}/webhooks/zalo`, { method: 'POST', headers: { 'x-zevent-signature': 'mac=0' }, body: '{"event_name":"user_send_text"}' })
    expect(forged.status).toBe(401)
    expect((await (await worker.store()).load(Date.now())).contacts).toBe(contacts)
  })
})

describe('pages', () => {
  it('answers health, readiness, metrics with the token, the handbook and its files', async () => {
    expect(await (await get('/health')).json()).toEqual({ status: 'ok' })
    expect(await (await get('/ready')).json()).toEqual({ ready: true })
    expect((await get('/metrics')).status).toBe(403)
    expect(await (await get('/metrics', { authorization: 'Bearer canary-metrics' })).text()).toContain('camnang_dead_events 0')
    expect((await get('/muc/dvc-forgot-password')).status).toBe(200)
    expect((await get('/privacy')).status).toBe(200)
    const response = await get('/')
    expect(response.headers.get('x-request-id')).toMatch(/\S/)
  })

  it('lets staff in to the console, with passwords as they are kept everywhere', async () => {
    expect((await get(`${root}/dang-nhap`)).status).toBe(404)
    await createStaffBook(await worker.store()).add('Lan', 'admin', 'mat khau de thu 1', Date.now())
    const signIn = (word: string): Promise<Response> =>
      fetch(`${worker.url}${root}/dang-nhap`, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ ten: 'Lan', 'mat-khau': word }) })
    expect((await signIn('mat khau cua ai do')).status).toBe(401)
    const signedIn = await signIn('mat khau de thu 1')
    expect(signedIn.status).toBe(303)
    const cookie = signedIn.headers.get('set-cookie')!.split(';')[0]!
    for (const path of ['', '/dot', '/noi-dung', '/cho']) expect([path, (await get(root + path, { cookie })).status]).toEqual([path, 200])
  })

  it('tells nobody a word of a citizen or a secret in its log', () => {
    const told = worker.log().join('\n')
    for (const secret of ['quên mật khẩu', 'tạm trú', 'canary-model-key', sandbox.settings.zalo.appSecret, sandbox.settings.telegram.accounts[0]!.token]) expect(told).not.toContain(secret)
  })
})
