import { Telegram, TelegramError } from 'telegraf'
import { SendError } from '../core/delivery.ts'
import { jsonBody } from './json-body.ts'
import { outcomeOfStatus, readJson, throttledBy } from './outcome.ts'
import { telegramOutcome } from './telegram-errors.ts'
import { SEND_TIMEOUT, type Transport } from './transport.ts'

/**
 * Telegraf's typed client, its calls through our transport: given up after 15 s instead of 500, JSON only (files go by
 * URL). Refusals are `TelegramError`s, without the payload that telegraf attaches; no answer is a `TransportError`.
 */
export function createTelegramClient(token: string, apiUrl: string, transport: Transport): Telegram {
  const client = new Telegram(token, { apiRoot: apiUrl, webhookReply: false })
  const root = `${apiUrl}/bot${token}/`
  const callApi = async (method: string, payload: object): Promise<unknown> => {
    const response = await transport({ method: 'POST', url: root + method, headers: { 'content-type': 'application/json' }, body: jsonBody(payload), timeout: SEND_TIMEOUT })
    const answer = readJson(response.body) as ({ ok: true; result: unknown } | ({ ok: false } & Partial<TelegramRefusal>)) | null | undefined
    if (answer?.ok === true) return answer.result
    if (answer?.ok === false && typeof answer.error_code === 'number') throw new TelegramError({ ...answer, error_code: answer.error_code, description: String(answer.description ?? '') })
    throw new SendError(outcomeOfStatus(response), `http_${response.status}`)
  }
  client.callApi = callApi as Telegram['callApi']
  return client
}

type TelegramRefusal = ConstructorParameters<typeof TelegramError>[0]

/** A refusal by Telegram in our words; anything else unchanged. */
export function fromTelegramError(error: unknown): unknown {
  if (!(error instanceof TelegramError)) return error
  const { code, description, parameters } = error
  // One message a second is the limit of a chat, thirty that of the bot: it does not say which was passed.
  if (code === 429) return new SendError({ ...throttledBy(parameters?.retry_after), perhapsOneChat: true }, '429')
  const known = telegramOutcome(code, description)
  return known === null ? new SendError(outcomeOfStatus({ status: code, headers: {} }), String(code)) : new SendError(known.outcome, known.code)
}
