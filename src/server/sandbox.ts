import { ConfigError } from '../config.ts'
import type { AccountKey } from '../core/contact.ts'
import type { Log } from '../core/ports.ts'
import type { Sandbox } from '../sandbox/start.ts'
import { isSandboxAccount, type Store } from '../store/ports.ts'

/**
 * The stand-ins, loaded only when wanted: a real server carries nothing of them. Among real citizens rehearsals must be
 * asked for by name.
 */
export async function openSandbox(store: Store, asked: boolean, port: number, log: Log): Promise<Sandbox> {
  const accounts = Object.keys((await store.load(Date.now())).lastEventAt) as AccountKey[]
  if (!asked && !accounts.every(isSandboxAccount)) {
    throw new ConfigError('STORE: kho dữ liệu đã có người dân thật. Đặt kênh thật, chọn STORE khác, hoặc SANDBOX=1 nếu vẫn muốn tập dượt trên kho này.')
  }
  const { startSandbox } = await import('../sandbox/start.ts')
  return startSandbox({ target: `http://127.0.0.1:${port}`, port: port + 1, now: Date.now, log })
}
