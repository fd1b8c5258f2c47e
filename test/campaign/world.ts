import { readFileSync } from 'node:fs'
import type { ComposeContext } from '../../src/campaign/compose.ts'
import type { PlanInput } from '../../src/campaign/lines.ts'
import type { MediaFile } from '../../src/campaign/means.ts'
import { parseRules, type PlatformRules } from '../../src/campaign/rules.ts'
import { standardSettings } from '../support/campaign-settings.ts'
import { BOT, OA, PAGE, contentFile, morning, readCampaign } from './support.ts'

/** What a campaign meets in the tests: the project's own platform rules, a small province, one picture. */

export const rules: PlatformRules = (() => {
  const { rules: read, problems } = parseRules(contentFile('platform-rules.yaml'), '2026-11-21')
  if (read === null) throw new Error(JSON.stringify(problems))
  return read
})()

export const picture = (change: Partial<MediaFile> = {}): MediaFile =>
  ({ asset: 'anh', type: 'image/png', bytes: 1_000, sha256: 'a'.repeat(64), url: 'https://bot.vidu.example/tep/anh', alt: 'Ảnh mẫu', from: null, until: null, ...change })

export const compose = (change: Partial<ComposeContext> = {}): ComposeContext => ({
  province: { name: 'TỈNH MẪU', office: 'Sở Mẫu', hotline: '1022', website: 'https://tinhmau.example' },
  stopLine: 'Không muốn nhận nữa, nhắn “dừng”.',
  contacts: null,
  media: (asset) => (asset === 'anh' ? picture() : null),
  payload: (opens) => (opens === 'article:co-that' ? 'a:co-that' : null),
  ...change,
})

export const planInput = (text: string, change: Partial<PlanInput> = {}): PlanInput => ({
  campaign: readCampaign(text), accounts: [OA, PAGE, BOT], rules, settings: standardSettings, context: compose(), now: morning, used: () => 0, ...change,
})

export const readBytes = (path: string): Uint8Array => new Uint8Array(readFileSync(new URL(`../../${path}`, import.meta.url)))
