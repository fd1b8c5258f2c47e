import { Pool, type Dispatcher } from 'undici'
import { headersOfEvery, type IncomingResponse, type OutgoingRequest, type Transport, TransportError } from '../channels/transport.ts'

/** How many calls of one account may be under way at once; the next ones of its origin wait inside their own deadline. */
const CONNECTIONS = 128
/** No platform's answer to one call is near this; a larger one is cut off and counts as no answer. */
const MAX_ANSWER = 1024 * 1024

/** A transport that keeps connections open until it is closed. */
export interface PooledTransport {
  send: Transport
  /** Cuts what is under way and closes all connections. Safe to call twice. */
  close(): Promise<void>
}

/**
 * The fast way out on Node: one undici pool per origin, one request at a time per connection. A request that never
 * reached a connection fails with `notSent: true`; once its first byte may have been written, with `notSent: false`.
 * `accounts`: how many share an origin, so that one whose calls hang leaves the others theirs.
 */
export function createNodeTransport(accounts = 1): PooledTransport {
  const pools = new Map<string, Pool>()
  const poolOf = (origin: string): Pool => {
    let pool = pools.get(origin)
    if (pool === undefined) {
      pool = new Pool(origin, {
        connections: CONNECTIONS * accounts,
        pipelining: 1,
        // Every request has its own deadline; undici's two would only add timers.
        headersTimeout: 0,
        bodyTimeout: 0,
        maxResponseSize: MAX_ANSWER,
        // Node gives up an address after 250 ms, which is less than a round trip abroad may take.
        connect: { autoSelectFamilyAttemptTimeout: 2_500 },
      })
      pools.set(origin, pool)
    }
    return pool
  }
  return {
    send(request) {
      return new Promise((resolve, reject) => {
        const slash = request.url.indexOf('/', request.url.indexOf('//') + 2)
        const origin = slash < 0 ? request.url : request.url.slice(0, slash)
        const path = slash < 0 ? '/' : request.url.slice(slash)
        const { method, headers } = request
        poolOf(origin).dispatch({ method, path, headers, body: request.body ?? null }, new Exchange(request, resolve, reject))
      })
    },
    async close() {
      const open = [...pools.values()]
      pools.clear()
      await Promise.all(open.map((pool) => pool.destroy()))
    },
  }
}

/** One request until its whole answer is there, its deadline is over, or it failed. */
class Exchange implements Dispatcher.DispatchHandler {
  #resolve: (response: IncomingResponse) => void
  #reject: (error: TransportError) => void
  #deadline: NodeJS.Timeout
  #controller: Dispatcher.DispatchController | null = null
  #over = false
  #status = 0
  #headers: Record<string, string> = {}
  #chunks: Buffer[] = []

  constructor(request: OutgoingRequest, resolve: (response: IncomingResponse) => void, reject: (error: TransportError) => void) {
    this.#resolve = resolve
    this.#reject = reject
    this.#deadline = setTimeout(() => this.#expire(request.timeout), request.timeout)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#over) controller.abort(new Error('deadline passed while waiting for a connection'))
    else this.#controller = controller
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Record<string, string | string[] | undefined>): void {
    this.#status = status
    // Nobody looks at the others of an answer that is one.
    for (const name of status >= 300 ? Object.keys(headers) : headersOfEvery) if (headers[name] !== undefined) this.#headers[name] = String(headers[name])
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk)
  }

  onResponseEnd(): void {
    if (!this.#end()) return
    const [first, ...more] = this.#chunks
    const body = first === undefined ? '' : (more.length === 0 ? first : Buffer.concat(this.#chunks)).toString()
    this.#resolve({ status: this.#status, headers: this.#headers, body })
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    const name = nameOf(error)
    if (this.#end()) this.#reject(new TransportError(name, this.#controller === null || onlyConnecting.has(name), { cause: error }))
  }

  #expire(timeout: number): void {
    if (!this.#end()) return
    this.#reject(new TransportError(`no answer within ${timeout} ms`, this.#controller === null))
    this.#controller?.abort(new Error('deadline passed'))
  }

  /** False when it had ended before. */
  #end(): boolean {
    if (this.#over) return false
    this.#over = true
    clearTimeout(this.#deadline)
    return true
  }
}

/** What only a failed connection gives, also where an interceptor's socket claims to be connected before it is. */
const onlyConnecting = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])

/** The error's code: undici's messages may quote addresses, and an address of Telegram holds the token. */
const nameOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : error.name)
