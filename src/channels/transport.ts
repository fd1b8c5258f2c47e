import type { Millis } from '../core/time.ts'

/** One HTTP exchange. Entries hand in how it is done (an undici pool on Node, fetch on a Worker). */
export type Transport = (request: OutgoingRequest) => Promise<IncomingResponse>

export interface OutgoingRequest {
  method: 'GET' | 'POST' | 'DELETE'
  url: string
  headers: Record<string, string>
  body?: string | Uint8Array
  /** Headers and body together must have arrived by then. */
  timeout: Millis
}

export interface IncomingResponse {
  status: number
  /** At least those of a refusal (status 300 and above), which say when to come again, and `headersOfEvery`. */
  headers: Record<string, string>
  body: string
}

export const appUsageHeader = 'x-app-usage'
export const businessUsageHeader = 'x-business-use-case-usage'
/** What is looked at in every answer, also in one that is well. */
export const headersOfEvery = [appUsageHeader, businessUsageHeader] as const

/** No full answer came. */
export class TransportError extends Error {
  /** True when the request surely did not reach the other side (refused, no such name, no connection in time). */
  readonly notSent: boolean
  constructor(message: string, notSent: boolean, options?: ErrorOptions) {
    super(message, options)
    this.name = 'TransportError'
    this.notSent = notSent
  }
}

/** How long one platform call may take. A claim's lease is longer. */
export const SEND_TIMEOUT: Millis = 15_000
