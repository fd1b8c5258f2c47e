import { html } from 'hono/html'
import type { Campaign } from '../campaign/campaign.ts'
import { textArea, textField, type Html } from './components.ts'
import { codeOf, typed, typedLines, typedList } from './campaign-keep.ts'
import type { Asked } from './guard.ts'

/** Name, purpose and time of a campaign, as fields of a form. */
export type HeadValues = Readonly<Record<(typeof headFieldNames)[number], string>>

export const headFieldNames = ['ten', 'ma-dot', 'muc-dich', 'tu', 'den', 'chu-de', 'khau-hieu', 'ngay-trong-diem'] as const

export const headValues = (asked: Asked): HeadValues => Object.fromEntries(headFieldNames.map((name) => [name, typed(asked, name)])) as HeadValues

export const headValuesOf = ({ id, name, purpose, period, theme, slogans, keyDays }: Campaign): HeadValues => ({
  ten: name, 'ma-dot': id, 'muc-dich': purpose, tu: period.from, den: period.to, 'chu-de': theme ?? '', 'khau-hieu': slogans.join('\n'), 'ngay-trong-diem': keyDays.join(', '),
})

/** As typed; whether it is in order is for the same reader as of files. */
export const headOf = (asked: Asked): Pick<Campaign, 'id' | 'name' | 'purpose' | 'period' | 'theme' | 'slogans' | 'keyDays'> => ({
  id: typed(asked, 'ma-dot') || codeOf(typed(asked, 'ten'), 40), name: typed(asked, 'ten'), purpose: typed(asked, 'muc-dich'), period: { from: typed(asked, 'tu'), to: typed(asked, 'den') },
  theme: typed(asked, 'chu-de') || null, slogans: typedLines(asked, 'khau-hieu'), keyDays: typedList(asked, 'ngay-trong-diem'),
})

/** `isNew`: the id may still be chosen. */
export function headFields(values: Partial<HeadValues>, isNew: boolean): Html {
  const value = (name: keyof HeadValues): string => values[name] ?? ''
  return html`${textField({ name: 'ten', label: 'Tên đợt', hint: 'Ví dụ: Hưởng ứng Ngày Chuyển đổi số quốc gia 10/10', value: value('ten'), required: true })}
${isNew ? textField({ name: 'ma-dot', label: 'Mã đợt', hint: 'Để trống thì tự đặt theo tên. Chữ thường không dấu, số, gạch ngang.', value: value('ma-dot') }) : ''}
${textField({ name: 'muc-dich', label: 'Mục đích', value: value('muc-dich'), required: true })}
<div class="pair">${textField({ name: 'tu', label: 'Từ ngày', kind: 'date', value: value('tu'), required: true })}${textField({ name: 'den', label: 'Đến ngày', kind: 'date', value: value('den'), required: true })}</div>
<details><summary>Chủ đề, khẩu hiệu, ngày trọng điểm</summary>
${textField({ name: 'chu-de', label: 'Chủ đề của năm', hint: 'Chưa công bố thì để trống.', value: value('chu-de') })}
${textArea({ name: 'khau-hieu', label: 'Khẩu hiệu, mỗi dòng một câu', longest: 4_000, value: value('khau-hieu'), required: false })}
${textField({ name: 'ngay-trong-diem', label: 'Ngày trọng điểm', hint: 'Hạn mức bài viết Zalo để dành cho những ngày này trước. Ví dụ: 2026-10-10', value: value('ngay-trong-diem') })}</details>`
}
