import type { Config } from '../config.ts'
import type { Log } from '../core/ports.ts'

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'silent']

/** One JSON line each, where Workers Logs and `wrangler tail` read. */
export function createWorkerLog(level: Config['logLevel']): Log {
  const write = (of: 'info' | 'warn' | 'error') => (fields: Record<string, unknown>, message: string): void => {
    if (levels.indexOf(of) >= levels.indexOf(level)) console[of === 'info' ? 'log' : of](JSON.stringify({ level: of, ...fields, msg: message }))
  }
  return { info: write('info'), warn: write('warn'), error: write('error') }
}
