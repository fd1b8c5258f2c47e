import type { Campaign } from '../campaign/campaign.ts'
import type { CampaignEngine } from '../campaign/engine.ts'
import { contentOf } from '../campaign/world.ts'
import type { CampaignRecord } from '../core/campaign.ts'
import { clean, fold } from '../core/text.ts'
import { vietnamMoment } from '../core/time.ts'
import { dayText } from '../core/yaml.ts'
import type { Store } from '../store/ports.ts'
import { actorOf } from './campaign-common.ts'
import { hidden, type Html } from './components.ts'
import { html } from 'hono/html'
import type { Asked } from './guard.ts'

/** What a form was made from: nobody overwrites what somebody else wrote meanwhile. `id` empty: a new campaign. */
export interface Origin { id: string; version: number }

export const none: Origin = { id: '', version: 0 }
export const originOf = ({ id, version }: CampaignRecord): Origin => ({ id, version })
export const originIn = ({ field }: Asked): Origin => ({ id: field('goc'), version: Number(field('ban')) || 0 })
export const originFields = ({ id, version }: Origin): Html => html`${hidden('goc', id)}${hidden('ban', String(version))}`

/** Keeps what a form carries as a draft. Null when it is kept; else why not. */
export type Keep = (asked: Asked, campaign: Campaign, origin: Origin) => Promise<string[] | null>

export const createKeep = (engine: Pick<CampaignEngine, 'draft'>, store: Pick<Store, 'loadCampaign'>): Keep => async ({ viewer: { account } }, campaign, origin) => {
  const there = await store.loadCampaign(campaign.id)
  if (origin.id !== '' && origin.id !== campaign.id) return [`đang sửa đợt "${origin.id}" nên không đổi mã được; muốn mã khác thì chép thành đợt mới`]
  if (origin.id === '' && there !== null) return [`mã đợt "${campaign.id}" đã có; đổi mã khác`]
  if (there !== null && there.version !== origin.version) return ['đợt vừa được người khác sửa hoặc duyệt; mở lại bản mới rồi sửa']
  if (there !== null && contentOf(there).followUp !== undefined) return ['đợt đính chính, thu hồi không sửa ở đây được; hủy rồi đề nghị lại']
  const done = await engine.draft(campaign, { actor: actorOf(account), why: '' })
  return 'refused' in done ? done.refused : null
}

/** A clock in Viet Nam, as browsers write it (`2026-10-10T07:30`) or people do; null: no moment. */
export function momentOf(text: string): number | null {
  const [, day = '', hour = '', minute = ''] = /^(\d{4}-\d{2}-\d{2})[T ]([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? []
  return dayText.safeParse(day).success ? vietnamMoment(day, Number(hour) * 60 + Number(minute)) : null
}

/** A code made of a name, where nobody wrote one: other than those `taken`. Empty where the name has no letters. */
export function codeOf(name: string, longest: number, taken: ReadonlySet<string> = new Set()): string {
  const code = fold(name).replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '').slice(0, longest - 3).replace(/-$/, '')
  for (let n = 1; code !== ''; n++) {
    const tried = n === 1 ? code : `${code}-${n}`
    if (!taken.has(tried)) return tried
  }
  return ''
}

/** One line of a form, as typed. */
export const typed = ({ field }: Asked, name: string): string => clean(field(name)).trim()
/** Each line, without empty ones. */
export const typedLines = (asked: Asked, name: string): string[] => typed(asked, name).split('\n').map((line) => line.trim()).filter((line) => line !== '')
/** Separated by commas or lines. */
export const typedList = (asked: Asked, name: string): string[] => typed(asked, name).split(/[,;\n]/).map((one) => one.trim()).filter((one) => one !== '')
