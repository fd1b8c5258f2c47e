import { createHmac } from 'node:crypto'
import type { Axios, AxiosResponse } from 'axios'
import { SendError, type SendOutcome } from '../core/delivery.ts'
import { MINUTE } from '../core/time.ts'
import { withHeaders } from './axios.ts'
import { facebookOutcome } from './facebook-errors.ts'
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
export async function callNode(graph: Graph, page: PageAccess, method: 'GET' | 'POST' | 'DELETE', node: string, parameters: object, timeout = SEND_TIMEOUT): Promise<unknown> {
  const url = `${graph.root}/${node}`
  const signed = { ...parameters, appsecret_proof: page.proof }
  const http = withHeaders(graph.http, page.headers)
  let response: AxiosResponse<string>
  try {
    response = method !== 'POST'
      ? await http[method === 'GET' ? 'get' : 'delete']<string>(`${url}?${new URLSearchParams(signed)}`, { timeout })
      : await http.request<string>({ method: 'post', url, data: JSON.stringify(signed), timeout })
  } catch (error) {
    throw toSendError(error)
  }
  const answer = readJson(response.data) as GraphAnswer | null | undefined
  if (answer === null || typeof answer !== 'object' || answer.error !== undefined || response.status >= 300) {
    throw graphError(answer, response.status, response.headers as Record<string, string>)
  }
  return answer
}

interface GraphAnswer { error?: { code?: unknown; error_subcode?: unknown } }

/** A failure by its numbers: Meta's texts are not stable. */
function graphError(answer: GraphAnswer | null | undefined, status: number, headers: Record<string, string>): SendError {
  const { code, error_subcode: subcode } = answer?.error ?? {}
  if (typeof code !== 'number') return new SendError(outcomeOfStatus({ status, headers }), `http_${status}`)
  const outcome = facebookOutcome(code, typeof subcode === 'number' ? subcode : undefined)
  return new SendError(withWait(outcome, headers), typeof subcode === 'number' ? `${code}/${subcode}` : String(code))
}

/** While limited, more calls lengthen the block: wait as long as Meta's header says (minutes, per page and use case). */
function withWait(outcome: SendOutcome, headers: Record<string, string>): SendOutcome {
  if (outcome.kind !== 'throttled' || outcome.retryAfter !== undefined) return outcome
  const usage = readJson(headers['x-business-use-case-usage'] ?? '') as Record<string, { estimated_time_to_regain_access?: number }[]> | null | undefined
  const minutes = Object.values(usage ?? {}).flat().map((use) => Number(use?.estimated_time_to_regain_access) || 0)
  const longest = Math.max(0, ...minutes)
  return longest > 0 ? { kind: 'throttled', retryAfter: longest * MINUTE } : throttledBy(headers['retry-after'])
}
