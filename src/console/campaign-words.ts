import type { Problem } from '../core/problem.ts'
import { statusNames } from '../campaign/life.ts'
import type { CampaignStatus } from '../core/campaign.ts'
import { showDay } from '../core/time.ts'
import { tag, type Html, type Tone } from './components.ts'

/** How campaigns are told to staff, on pages and at a terminal. Pure. */

const tones: Readonly<Record<CampaignStatus, Tone>> = {
  draft: 'plain', submitted: 'warn', approved: 'good', scheduled: 'good', running: 'good', paused: 'bad', finished: 'plain', cancelled: 'plain', returned: 'warn',
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
export const statusTag = (status: CampaignStatus): Html => tag(capital(statusNames[status]), tones[status])

/** `01/10/2026 – 10/10/2026`; days as `2026-10-01`. */
export const tellPeriod = ({ from, to }: { from: string; to: string }): string => (from === to ? showDay(from) : `${showDay(from)} – ${showDay(to)}`)

/** `Dòng 7: what → what to do`. */
export const tellProblem = ({ line, what, todo }: Pick<Problem, 'line' | 'what' | 'todo'>, withLine: boolean): string => `${withLine ? `Dòng ${line}: ` : ''}${capital(what)} → ${todo}`
