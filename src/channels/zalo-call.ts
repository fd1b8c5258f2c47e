import type { Axios } from 'axios'
import { SendError, type SendOutcome } from '../core/delivery.ts'
import { type Clock, DAY, MINUTE, type Millis, SECOND, vietnamDay, vietnamMoment } from '../core/time.ts'
import { withHeaders } from './axios.ts'
import { outcomeOfStatus, readJson, timeLeft } from './outcome.ts'
import { isTokenRefused, zaloOutcome } from './zalo-errors.ts'
import type { ZaloTokens } from './zalo-tokens.ts'

export interface ZaloApi {
  apiUrl: string
  http: Axios
  tokens: ZaloTokens
  clock: Clock
}

/** A body makes it a POST. */
export interface ZaloCall { path: string; body?: object }

/**
 * One call of the OA API with the OA's token: `data` of the answer. A refused token is replaced once, and the call tried
 * once more with the new one; when a person has agreed meanwhile, later with theirs. Throws `SendError`, or what the
 * transport threw.
 */
export async function callZalo(api: ZaloApi, oaId: string, call: ZaloCall, deadline: Millis): Promise<Record<string, unknown>> {
  const token = await api.tokens.current(oaId)
  try {
    return await callOnce(api, call, token, deadline)
  } catch (error) {
    if (!tokenRefused(error)) throw error
    const fresh = await api.tokens.replace(oaId, token)
    return callOnce(api, call, fresh, deadline).catch(async (again: unknown) => {
      if (!tokenRefused(again) || await api.tokens.giveUp(oaId, fresh, again.code)) throw again
      throw new SendError({ kind: 'throttled', retryAfter: SECOND }, 'token_changed')
    })
  }
}

async function callOnce({ apiUrl, http, clock }: ZaloApi, { path, body }: ZaloCall, token: string, deadline: Millis): Promise<Record<string, unknown>> {
  const timeout = timeLeft(deadline, clock())
  const response = body === undefined
    ? await http.get<string>(apiUrl + path, { headers: { access_token: token }, timeout })
    : await withHeaders(http, headersOf(token)).request<string>({ method: 'post', url: apiUrl + path, data: JSON.stringify(body), timeout })
  return readAnswer(response.data, response.status, response.headers as Record<string, string>, clock())
}

const knownHeaders = new Map<string, Record<string, string>>()
/** More than there are OAs; a token is replaced every day. */
const mostTokens = 64

/** The same object for the same token. */
function headersOf(token: string): Record<string, string> {
  let headers = knownHeaders.get(token)
  if (headers === undefined) {
    if (knownHeaders.size >= mostTokens) knownHeaders.clear()
    headers = { 'content-type': 'application/json', access_token: token }
    knownHeaders.set(token, headers)
  }
  return headers
}

/** Zalo fails with HTTP 200 and a number below 0, so only `error` 0 is success. One above is a gateway's own status (`404`, `500`), whatever HTTP says. */
function readAnswer(body: string, status: number, headers: Record<string, string>, now: Millis): Record<string, unknown> {
  const answer = readJson(body) as { error?: unknown; data?: Record<string, unknown> | null } | null | undefined
  const error = answer?.error === undefined || answer.error === '' ? Number.NaN : Number(answer.error)
  if (Number.isNaN(error)) throw new SendError(outcomeOfStatus({ status, headers }), `http_${status}`)
  if (error > 0) throw new SendError(outcomeOfStatus({ status: status >= 300 ? status : error, headers }), `http_${error}`)
  if (error !== 0) throw new SendError(atMorning(zaloOutcome(String(error)), now), String(error))
  return answer?.data ?? {}
}

const tokenRefused = (error: unknown): error is SendError => error instanceof SendError && isTokenRefused(error.code)

/** The night rule ends at 6:00; five minutes later Zalo's clock agrees. */
function atMorning(outcome: SendOutcome, now: Millis): SendOutcome {
  if (outcome.kind !== 'not_now' || outcome.reason !== 'night_hours') return outcome
  const morning = vietnamMoment(vietnamDay(now), 6 * 60) + 5 * MINUTE
  return { ...outcome, retryAt: morning > now ? morning : morning + DAY }
}
