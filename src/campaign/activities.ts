import { exposesNumbers } from '../core/exposed.ts'
import { nearest } from '../core/problem.ts'
import { clean, fold } from '../core/text.ts'
import { dayText } from '../core/yaml.ts'
import { isoDay } from '../content/sheets/table.ts'
import { sha256 } from './canonical.ts'

/** What other units did for a campaign, as they tell it: banners hung, broadcasts, contests. Told by them, not counted by us. Pure. */

/** By the letters on the National Digital Transformation Day; `measure`: what the quantity counts. */
export const taskTable = {
  banner: { title: 'Pa nô, áp phích', measure: 'cái' },
  streamer: { title: 'Băng rôn, khẩu hiệu', measure: 'cái' },
  led: { title: 'Màn hình điện tử (LED)', measure: 'màn hình' },
  loudspeaker: { title: 'Loa truyền thanh', measure: 'lượt phát' },
  leaflet: { title: 'Tờ rơi, cẩm nang', measure: 'tờ' },
  online: { title: 'Tin, bài trên cổng, trang, mạng xã hội', measure: 'tin, bài' },
  avatar: { title: 'Đổi khung ảnh đại diện', measure: 'lượt' },
  team: { title: 'Ra quân Tổ công nghệ số cộng đồng', measure: 'lượt người dân' },
  training: { title: 'Tập huấn, hướng dẫn kỹ năng số', measure: 'người dự' },
  contest: { title: 'Hội thi, cuộc thi', measure: 'người thi' },
  conference: { title: 'Hội nghị, hội thảo, tọa đàm', measure: 'người dự' },
  visit: { title: 'Tuyên truyền lưu động, tại nhà', measure: 'lượt hộ' },
  other: { title: 'Việc khác', measure: 'lượt' },
} as const satisfies Record<string, { title: string; measure: string }>

export type TaskName = keyof typeof taskTable
export const taskNames = Object.keys(taskTable) as TaskName[]

export interface Activity {
  task: TaskName
  /** In a few words; empty where the task says it all. */
  what: string
  /** `YYYY-MM-DD`; null: no day was set. */
  due: string | null
  /** Null: not yet. */
  done: string | null
  /** In the measure of its task; null: not told. */
  quantity: number | null
  /** An https address; empty: none. */
  evidence: string
}

/** All that one unit does for one campaign. */
export interface UnitActivities { unit: string; activities: readonly Activity[] }

export const activityFields = ['unit', 'task', 'what', 'due', 'done', 'quantity', 'evidence'] as const
export type ActivityField = (typeof activityFields)[number]
export const fieldTitles: Readonly<Record<ActivityField, string>> = {
  unit: 'Đơn vị', task: 'Việc', what: 'Nội dung', due: 'Hạn', done: 'Ngày xong', quantity: 'Số lượng', evidence: 'Đường dẫn minh chứng',
}
export const activityLimits = { unit: 120, what: 300, evidence: 500, quantity: 10_000_000, perUnit: 300, units: 1_000 }

export type ActivityErrors = Partial<Record<ActivityField, string>>

/** One row as it was typed, in a form or a sheet, with what is wrong in each field: what → what to do. `today`: nothing is done later. */
export function readActivity(typed: Readonly<Record<ActivityField, string>>, today: string): { unit: string; activity: Activity } | { errors: ActivityErrors } {
  const value = (field: ActivityField): string => clean(typed[field]).replaceAll(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\uffff]+/g, ' ').replaceAll(/\s+/g, ' ').trim()
  const [unit, what, evidence] = [value('unit'), value('what'), value('evidence')]
  const [task, due, done, quantity] = [taskOf(value('task')), dayOf(value('due')), dayOf(value('done')), quantityOf(value('quantity'))]
  const errors: ActivityErrors = {
    ...say('unit', unitFault(unit)),
    ...say('task', task === null ? taskFault(value('task')) : null),
    ...say('what', what.length > activityLimits.what ? `dài quá ${activityLimits.what} ký tự → rút ngắn` : exposesNumbers(what) ? privateFault : null),
    ...say('due', due === undefined ? dayFault : null),
    ...say('done', done === undefined ? dayFault : done !== null && done > today ? 'ngày xong chưa đến → ghi ngày đã làm xong, việc chưa xong thì để trống' : null),
    ...say('quantity', quantity === undefined ? `không phải số từ 0 đến ${activityLimits.quantity} → chỉ ghi số, ví dụ 12` : null),
    ...say('evidence', evidenceFault(evidence)),
  }
  if (Object.keys(errors).length > 0 || task === null || due === undefined || done === undefined || quantity === undefined) return { errors }
  return { unit, activity: { task, what, due, done, quantity, evidence } }
}

const say = (field: ActivityField, fault: string | null): ActivityErrors => (fault === null ? {} : { [field]: fault })
const privateFault = 'có số điện thoại, số giấy tờ hoặc số tài khoản → bỏ đi, sổ này không chứa dữ liệu cá nhân'
const dayFault = 'không phải ngày → ghi ngày/tháng/năm, ví dụ 10/10/2026'

/** Why this is no name of a unit; null when it is one. */
export const unitFault = (unit: string): string | null =>
  unit === '' ? 'chưa ghi đơn vị → ghi tên đơn vị' : unit.length > activityLimits.unit ? `dài quá ${activityLimits.unit} ký tự → rút ngắn` : exposesNumbers(unit) ? privateFault : null

/** By its title or name, without regard to case and marks. */
function taskOf(typed: string): TaskName | null {
  const wanted = fold(typed)
  return taskNames.find((name) => name === wanted || fold(taskTable[name].title) === wanted) ?? null
}

function taskFault(typed: string): string {
  if (typed === '') return 'chưa ghi việc → chọn một việc trong trang “Hướng dẫn”'
  const near = nearest(typed, taskNames.map((name) => taskTable[name].title))
  return `không có việc “${typed.slice(0, 60)}” → ${near === null ? 'chọn một việc trong trang “Hướng dẫn”, hoặc ghi “Việc khác”' : `có phải “${near}”?`}`
}

/** Null: empty. Undefined: no day. */
function dayOf(typed: string): string | null | undefined {
  if (typed === '') return null
  const day = isoDay(typed)
  return dayText.safeParse(day).success && day >= '2020-01-01' && day <= '2099-12-31' ? day : undefined
}

/** `1.200` is what is written for 1200 in Viet Nam. */
function quantityOf(typed: string): number | null | undefined {
  if (typed === '') return null
  const digits = /^\d{1,3}(\.\d{3})+$/.test(typed) ? typed.replaceAll('.', '') : typed
  return /^\d{1,9}$/.test(digits) && Number(digits) <= activityLimits.quantity ? Number(digits) : undefined
}

function evidenceFault(typed: string): string | null {
  if (typed === '') return null
  if (typed.length > activityLimits.evidence) return `dài quá ${activityLimits.evidence} ký tự → dùng đường dẫn ngắn hơn`
  const url = URL.parse(typed)
  return url?.protocol === 'https:' && url.username === '' && /\./.test(url.hostname) ? null : 'không phải đường dẫn https → chép cả đường dẫn, bắt đầu bằng https://'
}

/** What a unit is known by: case, spaces and the form of letters make no other one. */
export const unitKey = (unit: string): string => sha256(clean(unit).trim().replaceAll(/\s+/g, ' ').toLowerCase()).slice(0, 24)
/** Of one unit, the same task with the same words is the same activity. */
export const activityKey = ({ task, what }: Pick<Activity, 'task' | 'what'>): string => `${task} ${fold(what)}`

/** New ones are added, known ones take the new values, nothing is dropped: the same rows twice change nothing. */
export function merged(known: readonly Activity[], rows: readonly Activity[]): { activities: Activity[]; added: number; changed: number } {
  const byKey = new Map(known.map((activity) => [activityKey(activity), activity]))
  const added = rows.filter((row) => !byKey.has(activityKey(row))).length
  const changed = rows.filter((row) => byKey.has(activityKey(row)) && JSON.stringify(byKey.get(activityKey(row))) !== JSON.stringify(row)).length
  for (const row of rows) byKey.set(activityKey(row), row)
  return { activities: [...byKey.values()], added, changed }
}

export interface ActivityCount { planned: number; done: number; overdue: number }

export interface ActivitySummary {
  total: ActivityCount & { units: number }
  byTask: ({ task: TaskName; units: number; quantity: number } & ActivityCount)[]
  byUnit: ({ unit: string } & ActivityCount)[]
  /** Of those expected or given something to do: nothing of theirs is done. */
  silent: string[]
}

/** `expected`: units that are to report whether or not something is written down for them. `planned` counts all, done ones included. */
export function summarise(units: readonly UnitActivities[], expected: readonly string[], today: string): ActivitySummary {
  const known = new Map([...expected.map((unit): [string, UnitActivities] => [unitKey(unit), { unit, activities: [] }]), ...units.map((each): [string, UnitActivities] => [unitKey(each.unit), each])])
  const all = [...known.values()].sort((a, b) => a.unit.localeCompare(b.unit, 'vi'))
  const activities = all.flatMap(({ unit, activities: of }) => of.map((activity) => ({ unit, ...activity })))
  const count = (of: readonly Activity[]): ActivityCount => ({
    planned: of.length, done: of.filter(({ done }) => done !== null).length, overdue: of.filter(({ done, due }) => done === null && due !== null && due < today).length,
  })
  return {
    total: { ...count(activities), units: all.filter(({ activities: of }) => of.length > 0).length },
    byTask: taskNames.flatMap((task) => {
      const of = activities.filter((each) => each.task === task)
      if (of.length === 0) return []
      const done = of.filter((each) => each.done !== null)
      return [{ task, ...count(of), units: new Set(done.map(({ unit }) => unit)).size, quantity: done.reduce((sum, { quantity }) => sum + (quantity ?? 0), 0) }]
    }),
    byUnit: all.map(({ unit, activities: of }) => ({ unit, ...count(of) })),
    silent: all.filter(({ activities: of }) => of.every(({ done }) => done === null)).map(({ unit }) => unit),
  }
}
