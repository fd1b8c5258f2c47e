import { createServer, type Server, type ServerResponse } from 'node:http'

/** What the stand-in sends back: words of the model, an HTTP status, bytes as they are, half an answer, nothing at all, a way elsewhere. */
export type ModelReply =
  | { says: string; finish?: string }
  | { status: number; body?: string }
  | { bytes: string; type?: string }
  | 'half' | 'nothing' | 'hang_up' | { redirect: string }

/** The request as it came over the wire. */
export interface ModelRequest {
  model: string
  messages: { role: string; content: string }[]
  response_format?: { json_schema: { schema: unknown } }
  temperature?: number
  authorization: string
}

/** What the model was shown. */
export interface Shown {
  question: string
  articles: { title: string; passages: { id: string; text: string }[] }[]
}
export const shownIn = (request: ModelRequest): Shown => JSON.parse(request.messages.at(-1)!.content) as Shown

export const saying = (...sentences: { text: string; passage: string }[]): ModelReply => ({ says: JSON.stringify({ sentences }) })

/** OpenAI's chat completions on loopback, played by whoever the test needs. */
export class ModelServer {
  readonly requests: ModelRequest[] = []
  reply: (request: ModelRequest) => ModelReply = () => ({ says: '{"sentences":[]}' })
  origin = ''
  /** How many calls were cut off by the caller. */
  aborted = 0
  readonly #server: Server
  #waiters: { count: number; done: () => void }[] = []

  constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        response.on('close', () => { if (!response.writableFinished) this.aborted++ })
        if (request.url === '/v1/models') return void response.writeHead(200, { 'content-type': 'application/json' }).end('{"object":"list","data":[]}')
        const asked = { ...JSON.parse(Buffer.concat(chunks).toString() || '{}') as ModelRequest, authorization: request.headers.authorization ?? '' }
        this.requests.push(asked)
        answer(response, this.reply(asked))
        for (const { count, done } of this.#waiters) if (this.requests.length >= count) done()
      })
    })
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    this.origin = `http://127.0.0.1:${(this.#server.address() as { port: number }).port}`
    return this
  }

  /** Resolves when so many requests have arrived in all. */
  heard(count: number): Promise<void> {
    return this.requests.length >= count ? Promise.resolve() : new Promise((done) => this.#waiters.push({ count, done }))
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }
}

function answer(response: ServerResponse, reply: ModelReply): void {
  const json = { 'content-type': 'application/json' }
  if (reply === 'nothing') return
  if (reply === 'hang_up') return void response.destroy()
  if (reply === 'half') {
    const whole = JSON.stringify(completion('{"sentences":[]}', 'stop'))
    response.writeHead(200, { ...json, 'content-length': String(Buffer.byteLength(whole)) })
    response.write(whole.slice(0, whole.length / 2), () => response.destroy())
  } else if ('says' in reply) response.writeHead(200, json).end(JSON.stringify(completion(reply.says, reply.finish ?? 'stop')))
  else if ('status' in reply) response.writeHead(reply.status, json).end(reply.body ?? '{"error":{"message":"stand-in"}}')
  else if ('redirect' in reply) response.writeHead(307, { location: reply.redirect }).end()
  else response.writeHead(200, { 'content-type': reply.type ?? 'application/json' }).end(reply.bytes)
}

const completion = (content: string, finish: string) => ({
  id: 'c1', object: 'chat.completion', created: 0, model: 'stand-in',
  choices: [{ index: 0, finish_reason: finish, message: { role: 'assistant', content } }],
  usage: { prompt_tokens: 1_000, completion_tokens: 100, total_tokens: 1_100 },
})
