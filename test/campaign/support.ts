import { readFileSync } from 'node:fs'
import { parseCampaign } from '../../src/campaign/parse.ts'
import type { Campaign } from '../../src/campaign/campaign.ts'
import type { ContactFacts } from '../../src/core/campaign.ts'
import type { AccountKey } from '../../src/core/contact.ts'
import { HOUR, vietnamMoment, type Millis } from '../../src/core/time.ts'

/** 09:00 in Viet Nam on 1 October 2026, a Thursday. */
export const morning: Millis = vietnamMoment('2026-10-01', 9 * 60)
export const OA: AccountKey = 'zalo:4300112233445566778'
export const PAGE: AccountKey = 'facebook:1029384756'
export const BOT: AccountKey = 'telegram:7000000001'

/** A campaign file with one post, as staff would write it; `posts` instead of it where given (indented by two). */
export const campaignText = (given: { head?: string; post?: string; posts?: string } = {}): string => `id: dot-thu
name: Đợt thử
purpose: Thử máy
period: { from: 2026-10-01, to: 2026-10-10 }
${given.head ?? ''}
posts:
${given.posts ?? `  - id: mo-dau
    title: Mở đầu
    time: 2026-10-01 09:00
    message:
      text: Chào bà con.
${given.post ?? `    means: { telegram: direct }`}`}
`

export function readCampaign(text: string): Campaign {
  const { read, problems } = parseCampaign({ file: 'dot-thu.yaml', text })
  if (read === null) throw new Error(JSON.stringify(problems, null, 1))
  return read.campaign
}

/** Somebody who wrote an hour before `morning`, agreed to announcements and never got one. */
export const facts = (change: Partial<ContactFacts> = {}): ContactFacts => ({
  contactKey: 'k', account: BOT, lastInboundAt: morning - HOUR, optedOut: false, blocked: false, consented: true,
  commune: null, role: null, language: null, tags: [], campaignDay: null, campaignsThatDay: 0, ...change,
})

export const contentFile = (name: string): { name: string; file: string; text: string } =>
  ({ name, file: `content/${name}`, text: readFileSync(new URL(`../../content/${name}`, import.meta.url), 'utf8') })
