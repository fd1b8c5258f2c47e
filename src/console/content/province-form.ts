import { plainForm } from '../../content/sheets/article-text.ts'
import { remove, setText, setWords, addKey } from '../../content/sheets/yaml-edit.ts'
import { EditRefused, find, parsed } from '../../content/sheets/yaml-place.ts'
import type { Problem } from '../../core/problem.ts'
import { yamlLines } from './yaml-lines.ts'

/** `province.yaml` as a form, and back into the file with its comments. Pure. */

export const weekdays = [
  { key: 'T2', title: 'Thứ Hai' }, { key: 'T3', title: 'Thứ Ba' }, { key: 'T4', title: 'Thứ Tư' }, { key: 'T5', title: 'Thứ Năm' },
  { key: 'T6', title: 'Thứ Sáu' }, { key: 'T7', title: 'Thứ Bảy' }, { key: 'CN', title: 'Chủ nhật' },
] as const

export interface ProvinceValues {
  /** `sample: true`: told as not filled in yet. */
  isSample: boolean
  /** In the file's order, each with the comment above it. */
  values: { key: string; value: string; comment: string }[]
  /** By weekday `T2` … `CN`: `07:30-11:30, 13:30-17:00`; empty: closed. */
  weekly: Readonly<Record<string, string>>
  /** One day a line. */
  holidays: string
}

/** What the keys are called; others are told by their comment or as they are. */
const valueTitles: Readonly<Record<string, string>> = {
  name: 'Tên tỉnh', office: 'Cơ quan vận hành', address: 'Địa chỉ', hotline: 'Đường dây nóng', duty_hours: 'Giờ trực, viết cho bà con đọc', email: 'Thư điện tử', portal: 'Cổng thông tin của tỉnh',
  website: 'Trang của cơ quan', zalo_name: 'Tên tài khoản Zalo', zalo_link: 'Đường dẫn Zalo', messenger_link: 'Đường dẫn Messenger', commune_centers: 'Danh sách Trung tâm Phục vụ hành chính công',
  non_territorial: 'Thủ tục nộp không phụ thuộc địa giới', fee_discount: 'Giảm lệ phí khi nộp trên mạng', appointment: 'Đặt lịch trước', postal: 'Gửi hồ sơ qua bưu điện', community_team: 'Tổ công nghệ số cộng đồng',
  calendar_1010: 'Lịch hoạt động Ngày 10/10',
}

const textAt = (value: unknown): string => (typeof value === 'string' ? value : '')
const listAt = (value: unknown): string[] => (Array.isArray(value) ? value.map(textAt) : [])
const groupAt = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {})

/** What the file says; what it has otherwise than expected is left out, for the check to tell. */
export function provinceValues(text: string): ProvinceValues {
  const document = parsed(plainForm(text).plain)
  const written = groupAt(document.toJS() as unknown)
  const hours = groupAt(written['hours'])
  const values = groupAt(written['values'])
  return {
    isSample: written['sample'] === 'true',
    values: Object.entries(values).map(([key, value]) => ({ key, value: textAt(value), comment: commentAbove(plainForm(text).plain, key) })),
    weekly: Object.fromEntries(weekdays.map(({ key }) => [key, listAt(groupAt(hours['weekly'])[key]).join(', ')])),
    holidays: listAt(hours['holidays']).join('\n'),
  }
}

/** The lines of comment directly above a value, without their signs; those above a line that is commented out belong to that. */
function commentAbove(source: string, key: string): string {
  const lines = source.split('\n')
  const at = Math.max(0, lines.findIndex((line) => /^\s/.test(line) && line.trimStart().startsWith(`${key}:`)))
  const above = lines.slice(0, at)
  const from = above.findLastIndex((line) => !/^\s+#/.test(line) || /^\s*#\s*\w+: /.test(line)) + 1
  return above.slice(from).map((line) => line.replace(/^\s*#\s?/, '')).join(' ').replaceAll('`hours`', 'phần “Giờ trực”')
}

/** Which field of the form a finding is about; null: none of them. */
export function provinceField(text: string, { line }: Pick<Problem, 'line'>): string | null {
  const { isOn } = yamlLines(plainForm(text).plain)
  const value = provinceValues(text).values.find(({ key }) => isOn(['values', key], line))
  const day = weekdays.find(({ key }) => isOn(['hours', 'weekly', key], line))
  return value !== undefined ? `v-${value.key}` : day !== undefined ? `h-${day.key}` : isOn(['hours', 'holidays'], line) ? 'nghi' : null
}

/** What a value is called for people who fill it in. */
export const titleOfValue = (key: string): string => valueTitles[key] ?? key

/** The file with what the form says. `refused`: why that cannot be written without touching something else. */
export function withProvince(text: string, wanted: ProvinceValues): { text: string } | { refused: string } {
  const { plain, restore } = plainForm(text)
  try {
    return { text: restore(written(plain, provinceValues(text), wanted)) }
  } catch (error) {
    if (error instanceof EditRefused) return { refused: error.message }
    throw error
  }
}

function written(source: string, now: ProvinceValues, wanted: ProvinceValues): string {
  let yaml = source
  if (wanted.isSample !== now.isSample) yaml = setText(yaml, ['sample'], String(wanted.isSample))
  for (const { key, value } of wanted.values) {
    const before = now.values.find((one) => one.key === key)
    if (before === undefined || before.value !== value) yaml = setText(yaml, ['values', key], value)
  }
  for (const { key } of weekdays) {
    const shifts = listed(wanted.weekly[key] ?? '')
    if (shifts.join() !== listed(now.weekly[key] ?? '').join()) yaml = withShifts(yaml, key, shifts)
  }
  const days = listed(wanted.holidays)
  if (days.join() === listed(now.holidays).join()) return yaml
  if (find(parsed(yaml), ['hours', 'holidays']) === null) return days.length === 0 ? yaml : addKey(yaml, ['hours', 'holidays'], { words: days })
  return withList(yaml, ['hours', 'holidays'], days)
}

function withShifts(yaml: string, day: string, shifts: readonly string[]): string {
  const path = ['hours', 'weekly', day]
  if (find(parsed(yaml), path) === null) return shifts.length === 0 ? yaml : addKey(yaml, path, { words: shifts })
  return shifts.length === 0 ? remove(yaml, path) : withList(yaml, path, shifts)
}

/** The last one gone, the list stands empty. */
function withList(yaml: string, path: readonly string[], items: readonly string[]): string {
  if (items.length > 0) return setWords(yaml, path, items)
  const { node } = find(parsed(yaml), path)!
  if (node?.range == null) throw new EditRefused('danh sách này viết khác thường')
  return `${yaml.slice(0, node.range[0])}[]${yaml.slice(node.range[1])}`
}

/** Of one line or several, separated by commas too. */
const listed = (text: string): string[] => text.split(/[,;\n]/).map((part) => part.trim().replace(/\s*[-–]\s*(?=\d\d?:)/, '-').replace(/(^|-)(\d:\d\d)/g, '$10$2')).filter((part) => part !== '')
