import * as z from 'zod'
import { fill } from '../core/fill.ts'
import type { Problem } from '../core/problem.ts'
import { showDay } from '../core/time.ts'
import { dayText, keys, readYaml, someText } from '../core/yaml.ts'
import { copiesLast, readable, type FileSource, type TextFile } from './files.ts'
import type { ShownText } from './shown-text.ts'

/** What happens when and where, as a campaign file lists it. */
export const calendarSchema = z.array(keys({
  date: dayText,
  to: dayText.optional(),
  time: someText.optional(),
  what: someText,
  where: someText.optional(),
}).refine(({ date, to = date }) => date <= to, { path: ['to'], message: 'ngày cuối sớm hơn ngày đầu → ghi to là ngày sau ngày ở date, hoặc bỏ to nếu chỉ có một ngày' }))

/** One activity. `date` and `to` are `YYYY-MM-DD`, the same day where it takes only one. */
export interface PlannedActivity { date: string; to: string; time: string | null; what: string; where: string | null }

/** As written: its texts may show `{{province.KEY}}`. */
export const activityFrom = ({ date, to, time, what, where }: z.infer<typeof calendarSchema>[number]): PlannedActivity => ({ date, to: to ?? date, time: time ?? null, what, where: where ?? null })

/** By campaign id, its activities from the first day to the last. */
export type Calendars = ReadonlyMap<string, readonly PlannedActivity[]>

/** Everything else in a campaign file is read, and judged, where campaigns are. */
const calendarOfCampaign = z.object({ id: z.string(), calendar: calendarSchema.optional() })

/**
 * The calendars of all campaign files. A file that cannot be read costs its calendar and no more: citizens go on being
 * answered, so its problems are warnings. `texts` is what citizens read of them, for the check.
 */
export function readCalendars(files: FileSource, province: Readonly<Record<string, string>>): { calendars: Calendars; texts: ShownText[]; problems: Problem[] } {
  const calendars = new Map<string, PlannedActivity[]>()
  const texts: ShownText[] = []
  const problems: Problem[] = []
  const filled = (text: string): string => fill(text, (name) => province[name.replace(/^province\./, '')] ?? null)
  for (const { file, text } of campaignFiles(files).map(readable)) {
    const { value, problems: found, locate } = readYaml(file, text, calendarOfCampaign)
    problems.push(...found.map((problem): Problem => ({ ...problem, severity: 'warning' })))
    if (value === null) {
      calendars.set(/([^/]+)\.ya?ml$/.exec(file)![1]!, [])
      continue
    }
    if (calendars.has(value.id)) continue
    texts.push(...(value.calendar ?? []).flatMap((activity, index) => (['time', 'what', 'where'] as const).flatMap((key): ShownText[] => {
      const said = activity[key]
      return said === undefined ? [] : [{ file, text: said, locate: (piece) => locate(['calendar', index, key], piece) }]
    })))
    const activities = (value.calendar ?? []).map(activityFrom).map(({ what, where, ...when }) => ({ ...when, what: filled(what), where: where === null ? null : filled(where) }))
    calendars.set(value.id, activities.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0)))
  }
  return { calendars, texts, problems }
}

export const campaignFiles = ({ content }: FileSource): TextFile[] => copiesLast(content.filter(({ name }) => /^campaigns\/[^/]+\.ya?ml$/.test(name)))

/** Campaign files with nothing in them but the lines of the calendar, where they stand. */
export const calendarsAlone = (files: FileSource): TextFile[] =>
  campaignFiles(files).flatMap((file) => {
    const found = /^calendar:.*(?:\n(?:[ \t].*|- .*|#.*|[ \t]*)(?=\n|$))*/m.exec(file.text)
    return found === null ? [] : [{ ...file, text: `${file.text.slice(0, found.index).replace(/[^\n]/g, '')}${found[0]}` }]
  })

/** The campaigns of a name: `ngay-10-10` and, year by year, `ngay-10-10-2026`. */
export const campaignsNamed = (calendars: Calendars, name: string): string[] => [...calendars.keys()].filter((id) => id === name || id.startsWith(`${name}-`))

/** More than that is no message any more. */
const mostActivities = 8

/** What is still to come of all campaigns of that name, a line each; empty when nothing is. `day` is today. */
export function calendarLines(calendars: Calendars, name: string, day: string): string[] {
  const ahead = campaignsNamed(calendars, name).flatMap((id) => calendars.get(id) ?? []).filter(({ to }) => to >= day)
  return ahead.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0)).slice(0, mostActivities).map((activity) => `- ${activityLine(activity)}`)
}

/** `10/10/2026, 8 giờ: Lễ hưởng ứng, tại Nhà văn hóa xã`. */
export function activityLine({ date, to, time, what, where }: PlannedActivity): string {
  const when = `${date === to ? '' : `${showDay(date)} – `}${showDay(to)}${time === null ? '' : `, ${time}`}`
  return `${when}: ${what}${where === null ? '' : `, tại ${where}`}`
}
