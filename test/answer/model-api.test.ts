import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createModelApi } from '../../src/answer/model/api.ts'
import { ModelError, type ModelApi } from '../../src/answer/model/model.ts'
import { createBreaker } from '../../src/answer/model/breaker.ts'
import type { ModelFault } from '../../src/answer/model/outcome.ts'
import { MINUTE, SECOND } from '../../src/core/time.ts'
import { ModelServer, type ModelReply } from '../support/model-server.ts'

const prompt = { messages: [{ role: 'user' as const, content: '{}' }], schema: { type: 'object' } }
const server = new ModelServer()
const elsewhere = new ModelServer()
beforeAll(async () => void (await Promise.all([server.listen(), elsewhere.listen()])))
afterAll(() => {
  server.close()
  elsewhere.close()
})
let api: ModelApi
beforeEach(() => {
  server.requests.length = 0
  api = createModelApi({ baseUrl: `${server.origin}/v1`, apiKey: 'canary-model-key', model: 'stand-in', fetch })
})

const complete = (signal = new AbortController().signal) => api.complete(prompt, signal)
const faultOf = (reply: ModelReply): Promise<ModelFault> => {
  server.reply = () => reply
  return complete().then(() => expect.unreachable('should fail'), (error: unknown) => {
    expect(error).toBeInstanceOf(ModelError)
    expect(String(error)).not.toContain('canary')
    return (error as ModelError).fault
  })
}

describe('one call', () => {
  it('asks for words by a schema, likeliest first, with the key in a header, and counts tokens', async () => {
    server.reply = () => ({ says: 'chào' })
    expect(await complete()).toEqual({ content: 'chào', tokens: { read: 1_000, written: 100 } })
    expect(server.requests).toEqual([expect.objectContaining({ model: 'stand-in', temperature: 0, authorization: 'Bearer canary-model-key', messages: prompt.messages })])
    expect(server.requests[0]!.response_format!.json_schema.schema).toEqual({ type: 'object' })
  })

  it.each<[string, ModelReply, ModelFault]>([
    ['429', { status: 429 }, 'throttled'],
    ['500', { status: 500 }, 'server_error'],
    ['503 with a page', { status: 503, body: '<html>' }, 'server_error'],
    ['401', { status: 401 }, 'refused_by_server'],
    ['404', { status: 404 }, 'refused_by_server'],
    ['half an answer', 'half', 'no_connection'],
    ['a hang-up', 'hang_up', 'no_connection'],
    ['JSON that is none', { bytes: '{"choices": [' }, 'broken_answer'],
    ['JSON without an answer', { bytes: '{"choices":[]}' }, 'broken_answer'],
    ['null', { bytes: 'null' }, 'broken_answer'],
    ['a page', { bytes: '<html>ok</html>', type: 'text/html' }, 'broken_answer'],
    ['a stream nobody asked for', { bytes: 'data: {"choices":[{"delta":{"content":"x"}}]}\n\ndata: [DO', type: 'text/event-stream' }, 'broken_answer'],
    ['an answer cut off by its length', { says: '{"sentences":[', finish: 'length' }, 'broken_answer'],
    ['a megabyte', { bytes: `"${'x'.repeat(1_000_000)}"` }, 'broken_answer'],
  ])('%s is one fault and one request', async (_, reply, fault) => {
    expect(await faultOf(reply)).toBe(fault)
    expect(server.requests).toHaveLength(1)
  })

  it('follows nobody elsewhere', async () => {
    expect(await faultOf({ redirect: `${elsewhere.origin}/v1/chat/completions` })).toBe('refused_by_server')
    expect(elsewhere.requests).toEqual([])
  })

  it('ends at once when it is called off, and the server sees it', async () => {
    server.reply = () => 'nothing'
    const call = new AbortController()
    const ended = complete(call.signal).catch((error: ModelError) => error.fault)
    await server.heard(1)
    call.abort()
    expect(await ended).toBe('interrupted')
  })

  it('a server that takes no schema is asked in plainer forms, and remembered', async () => {
    server.reply = ({ response_format, temperature }) => (response_format !== undefined || temperature !== undefined ? { status: 400 } : { says: 'được' })
    expect((await complete()).content).toBe('được')
    expect(server.requests).toHaveLength(3)
    await complete()
    expect(server.requests).toHaveLength(4)
  })

  it('a request refused in every form costs later ones neither schema nor limits', async () => {
    expect(await faultOf({ status: 400 })).toBe('refused_by_server')
    expect(server.requests).toHaveLength(3)
    server.requests.length = 0
    server.reply = () => ({ says: 'được' })
    await complete()
    expect(server.requests).toEqual([expect.objectContaining({ temperature: 0, response_format: expect.objectContaining({ type: 'json_schema' }) })])
  })

  it.each<[string, ModelReply]>([['is cut off', { says: '{"sentences":[', finish: 'length' }], ['fails', { status: 500 }]])('a simpler form whose answer %s is not kept', async (_, simpler) => {
    server.reply = ({ temperature }) => (temperature === undefined ? simpler : { status: 400 })
    await complete().catch(() => undefined)
    server.requests.length = 0
    server.reply = () => ({ says: 'được' })
    await complete()
    expect(server.requests).toEqual([expect.objectContaining({ temperature: 0 })])
  })

  it('looks after the server without a word of anybody', async () => {
    expect(await api.check(new AbortController().signal)).toBe('ok')
    expect(await createModelApi({ baseUrl: 'http://127.0.0.1:9/v1', apiKey: '', model: 'm', fetch }).check(new AbortController().signal)).toBe('no_connection')
  })
})

describe('the breaker', () => {
  it('opens after five failures in a row, lets one try after each rest, doubles the rest, closes on success', () => {
    const breaker = createBreaker()
    for (let i = 0; i < 4; i++) breaker.ended(false, 0)
    expect(breaker.mayAsk(0)).toBe(true)
    breaker.ended(true, 0)
    for (let i = 0; i < 5; i++) breaker.ended(false, 0)
    expect([breaker.rests(1), breaker.mayAsk(29 * SECOND)]).toEqual([true, false])
    // Those that were under way when it opened change nothing.
    breaker.ended(false, 10)
    expect([breaker.mayAsk(30 * SECOND), breaker.mayAsk(30 * SECOND)]).toEqual([true, false])
    breaker.ended(false, 31 * SECOND)
    expect([breaker.mayAsk(90 * SECOND), breaker.mayAsk(91 * SECOND)]).toEqual([false, true])
    breaker.ended(true, 92 * SECOND)
    expect([breaker.rests(92 * SECOND), breaker.mayAsk(92 * SECOND)]).toEqual([false, true])
  })

  it('rests ten minutes at most, and a try that never ends frees the way after another rest', () => {
    const breaker = createBreaker()
    for (let i = 0; i < 5; i++) breaker.ended(false, 0)
    let now = 0
    for (let i = 0; i < 12; i++) {
      now += 10 * MINUTE
      expect(breaker.mayAsk(now)).toBe(true)
      if (i !== 5) breaker.ended(false, now)
    }
    expect([breaker.mayAsk(now + 10 * MINUTE - 1), breaker.mayAsk(now + 10 * MINUTE)]).toEqual([false, true])
  })
})
