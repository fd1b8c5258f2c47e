import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { benchSettings } from './load.ts'

/** What Node runs: the flags of `npm start`, which are those of the operating guide. */
export const serverCommand: string[] = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')).scripts.start.split(' ').slice(1)

/** What a server of the bench is started with, beside its store; all platforms are at `far`. */
export function serverSettings(far: string): Record<string, string> {
  const { zalo, facebook, telegram } = benchSettings
  return {
    // As the operating guide starts it.
    MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '131072', NODE_COMPILE_CACHE: join(tmpdir(), 'camnang-bench-compiled'), NODE_ENV: 'production', LOG_LEVEL: 'error', FLOOD_PER_MINUTE: '0', PUBLIC_URL: 'https://bench.example.vn', SANDBOX: '0',
    ZALO_APP_ID: zalo.appId, ZALO_APP_SECRET: 'bench-app-secret', ZALO_OA_ID: zalo.oaId, ZALO_OA_SECRET_KEY: zalo.secret,
    ZALO_ACCESS_TOKEN: 'access', ZALO_REFRESH_TOKEN: 'refresh', ZALO_API_URL: far, ZALO_OAUTH_URL: far,
    FACEBOOK_PAGE_ID: facebook.pageId, FACEBOOK_APP_ID: facebook.appId, FACEBOOK_APP_SECRET: facebook.secret,
    FACEBOOK_PAGE_TOKEN: 'page-token', FACEBOOK_VERIFY_TOKEN: 'verify', FACEBOOK_GRAPH_URL: far,
    TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_WEBHOOK_SECRET: telegram.secret, TELEGRAM_API_URL: far,
  }
}
