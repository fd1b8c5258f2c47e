import { existsSync, statSync } from 'node:fs'
import { tellTime } from '../core/time.ts'
import { backup as backupStore, restore as restoreStore } from '../store/backup.ts'
import { copyStore } from '../store/copy.ts'
import { readSettings, readWords, UsageError, type Command, type Terminal } from './command.ts'

const usage = 'store copy <kho cũ> <kho mới> [--with-secrets]'

/** `store copy FROM TO [--with-secrets]`: everything into an empty store; tokens only when asked. A store is named as in `STORE`. */
export const store: Command = async (args, terminal) => {
  const { words: [what, ...named], flags } = readWords(args, { usage, least: 3, flags: ['--with-secrets'] })
  if (what !== 'copy') throw new UsageError(`Cách dùng: ${usage}`)
  const [from, to] = named.map((name) => urlOf(name, terminal)) as [string, string]
  if (!/^postgres(ql)?:/.test(from) && !existsSync(from.replace(/^[a-z]+:/, '').replace(/\?.*$/, ''))) throw new UsageError(`Không có kho nào ở ${from}.`)
  const rows = await copyStore(from, to, { withSecrets: flags.has('--with-secrets') })
  terminal.out(`Đã chép ${rows} dòng.`)
  return 0
}

/** A password on the command line is seen by everybody on the machine: `env:NAME` keeps it out. */
function urlOf(named: string, { env }: Terminal): string {
  const name = /^env:(\w+)$/.exec(named)?.[1]
  if (name === undefined) return named
  const url = env[name]
  if (url === undefined || url === '') throw new UsageError(`Chưa đặt biến ${name}.`)
  return url
}

export const backup: Command = async (args, terminal) => {
  const { words: [target = ''] } = readWords(args, { usage: 'backup <tệp hoặc thư mục mới>', least: 1 })
  await backupStore(readSettings(terminal).store, target)
  terminal.out(`Đã sao lưu vào ${target}.`)
  return 0
}

export const restore: Command = async (args, terminal) => {
  const { words: [source = ''] } = readWords(args, { usage: 'restore <bản sao lưu>', least: 1 })
  const { store: url, retention } = readSettings(terminal)
  const madeAt = existsSync(source) ? statSync(source).mtimeMs : Date.now()
  const aside = await restoreStore(source, url, { now: Date.now(), kept: retention.backups })
  terminal.out(aside === null ? 'Đã khôi phục.' : `Đã khôi phục. Kho trước đó được giữ ở ${aside}.`)
  terminal.out(`Ai đã xóa dữ liệu vẫn được xóa. Nhưng mọi việc khác sau bản sao lưu (${tellTime(madeAt, Date.now())}) không còn: ai từ đó đến nay nhắn “dừng” lại được tính là đang nhận tin. Trước khi gửi đợt tuyên truyền mới, hãy xem lại những người này trong kho cũ.`)
  return 0
}
