import * as z from 'zod'
import { dayText, keys, readYaml, type Locate } from '../core/yaml.ts'
import type { Problem } from '../core/problem.ts'
import type { TextFile } from './files.ts'
import type { DutyHours, Province } from './types.ts'

const weekdays: Readonly<Record<string, number>> = { CN: 0, T2: 1, T3: 2, T4: 3, T5: 4, T6: 5, T7: 6 }
const weekday = z.string().regex(/^(T[2-7]|CN)$/, 'không có thứ này trong tuần → dùng T2, T3, T4, T5, T6, T7, CN')

const range = z.string().trim()
  .regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'giờ trực viết sai dạng → viết giờ đầu, gạch ngang, giờ cuối trong dấu nháy, ví dụ "07:30-11:30"')
  .transform((text) => ({ from: minuteOf(text.slice(0, 5)), to: minuteOf(text.slice(6)) }))
  .refine(({ from, to }) => from < to, 'giờ bắt đầu phải sớm hơn giờ kết thúc → sửa lại, ca qua đêm thì tách làm hai')

export const provinceSchema = keys({
  sample: z.enum(['true', 'false'], 'sample chỉ nhận true hoặc false → ghi sample: true khi còn là mẫu, sample: false khi đã điền xong').optional().describe('true khi các giá trị còn là mẫu.'),
  values: z.record(z.string().regex(/^[a-z][a-z0-9_]*$/, 'tên khóa viết sai → dùng chữ thường không dấu, số, gạch dưới'), z.string().trim())
    .describe('Điều riêng của tỉnh, hiện ở chỗ {{province.KHÓA}}.'),
  hours: keys({
    weekly: z.record(weekday, z.array(range)).describe('T2 đến T7, CN; mỗi ca viết "07:30-11:30".'),
    holidays: z.array(dayText).optional().describe('Ngày nghỉ, dạng 2027-02-06.'),
  }).describe('Giờ người trực trả lời.'),
}).describe('Những thông tin riêng của tỉnh.')

/** Whether a value is a stand-in that nobody should call, open or believe: "1022 (SỐ MẪU)", `tinhmau.example`. */
export const isSample = (value: string): boolean => /MẪU|\.example(?![\p{L}\p{N}-])/u.test(value.normalize('NFC'))

/** `province.yaml`. `sample`: nobody has filled it in for this province yet. */
export interface ProvinceFile { province: Province; sample: boolean; locate: Locate }

export function parseProvince({ file, text }: TextFile): { read: ProvinceFile | null; problems: Problem[] } {
  const { value, problems, locate } = readYaml(file, text, provinceSchema)
  if (value === null) return { read: null, problems }
  const weekly: DutyHours['weekly'] = Object.fromEntries(Object.entries(value.hours.weekly).map(([name, ranges]) => [weekdays[name]!, ranges]))
  const province: Province = { values: value.values, hours: { weekly, holidays: value.hours.holidays ?? [] } }
  return { read: { province, sample: value.sample === 'true', locate }, problems }
}

function minuteOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))
}
