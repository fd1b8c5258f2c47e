import { existsSync } from 'node:fs'
import { backup as backupStore, restore as restoreStore } from '../store/backup.ts'
import { copyStore } from '../store/copy.ts'
import { readSettings, UsageError, type Command } from './command.ts'

/** `store copy FROM TO [--with-secrets]`: everything into an empty store; tokens only when asked. */
export const store: Command = async (args, terminal) => {
  const [what, from, to] = args.filter((arg) => !arg.startsWith('--'))
  if (what !== 'copy' || from === undefined || to === undefined) throw new UsageError('store copy <kho cũ> <kho mới> [--with-secrets]')
  if (!existsSync(from.replace(/^[a-z]+:/, '').replace(/\?.*$/, ''))) throw new UsageError(`Không có kho nào ở ${from}.`)
  const rows = await copyStore(from, to, { withSecrets: args.includes('--with-secrets') })
  terminal.out(`Đã chép ${rows} dòng.`)
  return 0
}

export const backup: Command = async ([target], terminal) => {
  if (target === undefined) throw new UsageError('backup <tệp hoặc thư mục mới>')
  await backupStore(readSettings(terminal).store, target)
  terminal.out(`Đã sao lưu vào ${target}.`)
  return 0
}

export const restore: Command = async ([source], terminal) => {
  if (source === undefined) throw new UsageError('restore <bản sao lưu>')
  await restoreStore(source, readSettings(terminal).store)
  terminal.out('Đã khôi phục.')
  return 0
}
