import { randomInt } from 'node:crypto'
import { SECOND, type Clock, type Millis } from '../core/time.ts'
import type { SandboxSecrets } from './secrets.ts'
import type { telegramCalls } from './telegram-calls.ts'

/** Not documented; reports put it between 5 and 20 seconds. */
const TAP_LIFE: Millis = 15 * SECOND

type Answer = { result: unknown } | { code: number; description: string }

/** What Telegram knows of one bot: its numbers, its webhook, its commands and words, the taps that wait for an answer. */
export class TelegramBot {
  readonly me: { id: string; is_bot: true; first_name: string; username: string }
  webhookSecret: string
  /** As set last, for any language. */
  commands: { command: string; description: string }[] = []
  readonly #now: Clock
  // A number that no earlier start has given: our server's store remembers update ids.
  #updateId = randomInt(1_000_000_000)
  #messageId = randomInt(1_000_000)
  #taps = new Map<string, Millis>()
  #webhook: { url?: string; allowed_updates?: string[]; max_connections?: number } = {}

  constructor({ botId, webhookSecret }: SandboxSecrets['telegram'], now: Clock) {
    this.me = { id: botId, is_bot: true, first_name: 'Trợ lý tập dượt', username: 'tap_duot_bot' }
    this.webhookSecret = webhookSecret
    this.#now = now
  }

  newUpdateId(): number {
    return ++this.#updateId
  }

  newMessageId(): string {
    return String(++this.#messageId)
  }

  /** A tap that spins on the person's phone until it is answered. */
  newTap(): string {
    const id = `${randomInt(1, 1_000_000_000)}${randomInt(1_000_000_000)}`
    this.#taps.set(id, this.#now())
    return id
  }

  get(method: string): Answer {
    switch (method) {
      case 'getMe': return { result: this.me }
      case 'getWebhookInfo': return { result: { url: '', has_custom_certificate: false, pending_update_count: 0, ...this.#webhook } }
      case 'deleteWebhook':
        this.#webhook = {}
        return { result: true }
      case 'getMyCommands': return { result: this.commands }
      default: return { code: 404, description: 'Not Found: method not found' }
    }
  }

  /** `given` has been checked. */
  set(method: keyof typeof telegramCalls, given: object): Answer {
    switch (method) {
      case 'answerCallbackQuery': return this.#answerTap((given as { callback_query_id: string }).callback_query_id)
      case 'setMyCommands':
        this.commands = (given as { commands: TelegramBot['commands'] }).commands
        break
      case 'setWebhook': {
        const { secret_token: secret, ...webhook } = given as { secret_token?: string }
        if (secret !== undefined) this.webhookSecret = secret
        this.#webhook = webhook
        break
      }
      default:
    }
    return { result: true }
  }

  #answerTap(id: string): Answer {
    const at = this.#taps.get(id)
    this.#taps.delete(id)
    return at !== undefined && this.#now() - at <= TAP_LIFE
      ? { result: true }
      : { code: 400, description: 'Bad Request: query is too old and response timeout expired or query ID is invalid' }
  }
}
