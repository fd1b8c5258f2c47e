import { ConfigError, hasNoChannel, readConfig, type Config } from '../config.ts'
import type { D1 } from '../store/d1/binding.ts'

/** What `wrangler.toml` and `wrangler secret put` bind. */
export interface WorkerEnv {
  DB: D1
  /** Who was erased, outside `DB`, so that a restore does not bring them back. Absent: a restore does. */
  ERASED?: D1
  /** The files of `content/assets`. */
  ASSETS: { fetch(request: Request): Promise<Response> }
  /** Every other text is a setting. */
  [setting: string]: unknown
}

/** What may outlive the answer to a request, for up to 30 seconds. */
export interface Lasting { waitUntil(work: Promise<unknown>): void }

/**
 * The settings among the bindings. `ACCOUNTS_FILE` names a variable that holds the YAML, since there are no files. Throws `ConfigError`, which tells all that is
 * wrong at once.
 */
export function readSettings(env: WorkerEnv): Config {
  const texts = Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
  const config = readConfig({ ...texts, SANDBOX: '0' }, (name) => texts[name] ?? null)
  if (hasNoChannel(config)) {
    throw new ConfigError('Chưa đặt kênh nào: thêm ZALO_…, FACEBOOK_… hoặc TELEGRAM_… bằng lệnh wrangler secret put.')
  }
  if (config.publicUrl === null) throw new ConfigError('Chưa đặt PUBLIC_URL trong [vars] của wrangler.toml.')
  return config
}
