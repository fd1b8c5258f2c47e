import { isStopped, readAccountState, setAccountState, statusAfter, type AccountState } from '../channels/account-state.ts'
import type { AccountKey } from '../core/contact.ts'
import type { Clock } from '../core/time.ts'
import type { Register } from '../store/ports.ts'
import type { AccountGate } from './attempt.ts'

/** Which accounts may send: the store's word, read again by `refresh` so that a `zalo connect` beside the server is seen. */
export interface Gate extends AccountGate {
  refresh(): Promise<void>
  states(): ReadonlyMap<AccountKey, AccountState>
}

export function createGate(register: Register, accounts: readonly AccountKey[], now: Clock): Gate {
  const states = new Map<AccountKey, AccountState>()

  async function refresh(): Promise<void> {
    for (const account of accounts) states.set(account, await readAccountState(register, account))
  }

  return {
    refresh,
    states: () => states,
    isStopped(account) {
      const state = states.get(account)
      return state !== undefined && isStopped(state, now())
    },
    async stop(account, needs, code) {
      await setAccountState(register, account, { status: statusAfter({ kind: 'bad_configuration', needs }), code }, now())
      states.set(account, await readAccountState(register, account))
    },
  }
}
