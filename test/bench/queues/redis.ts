import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../../src/node/port.ts'

export interface RedisServer { port: number; stop(): Promise<void> }

/**
 * Starts the `redis-server` named by `REDIS_SERVER`, or the one this machine has; null where there is none.
 * `fsync`: `always` as PostgreSQL, `everysec` as is usual.
 */
export async function startRedis(fsync: 'always' | 'everysec'): Promise<RedisServer | null> {
  const folder = mkdtempSync(join(tmpdir(), 'camnang-redis-'))
  const port = await freePort()
  const flags = { bind: '127.0.0.1', port, dir: folder, appendonly: 'yes', appendfsync: fsync, save: '', 'maxmemory-policy': 'noeviction' }
  const child = spawn(process.env['REDIS_SERVER'] ?? 'redis-server', Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)]), { stdio: ['ignore', 'pipe', 'inherit'] })
  const gone = new Promise<false>((resolve) => { child.once('error', () => resolve(false)).once('exit', () => resolve(false)) })
  const up = new Promise<true>((resolve) => child.stdout.on('data', (chunk: Buffer) => { if (chunk.includes('Ready to accept connections')) resolve(true) }))
  if (!await Promise.race([up, gone])) {
    rmSync(folder, { recursive: true, force: true })
    return null
  }
  return {
    port,
    async stop() {
      child.kill('SIGKILL')
      await gone
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
