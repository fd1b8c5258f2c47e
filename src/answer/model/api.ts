import OpenAI from 'openai'
import { ModelError, type Completion, type ModelApi } from './model.ts'
import type { Prompt } from './prompt.ts'

export interface ModelServer {
  /** With its path: `https://api.openai.com/v1`. */
  baseUrl: string
  /** Empty where the server wants none. */
  apiKey: string
  model: string
  /** The way out: `fetch` on Node and on a Worker. */
  fetch: typeof fetch
}

/** An answer that is cut off here could not be read anyway. */
const mostBytes = 256 * 1024
const mostTokens = 900

/**
 * Any server that speaks chat completions. The first form of a request holds the model to a schema and to the likeliest
 * words; a server that refuses a form as malformed (400, 422) and answers a simpler one is asked in that one from then on.
 */
export function createModelApi(server: ModelServer): ModelApi {
  const client = new OpenAI({
    baseURL: server.baseUrl, apiKey: server.apiKey === '' ? 'none' : server.apiKey, organization: null, project: null, adminAPIKey: null, webhookSecret: null,
    maxRetries: 0, timeout: 120_000, logLevel: 'off',
    fetch: bounded(server.fetch),
  })
  /** The fullest form that is not known to be refused: a simpler one is kept once it was answered, so that a request refused in every form changes nothing. */
  let form = 0

  async function complete(prompt: Prompt, signal: AbortSignal, tried: number): Promise<Completion> {
    try {
      const answer = await client.chat.completions.create({ model: server.model, messages: prompt.messages, ...forms[tried]!(prompt) }, { signal })
      const choice = answer.choices?.[0]
      if (typeof choice?.message?.content !== 'string' || choice.finish_reason === 'length') throw new ModelError('broken_answer', choice?.finish_reason ?? 'empty')
      form = Math.max(form, tried)
      return { content: choice.message.content, tokens: { read: answer.usage?.prompt_tokens ?? 0, written: answer.usage?.completion_tokens ?? 0 } }
    } catch (error) {
      if (isMalformed(error) && tried + 1 < forms.length) return complete(prompt, signal, tried + 1)
      throw toModelError(error)
    }
  }

  return {
    complete: (prompt, signal) => complete(prompt, signal, form),
    async check(signal) {
      try {
        await client.models.list({ signal })
        return 'ok'
      } catch (error) {
        // A small server may have no list of models; that it said so is enough.
        return error instanceof OpenAI.APIError && error.status === 404 ? 'ok' : toModelError(error).fault
      }
    },
  }
}

const schemaOf = ({ schema }: Prompt) => ({ type: 'json_schema' as const, json_schema: { name: 'answer', strict: true, schema } })
const forms = [
  (prompt: Prompt) => ({ temperature: 0, max_completion_tokens: mostTokens, response_format: schemaOf(prompt) }),
  (prompt: Prompt) => ({ response_format: schemaOf(prompt) }),
  () => ({}),
]

const isMalformed = (error: unknown): boolean => error instanceof OpenAI.APIError && (error.status === 400 || error.status === 422)

function toModelError(error: unknown): ModelError {
  if (error instanceof ModelError) return error
  if (error instanceof OpenAI.APIUserAbortError) return new ModelError('interrupted', 'aborted')
  if (error instanceof OpenAI.APIError && error.cause instanceof ModelError) return error.cause
  if (error instanceof OpenAI.APIConnectionTimeoutError) return new ModelError('timeout', 'no_answer')
  if (error instanceof OpenAI.APIConnectionError) return new ModelError('no_connection', 'no_connection')
  if (error instanceof OpenAI.APIError && typeof error.status === 'number') {
    const { status } = error
    return new ModelError(status === 429 ? 'throttled' : status >= 500 ? 'server_error' : 'refused_by_server', String(status))
  }
  return new ModelError('broken_answer', 'unreadable')
}

/** Follows nobody elsewhere with a citizen's words, and reads no more than an answer can be. */
function bounded(send: typeof fetch): typeof fetch {
  return async (input, init) => {
    const response = await send(input, { ...init, redirect: 'manual' })
    if (response.status === 0 || (response.status >= 300 && response.status < 400)) throw new ModelError('refused_by_server', 'redirect')
    const body = await readUpTo(response, mostBytes)
    return new Response(body, { status: response.status, headers: { 'content-type': response.headers.get('content-type') ?? 'application/json' } })
  }
}

async function readUpTo(response: Response, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let size = 0
  if (response.body !== null) {
    for await (const chunk of response.body) {
      size += chunk.byteLength
      if (size > most) throw new ModelError('broken_answer', 'too_large')
      chunks.push(chunk)
    }
  }
  const whole = new Uint8Array(size)
  chunks.reduce((at, chunk) => (whole.set(chunk, at), at + chunk.byteLength), 0)
  return whole
}
