import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context, MiddlewareHandler } from 'hono'
import { type Millis, SECOND } from '../core/time.ts'

/** A stand-in's routes run on Node's server: a fault must reach the connection itself. */
export type NodeEnv = { Bindings: HttpBindings }

/** What a call is for: sending to a person, a new token, everything else. */
export type CallKind = 'send' | 'token' | 'other'

/**
 * What goes wrong with the next calls. `slow` holds the call for so long (real time) and then serves it. `fail` answers
 * with a code as `SendError` names it (`-230`, `10/2018278`, `403 bot was blocked`), or `http_503` for a gateway's page.
 * `reset` and `hang` leave the caller without an answer: `taken` says that the message got through all the same.
 */
export type Fault = { times?: number; on?: CallKind } & (
  | { kind: 'slow'; for: Millis }
  | { kind: 'throttle'; retryAfter?: Millis }
  | { kind: 'fail'; code: string }
  | { kind: 'reset' | 'hang'; taken?: boolean })

/** How a platform words a refusal. */
export interface Refusals {
  throttled(c: Context, retryAfter: Millis): Response
  failed(c: Context, code: string): Response
}

/** The faults that wait for one platform's next calls, in the order in which they were asked for. */
export class Faults {
  #waiting: { fault: Fault; left: number; on: CallKind }[] = []

  /** For the next `times` (1) calls of one kind (`send`). */
  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times ?? 1, on: fault.on ?? 'send' })
  }

  /** Everything works again. */
  clear(): void {
    this.#waiting = []
  }

  take(kind: CallKind): Fault | null {
    const next = this.#waiting.find(({ on }) => on === kind)
    if (next === undefined) return null
    next.left -= 1
    if (next.left <= 0) this.#waiting.splice(this.#waiting.indexOf(next), 1)
    return next.fault
  }
}

/** Puts the faults in front of a platform's routes. */
export function faulty(faults: Faults, kindOf: (c: Context) => CallKind, refusals: Refusals): MiddlewareHandler<NodeEnv> {
  return async (c, next) => {
    const fault = faults.take(kindOf(c))
    switch (fault?.kind) {
      case undefined: return next()
      case 'slow':
        await new Promise((resolve) => setTimeout(resolve, fault.for))
        return next()
      case 'throttle': return refusals.throttled(c, fault.retryAfter ?? 1 * SECOND)
      case 'fail': return /^http_\d{3}$/.test(fault.code) ? gatewayPage(fault.code) : refusals.failed(c, fault.code)
      case 'reset':
      case 'hang':
        if (fault.taken) await next()
        else await c.req.arrayBuffer()
        c.res = undefined
        if (fault.kind === 'reset') c.env.incoming.socket.resetAndDestroy()
        c.res = RESPONSE_ALREADY_SENT
    }
  }
}

/** What stands between us and a platform answers with a page, not with JSON. */
const gatewayPage = (code: string): Response =>
  new Response('<html><body><h1>Service temporarily unavailable</h1></body></html>', { status: Number(code.slice('http_'.length)), headers: { 'content-type': 'text/html' } })
