import type { AccountKey } from '../core/contact.ts'

/** One line of what `doctor` and `profile push` report about an account, in Vietnamese. Never a secret in it. */
export interface Finding {
  account: AccountKey
  /** `unknown`: the platform could not be asked. */
  level: 'ok' | 'warning' | 'error' | 'unknown'
  what: string
  /** What the operator should do; null when nothing. */
  todo: string | null
}

export const fine = (account: AccountKey, what: string): Finding => ({ account, level: 'ok', what, todo: null })
export const warning = (account: AccountKey, what: string, todo: string): Finding => ({ account, level: 'warning', what, todo })
export const unknown = (account: AccountKey, what: string, todo: string): Finding => ({ account, level: 'unknown', what, todo })
export const failure = (account: AccountKey, what: string, todo: string): Finding => ({ account, level: 'error', what, todo })
