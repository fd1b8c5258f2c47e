import { createHash, randomBytes } from 'node:crypto'
import { DAY, HOUR, MINUTE, type Clock, type Millis } from '../core/time.ts'
import type { SandboxSecrets } from './secrets.ts'

const lives = { accessToken: 25 * HOUR, refreshToken: 90 * DAY, code: 10 * MINUTE }

interface Consent { challenge: string; until: Millis }

/** Zalo's OAuth host: an access token lives 25 hours, a refresh token three months and works once, a code ten minutes and works once. */
export class ZaloTokens {
  readonly #app: SandboxSecrets['zalo']
  readonly #now: Clock
  #access: { token: string; until: Millis }
  #refresh: { token: string; until: Millis }
  #codes = new Map<string, Consent>()

  constructor(app: SandboxSecrets['zalo'], now: Clock) {
    this.#app = app
    this.#now = now
    this.#access = { token: app.accessToken, until: now() + lives.accessToken }
    this.#refresh = { token: app.refreshToken, until: now() + lives.refreshToken }
  }

  /** 0, or the OA API's code for this token: replaced and unknown ones are invalid, an old one has expired. */
  check(token: string | undefined): 0 | -216 | -220 {
    if (token !== this.#access.token) return -216
    return this.#now() < this.#access.until ? 0 : -220
  }

  /** An administrator of the OA agreed: the code for the callback. */
  agree(challenge: string): string {
    const code = randomBytes(24).toString('base64url')
    this.#codes.set(code, { challenge, until: this.#now() + lives.code })
    return code
  }

  /** What the token endpoint answers to a form. It is HTTP 200 either way. */
  grant(form: Readonly<Record<string, unknown>>, secretKey: string | undefined): object {
    if (form.app_id !== this.#app.appId) return refusal('-14002', 'Invalid appId.')
    // Zalo's code for this one is in no list we have seen.
    if (secretKey !== this.#app.appSecret) return refusal('-14004', 'Invalid secret key.')
    if (form.grant_type === 'refresh_token') return this.#spend(form.refresh_token)
    return form.grant_type === 'authorization_code' ? this.#redeem(form.code, form.code_verifier) : refusal('-14001', 'Invalid grant type.')
  }

  #spend(token: unknown): object {
    if (token !== this.#refresh.token || this.#now() >= this.#refresh.until) return refusal('-14014', 'Invalid refresh token.')
    return this.#renew()
  }

  #redeem(code: unknown, verifier: unknown): object {
    const consent = this.#codes.get(String(code))
    this.#codes.delete(String(code))
    if (consent === undefined || this.#now() >= consent.until) return refusal('-14005', 'Invalid code.')
    const challenge = createHash('sha256').update(String(verifier)).digest('base64url')
    return challenge === consent.challenge ? this.#renew() : refusal('-14003', 'Invalid code verifier')
  }

  /** The pair before is dead at once. */
  #renew(): object {
    const [token, refreshToken] = [randomBytes(24).toString('base64url'), randomBytes(24).toString('base64url')]
    this.#access = { token, until: this.#now() + lives.accessToken }
    this.#refresh = { token: refreshToken, until: this.#now() + lives.refreshToken }
    return { access_token: token, refresh_token: refreshToken, expires_in: String(lives.accessToken / 1_000) }
  }
}

/** Numbers come as strings here, and both tokens are there but empty. */
const refusal = (error: string, name: string): object =>
  ({ error, error_name: name, error_description: '', access_token: '', refresh_token: '' })
