import { userInfo } from 'node:os'
import type { Campaign } from '../campaign/campaign.ts'
import { createEngine, type CampaignEngine } from '../campaign/engine.ts'
import { readCampaignFiles, type CampaignFiles } from '../campaign/files.ts'
import type { Actor } from '../campaign/life.ts'
import { contentOf, type CampaignWorld } from '../campaign/world.ts'
import type { Config } from '../config.ts'
import { createStaffBook } from '../console/staff.ts'
import { formatProblems, loadContent } from '../content.ts'
import type { AccountKey } from '../core/contact.ts'
import { vietnamDay } from '../core/time.ts'
import { createCampaignWorld } from '../node/campaign-world.ts'
import { readContentFolders } from '../node/files.ts'
import { ContentError } from '../node/content-error.ts'
import { contentOptions, wordFolders } from '../node/words.ts'
import type { Store } from '../store/ports.ts'
import { readSettings, UsageError, withStore, type Terminal } from './command.ts'

/** Everything a campaign command works with, beside a running server or without one. */
export interface CampaignDesk {
  engine: CampaignEngine
  store: Store
  actor: Actor
  world(): Promise<CampaignWorld>
  /** `content/campaigns/` as it is now. */
  files(): Promise<CampaignFiles>
}

/** Opens it for one command. Who works is the person named by `--as`, who must be in the staff book; else the system user, who may do what an administrator may. */
export async function openCampaigns(terminal: Terminal, { as }: { as?: string }, use: (desk: CampaignDesk) => Promise<number>): Promise<number> {
  const config = readSettings(terminal)
  const folders = wordFolders(config)
  const files = await readContentFolders(folders)
  const read = loadContent(files, contentOptions)
  if ('problems' in read) throw new ContentError(formatProblems(read.problems).join('\n'))
  const world = createCampaignWorld({ ...folders, content: () => read.content, origin: config.publicUrl ?? ownUrl(config), now: Date.now })
  return withStore(config, async (store) => {
    const actor = as === undefined ? systemUser() : await personOf(store, as)
    const ports = { store, world, settings: config.campaigns, accounts: await accountsIn(config), now: Date.now }
    return use({
      store, actor, world, engine: createEngine(ports),
      files: async () => readCampaignFiles(files, vietnamDay(Date.now())),
    })
  })
}

/** What was handed in, is approved or runs; before that the file where there is one. Null where neither knows it. */
export async function campaignOf(desk: CampaignDesk, id: string): Promise<Campaign | null> {
  const record = await desk.store.loadCampaign(id)
  const isWritten = record === null || record.status === 'draft' || record.status === 'returned'
  const read = isWritten ? (await desk.files()).campaigns.find(({ campaign: each }) => each.id === id) : undefined
  if (read !== undefined) return read.campaign
  return record === null ? null : contentOf(record)
}

const systemUser = (): Actor => ({ name: userInfo().username, role: 'admin', via: 'cli' })

async function personOf(store: Store, name: string): Promise<Actor> {
  const found = await createStaffBook(store).find(name)
  if (found === null || found.disabled) throw new UsageError(`Không có cán bộ "${name}" đang dùng được. Xem: staff list`)
  return { name: found.name, role: found.role, via: 'cli' }
}

/** As the server makes its own address. */
const ownUrl = ({ host, port }: Config): string => `http://${host.includes(':') ? `[${host}]` : host}:${port}`

/** The accounts that are set, or those of the stand-ins where the whole server is a rehearsal. */
async function accountsIn(config: Config): Promise<AccountKey[]> {
  const { makeSandboxSecrets, sandboxSettings } = await import('../sandbox/secrets.ts')
  const { zalo, facebook, telegram } = config.sandbox ? sandboxSettings(makeSandboxSecrets(), '') : config
  return [
    ...(zalo?.accounts ?? []).map(({ oaId }): AccountKey => `zalo:${oaId}`),
    ...(facebook?.accounts ?? []).map(({ pageId }): AccountKey => `facebook:${pageId}`),
    ...(telegram?.accounts ?? []).map(({ botId }): AccountKey => `telegram:${botId}`),
  ]
}
