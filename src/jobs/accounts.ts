import type { AccountState } from '../channels/account-state.ts'
import { SECOND } from '../core/time.ts'
import type { Gate } from '../delivery/gate.ts'
import type { Alarms } from './alarms.ts'
import type { Job } from './job.ts'

/** Reads account states anew, and tells people once when one stops or works again. */
export function accountJob(gate: Gate, alarms: Alarms, wake: () => void): Job {
  return {
    name: 'accounts',
    every: 5 * SECOND,
    async step() {
      await gate.refresh()
      for (const [account, state] of gate.states()) {
        const stopped = state.status === 'ok' ? null : `${state.status}:${state.code ?? ''}`
        await alarms.set(`account:${account}`, stopped, stopped === null
          ? { kind: 'recovered', account, text: 'Tài khoản kênh đã gửi tin lại được.' }
          : { kind: 'account_state', account, text: texts[state.status] + (state.code === null ? '' : ` (mã ${state.code})`) })
      }
      wake()
    },
  }
}

const texts: Record<AccountState['status'], string> = {
  ok: '',
  needs_consent: 'Tài khoản kênh hết quyền gửi tin. Quản trị viên cần cấp quyền lại.',
  revoked: 'Nền tảng đã thu hồi quyền của ứng dụng trên tài khoản này. Quản trị viên cần cấp quyền lại.',
  blocked: 'Tài khoản kênh không gửi được tin: thiếu quyền, hết gói dịch vụ hoặc bị nền tảng hạn chế.',
}
