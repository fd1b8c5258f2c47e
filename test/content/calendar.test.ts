import { expect, it } from 'vitest'
import { calendarLines, readCalendars } from '../../src/content/calendar.ts'
import { checkContent } from '../../src/content.ts'
import { file, today, world } from './support.ts'

const campaign = (id: string, calendar: string) => file(`campaigns/${id}.yaml`, `id: ${id}\nname: Đợt thử\n${calendar}`)
const read = (...content: ReturnType<typeof file>[]) => readCalendars({ flows: [], content, defaults: [] }, { address: 'số 1 phố Mẫu' })

const day = campaign('ngay-10-10-2026', `calendar:
  - { date: 2026-10-10, time: 8 giờ, what: Lễ hưởng ứng, where: "{{province.address}}" }
  - { date: 2026-10-01, to: 2026-10-10, what: Tổ đi từng nhà }
`)

it('tells what is still to come, the first day first, with where it is', () => {
  const { calendars, problems } = read(day)
  expect(problems).toEqual([])
  expect(calendarLines(calendars, 'ngay-10-10', '2026-09-01')).toEqual(['- 01/10/2026 – 10/10/2026: Tổ đi từng nhà', '- 10/10/2026, 8 giờ: Lễ hưởng ứng, tại số 1 phố Mẫu'])
  expect(calendarLines(calendars, 'ngay-10-10', '2026-10-10')).toHaveLength(2)
  expect(calendarLines(calendars, 'ngay-10-10', '2026-10-11')).toEqual([])
})

it('a name stands for the campaigns of all years, and for no other', () => {
  const { calendars } = read(day, campaign('ngay-10-10-2027', 'calendar: [{ date: 2027-10-10, what: Hội thi }]'), campaign('ngay-10-100', 'calendar: [{ date: 2026-12-01, what: Việc khác }]'))
  expect(calendarLines(calendars, 'ngay-10-10', '2026-10-11')).toEqual(['- 10/10/2027: Hội thi'])
  expect(calendarLines(calendars, 'khong-co', '2026-01-01')).toEqual([])
})

it('no message grows beyond eight activities', () => {
  const many = Array.from({ length: 12 }, (_, index) => `  - { date: 2026-10-${10 + index}, what: Việc ${index} }`).join('\n')
  expect(calendarLines(read(campaign('hoi', `calendar:\n${many}\n`)).calendars, 'hoi', '2026-01-01')).toHaveLength(8)
})

it.each([
  ['an impossible day', 'calendar: [{ date: 2026-02-30, what: Lễ }]', /ngày viết sai dạng/],
  ['days the wrong way round', 'calendar: [{ date: 2026-10-10, to: 2026-10-01, what: Lễ }]', /ngày cuối sớm hơn/],
  ['a misspelt key', 'calendar: [{ date: 2026-10-10, wat: Lễ }]', /không có khóa "wat"/],
])('%s costs the calendar, and nobody an answer', (_, calendar, says) => {
  const { calendars, problems } = read(campaign('hong', calendar), day)
  expect([...calendars]).toEqual([['hong', []], ['ngay-10-10-2026', expect.any(Array)]])
  expect(problems).toEqual([expect.objectContaining({ file: 'campaigns/hong.yaml', severity: 'warning', what: expect.stringMatching(says) as string })])
})

it.each([
  ['a link that pretends', 'Xem https://dichvucong.gov.vn.hotro.com', /nhái tên miền/],
  ['a number nobody knows', 'Gọi 1900 6789', /1900 6789 không có trong contacts/],
  ['an office that is gone', 'Lễ tại UBND huyện', /tên gọi cũ "UBND huyện"/],
])('%s in a calendar is found at its line', (_, says, what) => {
  const files = world({ content: [campaign('hoi', `calendar:\n  - { date: 2026-10-10, what: Hội thi }\n  - { date: 2026-10-11, what: "${says}" }\nposts: UBND huyện\n`)] })
  expect(checkContent(files, today)).toEqual([expect.objectContaining({ file: 'campaigns/hoi.yaml', line: 5, severity: 'error', what: expect.stringMatching(what) as string })])
})
