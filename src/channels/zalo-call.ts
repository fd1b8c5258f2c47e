import type { Axios } from 'axios'
import { SendError, type SendOutcome } from '../core/delivery.ts'
import { type Clock, DAY, MINUTE, type Millis, SECOND, vietnamDay, vietnamMoment } from '../core/time.ts'
import { withHeaders } from './axios.ts'
import { jsonBody } from './json-body.ts'
import { outcomeOfStatus, readJson, timeLeft } from './outcome.ts'
import { isProofWanted, isTokenRefused, zaloOutcome } from './zalo-errors.ts'
import { isProven, type ZaloHeaders } from './zalo-headers.ts'
import type { ZaloTokens } from './zalo-tokens.ts'

export interface ZaloApi {
  apiUrl: string
  http: Axios
  tokens: ZaloTokens
  headers: ZaloHeaders
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
    return await callProven(api, call, token, deadline)
  } catch (error) {
    if (!tokenRefused(error)) throw error
    const fresh = await api.tokens.replace(oaId, token)
    return callProven(api, call, fresh, deadline).catch(async (again: unknown) => {
      if (!tokenRefused(again) || await api.tokens.giveUp(oaId, fresh, again.code)) throw again
      throw new SendError({ kind: 'throttled', retryAfter: SECOND }, 'token_changed')
    })
  }
}

/** Where Zalo asks for the app's proof, once more with it. */
async function callProven(api: ZaloApi, call: ZaloCall, token: string, deadline: Millis): Promise<Record<string, unknown>> {
  const headers = api.headers.of(token)
  try {
    return await callOnce(api, call, headers, deadline)
  } catch (error) {
    if (isProven(headers) || !(error instanceof SendError && isProofWanted(error.code))) throw error
    api.headers.prove()
    return callOnce(api, call, api.headers.of(token), deadline)
  }
}

async function callOnce({ apiUrl, http, clock }: ZaloApi, { path, body }: ZaloCall, headers: Record<string, string>, deadline: Millis): Promise<Record<string, unknown>> {
  const timeout = timeLeft(deadline, clock())
  const response = await withHeaders(http, headers).request<string>(body === undefined
    ? { method: 'get', url: apiUrl + path, timeout }
    : { method: 'post', url: apiUrl + path, data: jsonBody(body), timeout })
  return readAnswer(response.data, response.status, response.headers as Record<string, string>, clock())
}

/** Zalo fails with HTTP 200 and a number below 0, so only `error` 0 is success. One above is a gateway's own status (`404`, `500`), whatever HTTP says. */
function readAnswer(body: string, status: number, headers: Record<string, string>, now: Millis): Record<string, unknown> {
  const answer = readJson(body) as { error?: unknown; data?: Record<string, unknown> | null } | null | undefined
  const error = errorOf(answer?.error)
  if (Number.isNaN(error)) throw new SendError(outcomeOfStatus({ status, headers }), `http_${status}`)
  if (error > 0) throw new SendError(outcomeOfStatus({ status: status >= 300 ? status : error, headers }), `http_${error}`)
  if (error !== 0) throw new SendError(atMorning(zaloOutcome(String(error)), now), String(error))
  return answer?.data ?? {}
}

/** A number, or one in quotes. What is missing, empty or something else is no success. */
const errorOf = (error: unknown): number => (typeof error === 'number' || (typeof error === 'string' && error.trim() !== '') ? Number(error) : Number.NaN)

const tokenRefused = (error: unknown): error is SendError => error instanceof SendError && isTokenRefused(error.code)

/** The night rule ends at 6:00; five minutes later Zalo's clock agrees. */
function atMorning(outcome: SendOutcome, now: Millis): SendOutcome {
  if (outcome.kind !== 'not_now' || outcome.reason !== 'night_hours') return outcome
  const morning = vietnamMoment(vietnamDay(now), 6 * 60) + 5 * MINUTE
  return { ...outcome, retryAt: morning > now ? morning : morning + DAY }
}
