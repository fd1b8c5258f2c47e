import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestHarness } from 'wrangler'
import { deflate } from '../../src/commands/content-build.ts'
import { bundleOf } from '../../src/content.ts'
import { readContentFolders } from '../../src/node/files.ts'
import { wordFolders } from '../../src/node/words.ts'
import type { SandboxSettings } from '../../src/sandbox/secrets.ts'
import type { D1 } from '../../src/store/d1/binding.ts'
import { openD1Store } from '../../src/store/d1/open.ts'
import type { Store } from '../../src/store/ports.ts'
import { DAY } from '../../src/core/time.ts'

// Nothing is asked of Cloudflare about this machine.
process.env['CLOUDFLARE_CF_FETCH_ENABLED'] = 'false'

/** The Worker in workerd, as `wrangler.toml` describes it, on this machine. */
export interface WorkerWorld {
  url: string
  /** One minute's cron; resolves when its invocation has ended. */
  cron(): Promise<void>
  /** The same database, looked at from here. */
  database(): Promise<D1>
  store(): Promise<Store>
  /** What it has written to its log. */
  log(): string[]
  stop(): Promise<void>
}

/** With the project's words, where no other folders are named. */
export async function startWorker(vars: Record<string, string>, { flowsDir = 'flows', contentDir = 'content' } = {}): Promise<WorkerWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'camnang-worker-'))
  const bundle = join(folder, 'content.json')
  writeFileSync(bundle, bundleOf(await readContentFolders(wordFolders({ flowsDir, contentDir })), deflate))
  const harness = createTestHarness({
    workers: [{
      config: {
        name: 'camnang', main: 'src/worker.ts', compatibility_date: '2026-10-20', compatibility_flags: ['nodejs_compat'], alias: { 'camnang:content': bundle },
        d1_databases: [{ binding: 'DB', database_name: 'camnang', database_id: '00000000-0000-0000-0000-000000000000' }, { binding: 'ERASED', database_name: 'camnang-erased', database_id: '00000000-0000-0000-0000-000000000001' }],
        assets: { directory: join(contentDir, 'assets'), binding: 'ASSETS', run_worker_first: true },
        triggers: { crons: ['* * * * *'] },
        vars: { PUBLIC_URL: 'https://bot.vidu.example', LOG_LEVEL: 'warn', ...vars },
      },
    }],
  })
  const { url } = await harness.listen()
  const worker = harness.getWorker()
  const database = async (): Promise<D1> => (await worker.getEnv() as { DB: D1 }).DB
  return {
    url: url.origin,
    log: () => harness.getLogs().map(({ message }) => String(message)),
    async cron() {
      const { outcome } = await worker.scheduled({ cron: '* * * * *' })
      if (outcome !== 'ok') throw new Error(`cron ended with ${outcome}`)
    },
    database,
    store: async () => openD1Store(await database(), { role: 'tool', now: Date.now(), waitingLimit: 200, keysKept: 30 * DAY }),
    async stop() {
      await harness.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The settings that make it a customer of the stand-ins. */
export function standInVars({ zalo, facebook, telegram }: SandboxSettings): Record<string, string> {
  const [[oa], [page], [bot]] = [zalo.accounts, facebook.accounts, telegram.accounts]
  return {
    ZALO_APP_ID: zalo.appId, ZALO_APP_SECRET: zalo.appSecret, ZALO_OA_ID: oa!.oaId, ZALO_OA_SECRET_KEY: oa!.secretKeys[0]!, ZALO_ACCESS_TOKEN: oa!.accessToken!,
    ZALO_REFRESH_TOKEN: oa!.refreshToken!, ZALO_API_URL: zalo.apiUrl, ZALO_OAUTH_URL: zalo.oauthUrl,
    FACEBOOK_APP_ID: facebook.appId, FACEBOOK_APP_SECRET: facebook.appSecrets[0]!, FACEBOOK_VERIFY_TOKEN: facebook.verifyToken, FACEBOOK_PAGE_ID: page!.pageId,
    FACEBOOK_PAGE_TOKEN: page!.pageToken, FACEBOOK_GRAPH_URL: facebook.graphUrl,
    TELEGRAM_BOT_TOKEN: bot!.token, TELEGRAM_WEBHOOK_SECRET: bot!.webhookSecrets[0]!, TELEGRAM_API_URL: telegram.apiUrl,
  }
}
