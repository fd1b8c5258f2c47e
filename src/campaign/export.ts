import { stringify } from 'yaml'
import { channelOfMeans } from '../core/campaign.ts'
import { vietnamDay, vietnamTime, type Millis } from '../core/time.ts'
import type { PlannedActivity } from '../content/calendar.ts'
import type { Audience, Campaign, MeansChoice, Post } from './campaign.ts'
import { wordOf } from './written.ts'

/** The campaign as a file that `parseCampaign` reads back into the very same campaign. */
export const exportCampaign = (campaign: Campaign): string => stringify(writtenCampaign(campaign), { lineWidth: 0, schema: 'failsafe' })

/** What stands in that file. */
export function writtenCampaign(campaign: Campaign): Record<string, unknown> {
  const { id, sample, name, purpose, period, theme, slogans, keyDays, calendar = [], posts } = campaign
  return filled({
    id, sample: sample ? 'true' : undefined, name, purpose, period, theme, slogans, key_days: keyDays, calendar: calendar.map(writtenActivity), posts: posts.map(written),
  })
}

const writtenActivity = ({ date, to, time, what, where }: PlannedActivity): object => filled({ date, to: to === date ? undefined : to, time, what, where })

function written({ id, title, at, atNight, message, audience, means, people }: Post): object {
  const { text, media, links, buttons } = message
  return filled({
    id,
    title,
    time: writtenTime(at),
    at_night: atNight === 'wait' ? undefined : atNight,
    message: filled({ text, ...(media !== null && { [media.kind]: media.asset }), links, buttons }),
    audience: emptyToNothing(writtenAudience(audience)),
    means: Object.fromEntries(means.map((choice) => [channelOfMeans(choice.means), writtenMeans(choice)])),
    people,
  })
}

const writtenAudience = ({ lastSeenSince, ...lists }: Audience): object => filled({ ...lists, last_seen_since: lastSeenSince })

function writtenMeans({ means, template, cities, paid }: MeansChoice): string | object {
  const options = filled({ template: template?.id, language: template?.language, data: emptyToNothing(template?.data ?? {}), cities, paid: paid ? 'true' : undefined })
  return Object.keys(options).length === 0 ? wordOf(means) : { by: wordOf(means), ...options }
}

/** `2026-10-10 07:30`. */
export function writtenTime(at: Millis): string {
  const { hour, minute } = vietnamTime(at)
  return `${vietnamDay(at)} ${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

/** Without what is absent or empty. */
const filled = (group: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(group).filter(([, value]) => value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0)))

const emptyToNothing = (group: object): object | undefined => (Object.keys(group).length === 0 ? undefined : group)
