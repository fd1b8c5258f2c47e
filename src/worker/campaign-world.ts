import { fingerprint, type Fingerprint } from '../campaign/attachments.ts'
import { composeContext } from '../campaign/compose.ts'
import type { PlatformRules } from '../campaign/rules.ts'
import type { CampaignWorld } from '../campaign/world.ts'
import type { Content } from '../content.ts'
import { payloadIfThere } from '../conversation/entry.ts'
import type { WorkerEnv } from './env.ts'

/** What campaigns are made of. Nothing of it changes before the next deployment, so that it is made once. */
export async function makeCampaignWorld(content: Content, rules: PlatformRules | null, origin: string, assets: WorkerEnv['ASSETS']): Promise<CampaignWorld> {
  const prints = new Map<string, Fingerprint>()
  for (const { file } of content.assets.values()) {
    const response = await assets.fetch(assetRequest(file))
    if (!response.ok) continue
    prints.set(file, fingerprint(new Uint8Array(await response.arrayBuffer())))
  }
  return { compose: composeContext(content, { origin, printOf: (file) => prints.get(file) ?? null, payload: (opens) => payloadIfThere(content, opens) }), rules }
}

/** As the assets binding wants to be asked; the host means nothing. */
export const assetRequest = (file: string, like?: Request): Request =>
  new Request(`https://assets.invalid/${encodeURIComponent(file)}`, like === undefined ? {} : { method: like.method, headers: like.headers })
