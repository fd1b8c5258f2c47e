import { html } from 'hono/html'
import type { Campaign } from '../campaign/campaign.ts'
import { isoDay } from '../content/sheets/table.ts'
import { showDay } from '../core/time.ts'
import type { Path } from '../core/yaml.ts'
import { textArea, textField, type Html } from './components.ts'
import { codeOf, typed, typedLines, typedList } from './campaign-keep.ts'
import type { Asked } from './guard.ts'

/** Name, purpose and time of a campaign, as fields of a form. */
export type HeadValues = Readonly<Record<(typeof headFieldNames)[number], string>>

export const headFieldNames = ['ten', 'ma-dot', 'muc-dich', 'tu', 'den', 'chu-de', 'khau-hieu', 'ngay-trong-diem'] as const

export const headValues = (asked: Asked): HeadValues => Object.fromEntries(headFieldNames.map((name) => [name, typed(asked, name)])) as HeadValues

export const headValuesOf = ({ id, name, purpose, period, theme, slogans, keyDays }: Campaign): HeadValues => ({
  ten: name, 'ma-dot': id, 'muc-dich': purpose, tu: period.from, den: period.to, 'chu-de': theme ?? '', 'khau-hieu': slogans.join('\n'), 'ngay-trong-diem': keyDays.map(showDay).join(', '),
})

/** As typed; whether it is in order is for the same reader as of files. */
export const headOf = (asked: Asked): Pick<Campaign, 'id' | 'name' | 'purpose' | 'period' | 'theme' | 'slogans' | 'keyDays'> => ({
  id: typed(asked, 'ma-dot') || codeOf(typed(asked, 'ten'), 40), name: typed(asked, 'ten'), purpose: typed(asked, 'muc-dich'), period: { from: typed(asked, 'tu'), to: typed(asked, 'den') },
  theme: typed(asked, 'chu-de') || null, slogans: typedLines(asked, 'khau-hieu'), keyDays: typedList(asked, 'ngay-trong-diem').map(isoDay),
})

type HeadField = (typeof headFieldNames)[number]

export const headLabels: Readonly<Record<HeadField, string>> = {
  ten: 'Tên đợt', 'ma-dot': 'Mã đợt', 'muc-dich': 'Mục đích', tu: 'Từ ngày', den: 'Đến ngày', 'chu-de': 'Chủ đề của năm', 'khau-hieu': 'Khẩu hiệu, mỗi dòng một câu', 'ngay-trong-diem': 'Ngày trọng điểm',
}

/** The field that a finding about this place of a campaign belongs to; empty: none. */
export function headFieldOf([first, second]: Path): HeadField | '' {
  const own: Readonly<Record<string, HeadField>> = { id: 'ma-dot', name: 'ten', purpose: 'muc-dich', theme: 'chu-de', slogans: 'khau-hieu', key_days: 'ngay-trong-diem' }
  return first === 'period' ? (second === 'to' ? 'den' : 'tu') : own[String(first)] ?? ''
}

/** `isNew`: the id may still be chosen. */
export function headFields(values: Partial<HeadValues>, isNew: boolean, errors: Readonly<Record<string, string>>): Html {
  const field = (name: HeadField, hint?: string) => ({ name, label: headLabels[name], ...(hint !== undefined && { hint }), value: values[name] ?? '', error: errors[name] ?? null })
  const more = (['chu-de', 'khau-hieu', 'ngay-trong-diem'] as const).some((name) => errors[name] !== undefined)
  return html`${textField({ ...field('ten', 'Ví dụ: Hưởng ứng Ngày Chuyển đổi số quốc gia 10/10'), required: true })}
${isNew ? textField(field('ma-dot', 'Để trống thì tự đặt theo tên. Chữ thường không dấu, số, gạch ngang.')) : ''}
${textField({ ...field('muc-dich'), required: true })}
<div class="pair">${textField({ ...field('tu'), kind: 'date', required: true })}${textField({ ...field('den'), kind: 'date', required: true })}</div>
<details${more ? html` open` : ''}><summary>Chủ đề, khẩu hiệu, ngày trọng điểm</summary>
${textField(field('chu-de', 'Chưa công bố thì để trống.'))}
${textArea({ ...field('khau-hieu'), longest: 4_000, required: false })}
${textField(field('ngay-trong-diem', 'Hạn mức bài viết Zalo để dành cho những ngày này trước. Ví dụ: 01/10/2026, 10/10/2026'))}</details>`
}
