import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { channelNames } from '../../src/core/contact.ts'
import { silentLog } from '../../src/core/ports.ts'
import { startSandbox, type Sandbox } from '../../src/sandbox/start.ts'
import { standInVars, startWorker, type WorkerWorld } from '../support/worker.ts'

let sandbox: Sandbox
let worker: WorkerWorld
beforeAll(async () => {
  sandbox = await startSandbox({ target: () => worker.url, port: 0, now: Date.now, log: silentLog })
  worker = await startWorker({ ...standInVars(sandbox.settings), METRICS_TOKEN: 'canary-metrics' })
})
afterAll(async () => {
  await worker?.stop()
  await sandbox?.close()
})

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> => fetch(worker.url + path, { headers, redirect: 'manual' })

describe('a conversation through workerd, D1 and the stand-ins', () => {
  it.each(channelNames)('%s: greeting, question, article by a tapped button, a person', async (channel) => {
    const citizen = sandbox.platforms[channel].newCitizen()
    expect(await citizen.says('xin chào')).toBe(200)
    const greeting = await citizen.hears()
    expect(greeting.text).toContain('tự động')
    expect(await citizen.says('quên mật khẩu vneid')).toBe(200)
    await citizen.waitFor(({ text }) => text.includes('VNeID'))
    expect(await citizen.says('gặp cán bộ')).toBe(200)
    await citizen.waitFor(({ text }) => text.includes('cán bộ'))
  })
})

describe('pages', () => {
  it('answers health, readiness and an article', async () => {
    expect(await (await get('/health')).json()).toEqual({ status: 'ok' })
    expect(await (await get('/ready')).json()).toEqual({ ready: true })
    expect((await get('/muc/dvc-forgot-password')).status).toBe(200)
  })
})
