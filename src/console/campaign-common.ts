import { html } from 'hono/html'
import type { Actor } from '../campaign/life.ts'
import { inForm } from './campaign-form-words.ts'
import { capital } from './campaign-words.ts'
import { notice, type Html } from './components.ts'
import type { Asked } from './guard.ts'
import { root } from './paths.ts'
import type { StaffAccount } from './staff.ts'

/** What all pages of campaigns share. */

export const actorOf = ({ name, role }: StaffAccount): Actor => ({ name, role, via: 'console' })

export const section = `${root}/dot`

/** Sentences for people, one below the other. */
export const refusalNotice = (refused: readonly string[]): Html => notice(html`${refused.map((why) => html`<bdi>${capital(inForm(why))}</bdi><br>`)}`, 'bad', true)

export const longestReason = 300

export const nothing = ({ show }: Asked): Promise<Response> =>
  show({ title: 'Không có đợt này', section, again: null }, html`<h1>Không có đợt này</h1><p><a href="${section}">← Tất cả các đợt</a></p>`, 404)

/** A campaign's own page, with something told above it. */
export type ShowCampaign = (asked: Asked, told: Html | '', status?: 200 | 409 | 422) => Promise<Response>
