import { html } from 'hono/html'
import type { Campaign } from '../campaign/campaign.ts'
import { contentOf } from '../campaign/world.ts'
import type { Content } from '../content.ts'
import type { CampaignStatus } from '../core/campaign.ts'
import { DAY, vietnamDay, vietnamMoment, vietnamTime, type Clock, type Millis } from '../core/time.ts'
import type { Store } from '../store/ports.ts'
import { section } from './campaign-common.ts'
import { withTitles } from '../campaign/compose.ts'
import { statusTag } from './campaign-words.ts'
import { card, unseen, type Html } from './components.ts'
import type { Guard } from './guard.ts'
import { calendarPath, campaignPath, root } from './paths.ts'
import { clock, moment } from './show.ts'

/** A month of announcements. */

interface Entry { at: Millis; title: string; campaign: string; name: string; status: CampaignStatus }
interface Month { year: number; month: number }

/** Campaigns whose content is looked at, the last changed first. */
const mostRead = 300

export function calendarRoutes(guard: Guard, { store, content, now }: { store: Pick<Store, 'listCampaigns' | 'loadCampaign'>; content: () => Content | null; now: Clock }): void {
  guard.on('GET /dot-lich', async ({ c, show }) => {
    const month = monthFrom(c.req.query('thang') ?? '') ?? monthFrom(vietnamDay(now()).slice(0, 7))!
    const heads = (await store.listCampaigns()).filter(({ status }) => status !== 'cancelled').slice(0, mostRead)
    const records = (await Promise.all(heads.map(({ id }) => store.loadCampaign(id)))).filter((record) => record !== null)
    return show({ title: 'Lịch tuyên truyền', section, again: null }, calendarPage(month, records.map((record) => ({ status: record.status, campaign: withTitles(contentOf(record), content()?.province.values ?? {}) })), vietnamDay(now())))
  })
}

/** `2026-10`; null: no month. */
function monthFrom(text: string): Month | null {
  const [, year = '', month = ''] = /^(20\d{2})-(0[1-9]|1[0-2])$/.exec(text) ?? []
  return year === '' ? null : { year: Number(year), month: Number(month) }
}

const nameOf = ({ year, month }: Month): string => `${year}-${String(month).padStart(2, '0')}`
const shifted = ({ year, month }: Month, by: number): Month => ({ year: year + Math.floor((month - 1 + by) / 12), month: ((month - 1 + by) % 12 + 12) % 12 + 1 })
const weekdays = ['Thứ hai', 'Thứ ba', 'Thứ tư', 'Thứ năm', 'Thứ sáu', 'Thứ bảy', 'Chủ nhật']

/** Whole weeks from Monday on; days as `2026-10-05`. */
export function weeksOf(month: Month): string[][] {
  const [first, next] = [vietnamMoment(`${nameOf(month)}-01`), vietnamMoment(`${nameOf(shifted(month, 1))}-01`)]
  const monday = first - ((vietnamTime(first).weekday + 6) % 7) * DAY
  const weeks: string[][] = []
  for (let day = monday; day < next; day += 7 * DAY) weeks.push(weekdays.map((_, index) => vietnamDay(day + index * DAY)))
  return weeks
}

interface Planned { status: CampaignStatus; campaign: Campaign }

function calendarPage(month: Month, all: readonly Planned[], today: string): Html {
  const name = nameOf(month)
  const entries = all.flatMap(entriesOf).sort((a, b) => a.at - b.at)
  const byDay = Map.groupBy(entries, ({ at }) => vietnamDay(at))
  const keyDays = new Set(all.flatMap(({ campaign }) => campaign.keyDays))
  const link = (to: Month, text: string): Html => html`<a class="button quiet" href="${calendarPath}?thang=${nameOf(to)}">${text}</a>`
  const inMonth = entries.filter(({ at }) => vietnamDay(at).startsWith(name)).length
  return html`<p><a href="${root}/dot">← Tất cả các đợt</a></p>
<h1>Lịch tuyên truyền tháng ${month.month}/${month.year}</h1>
<p class="row">${link(shifted(month, -1), '← Tháng trước')}${link(shifted(month, 1), 'Tháng sau →')}</p>
${card('Bài theo ngày', html`<p class="soft">${inMonth === 0 ? 'Tháng này chưa có bài nào.' : `${inMonth} bài. Đợt đã hủy không hiện.`}</p>
<table class="calendar"><caption class="unseen">Tháng ${month.month}/${month.year}</caption><thead><tr>${weekdays.map((day) => html`<th scope="col">${day}</th>`)}</tr></thead>
<tbody>${weeksOf(month).map((week) => html`<tr>${week.map((day, index) => cell(day, weekdays[index]!, { isIn: day.startsWith(name), isToday: day === today, isKey: keyDays.has(day), entries: byDay.get(day) ?? [] }))}</tr>`)}</tbody></table>`)}`
}

const entriesOf = ({ status, campaign: { id, name, posts } }: Planned): Entry[] => posts.map(({ at, title }) => ({ at, title, campaign: id, name, status }))

function cell(day: string, weekday: string, { isIn, isToday, isKey, entries }: { isIn: boolean; isToday: boolean; isKey: boolean; entries: readonly Entry[] }): Html {
  const marks = [...(isIn ? [] : ['other']), ...(isToday ? ['today'] : []), ...(isKey ? ['key'] : []), ...(entries.length === 0 && !isToday && !isKey ? ['empty'] : [])]
  return html`<td${marks.length === 0 ? '' : html` class="${marks.join(' ')}"`}><p class="day"><span class="weekday">${weekday} </span>${moment(vietnamMoment(day)).slice(0, isIn ? 2 : 5)}${isToday ? html` <b>hôm nay</b>` : ''}${isKey ? html` <b>trọng điểm</b>` : ''}</p>
${entries.length === 0 ? '' : html`<ul>${entries.map(({ at, title, campaign, name, status }) => html`<li><a href="${campaignPath(campaign)}">${clock(at)} <bdi>${title}</bdi>${unseen(`, đợt ${name}`)}</a> ${statusTag(status)}</li>`)}</ul>`}</td>`
}
