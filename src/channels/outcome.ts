import { SendError, type SendOutcome } from '../core/delivery.ts'
import { DAY, type Millis, SECOND } from '../core/time.ts'
import { type IncomingResponse, TransportError } from './transport.ts'

/**
 * What an answer without the platform's own error means, by its HTTP status alone (proxies and gateways in between):
 * - 429: wait, for as long as `Retry-After` says.
 * - 504: a gateway stopped waiting; behind it the message may have gone out.
 * - Other 5xx: the platform says that it failed. All three ask to back off and try again; that a message went out all
 *   the same is possible, but rarer than an outage that would otherwise cost every reply.
 * - 3xx and 4xx: somebody in between turned it away; it did not go out.
 * - 2xx that is not the platform's JSON: it may have gone out.
 */
export function outcomeOfStatus({ status, headers }: Pick<IncomingResponse, 'status' | 'headers'>): SendOutcome {
  if (status === 429) return throttledBy(headers['retry-after'])
  return status >= 300 && status !== 504 ? { kind: 'unavailable' } : { kind: 'uncertain' }
}

/** Whatever the other side writes, an account is tried again after so long: a slip of a gateway must not silence it for good. */
const longestTold: Millis = DAY

/** A wait in seconds as platforms write it; without a number they did not say how long. */
export function throttledBy(seconds: string | number | undefined): Extract<SendOutcome, { kind: 'throttled' }> {
  const wait = Number(seconds)
  return wait > 0 ? { kind: 'throttled', retryAfter: Math.ceil(Math.min(wait * SECOND, longestTold)) } : { kind: 'throttled' }
}

/** Any failure as a `SendError`: no answer is `unavailable` when nothing was sent, everything else that is unknown `uncertain`. */
export function toSendError(error: unknown): SendError {
  if (error instanceof SendError) return error
  if (!(error instanceof TransportError)) return new SendError({ kind: 'uncertain' }, error instanceof Error ? error.name : 'unknown')
  return error.notSent ? new SendError({ kind: 'unavailable' }, 'not_sent') : new SendError({ kind: 'uncertain' }, 'no_answer')
}

/** How long the next call of one send may take; refuses to begin one when the send's time is over. */
export function timeLeft(deadline: Millis, now: Millis): Millis {
  if (now >= deadline) throw new SendError({ kind: 'unavailable' }, 'deadline')
  return deadline - now
}

/** The body as JSON; undefined when it is something else (a gateway's page, nothing). */
export function readJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
