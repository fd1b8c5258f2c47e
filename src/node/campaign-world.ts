import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fingerprint, type Fingerprint } from '../campaign/attachments.ts'
import { composeContext } from '../campaign/compose.ts'
import { parseRules, type PlatformRules } from '../campaign/rules.ts'
import type { CampaignWorld } from '../campaign/world.ts'
import type { Content } from '../content.ts'
import { payloadIfThere } from '../conversation/entry.ts'
import { vietnamDay, type Clock } from '../core/time.ts'

export interface CampaignWorldPorts {
  contentDir: string
  /** The project's own `content/`, for rules where the province has none. */
  defaultsDir: string
  content(): Content
  /** Our public address, where platforms fetch pictures. */
  origin: string
  now: Clock
}

/** What campaigns are made of, read again when a file has changed: asked for every second, it costs a look at a few files. The last good rules stay. */
export function createCampaignWorld({ contentDir, defaultsDir, content, origin, now }: CampaignWorldPorts): () => Promise<CampaignWorld> {
  let last: { key: string; world: CampaignWorld } | null = null
  let rules: { text: string | null; rules: PlatformRules | null } = { text: null, rules: null }
  const files = new Map<string, { seen: string; print: Fingerprint }>()

  /** By its bytes; null when there is no such file. */
  async function printOf(file: string): Promise<{ seen: string; print: Fingerprint } | null> {
    const path = join(contentDir, 'assets', file)
    const info = await stat(path).catch(() => null)
    if (info === null) return null
    const seen = `${info.size}:${info.mtimeMs}`
    const known = files.get(file)
    if (known?.seen === seen) return known
    const bytes = await readFile(path).catch(() => null)
    if (bytes === null) return null
    const found = { seen, print: fingerprint(bytes) }
    files.set(file, found)
    return found
  }

  async function readRules(): Promise<PlatformRules | null> {
    const text = await readFile(join(contentDir, rulesFile), 'utf8').catch(() => readFile(join(defaultsDir, rulesFile), 'utf8')).catch(() => null)
    if (text !== null && text !== rules.text) rules = { text, rules: parseRules({ file: rulesFile, text }, vietnamDay(now())).rules ?? rules.rules }
    return rules.rules
  }

  return async () => {
    const current = content()
    const prints = new Map<string, Fingerprint>()
    const seen: string[] = []
    for (const { file } of current.assets.values()) {
      const found = await printOf(file)
      seen.push(found?.seen ?? '')
      if (found !== null) prints.set(file, found.print)
    }
    const platformRules = await readRules()
    const key = `${current.version} ${rules.text?.length} ${seen.join(' ')}`
    if (last?.key === key && last.world.rules === platformRules) return last.world
    const compose = composeContext(current, { origin, printOf: (file) => prints.get(file) ?? null, payload: (opens) => payloadIfThere(current, opens) })
    last = { key, world: { compose, rules: platformRules } }
    return last.world
  }
}

const rulesFile = 'platform-rules.yaml'
