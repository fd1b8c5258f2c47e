import { createHmac } from 'node:crypto'
import type { Axios, AxiosResponse } from 'axios'
import { SendError, type SendOutcome } from '../core/delivery.ts'
import { type Millis, SECOND } from '../core/time.ts'
import { withHeaders } from './axios.ts'
import { facebookOutcome } from './facebook-errors.ts'
import { blockedFor, usedShare } from './graph-usage.ts'
import { jsonBody } from './json-body.ts'
import { outcomeOfStatus, readJson, throttledBy, toSendError } from './outcome.ts'
import { SEND_TIMEOUT } from './transport.ts'

/** Where the Graph API is and how one page's calls prove who we are. */
export interface Graph {
  /** Origin and version: `https://graph.facebook.com/v26.0`. */
  root: string
  http: Axios
}

/** One page's token, in a header and never in an address, and the proof that the app itself is calling. */
export interface PageAccess {
  pageId: string
  headers: Record<string, string>
  proof: string
}

export function pageAccess(pageId: string, pageToken: string, appSecret: string): PageAccess {
  return {
    pageId,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${pageToken}` },
    proof: createHmac('sha256', appSecret).update(pageToken).digest('hex'),
  }
}

/** A call below the page (`/messages`, `/subscribed_apps`): its JSON. Throws `SendError` and nothing else. */
export const callGraph = (graph: Graph, page: PageAccess, method: 'GET' | 'POST', path: string, parameters: object, timeout = SEND_TIMEOUT): Promise<unknown> =>
  callNode(graph, page, method, page.pageId + path, parameters, timeout)

/** A call at any object the page owns, by its id (a post): its JSON. Throws `SendError` and nothing else. */
export const callNode = async (graph: Graph, page: PageAccess, method: GraphMethod, node: string, parameters: object, timeout = SEND_TIMEOUT): Promise<unknown> =>
  (await callMeasured(graph, page, method, node, parameters, timeout)).answer

type GraphMethod = 'GET' | 'POST' | 'DELETE'

/** As `callNode`, with how much of Meta's limits is used by now, as a share. */
export async function callMeasured(graph: Graph, page: PageAccess, method: GraphMethod, node: string, parameters: object, timeout: Millis): Promise<{ answer: unknown; used: number }> {
  const url = `${graph.root}/${node}`
  const signed = { ...parameters, appsecret_proof: page.proof }
  const http = withHeaders(graph.http, page.headers)
  let response: AxiosResponse<string>
  try {
    response = method !== 'POST'
      ? await http[method === 'GET' ? 'get' : 'delete']<string>(`${url}?${new URLSearchParams(signed)}`, { timeout })
      : await http.request<string>({ method: 'post', url, data: jsonBody(signed), timeout })
  } catch (error) {
    throw toSendError(error)
  }
  const answer = readJson(response.data) as GraphAnswer | null | undefined
  if (answer === null || typeof answer !== 'object' || answer.error !== undefined || response.status >= 300) {
    throw graphError(answer, response.status, response.headers as Record<string, string>)
  }
  return { answer, used: usedShare(response.headers as Record<string, string>) }
}

interface GraphAnswer { error?: { code?: unknown; error_subcode?: unknown; is_transient?: unknown; fbtrace_id?: unknown } }

/** A failure by its numbers: Meta's texts are not stable. */
function graphError(answer: GraphAnswer | null | undefined, status: number, headers: Record<string, string>): SendError {
  const { code, error_subcode: subcode, is_transient: transient, fbtrace_id: trace } = answer?.error ?? {}
  if (typeof code !== 'number') return new SendError(outcomeOfStatus({ status, headers }), `http_${status}`)
  const outcome = facebookOutcome(code, typeof subcode === 'number' ? subcode : undefined, transient === true)
  const known = typeof trace === 'string' && /^[\w-]{1,64}$/.test(trace) ? trace : null
  return new SendError(withWait(outcome, headers), typeof subcode === 'number' ? `${code}/${subcode}` : String(code), known)
}

/** Waits as long as Meta's header says. */
function withWait(outcome: SendOutcome, headers: Record<string, string>): SendOutcome {
  if (outcome.kind !== 'throttled' || outcome.retryAfter !== undefined) return outcome
  const wait = blockedFor(headers)
  return throttledBy(wait > 0 ? wait / SECOND : headers['retry-after'])
}
