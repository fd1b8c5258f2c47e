import { html } from 'hono/html'
import {
  activityKey, activityLimits, fieldTitles, summarise, taskNames, taskTable, type Activity, type ActivityCount, type ActivityErrors, type ActivityField, type UnitActivities,
} from '../campaign/activities.ts'
import { tellFault, type SheetFault } from '../campaign/activity-sheet.ts'
import { byName } from '../core/text.ts'
import { showDay } from '../core/time.ts'
import { button, card, fileField, figures, form, hidden, selectField, table, tag, textArea, textField, unseen, type Html } from './components.ts'
import { tellPeriod } from './campaign-words.ts'
import { registerPath, reportPath, unitFilePath, unitsPath } from './paths.ts'
import { figure } from './show.ts'

/** `Việc các đơn vị`: what other units do for a campaign, who has not told yet. */

export interface CampaignHead { id: string; name: string; period: { from: string; to: string } }

export interface RegisterListView { campaigns: readonly (CampaignHead & ActivityCount & { silent: number })[]; expected: readonly string[]; mayWrite: boolean; token: string; notice: Html | ''; error: string | null }

export function registerListPage({ campaigns, expected, mayWrite, token, notice: told, error }: RegisterListView): Html {
  return html`<h1>Việc các đơn vị</h1>
${told}
<p class="soft">Kết quả do sở, ngành, xã, phường tự báo: pa nô, loa truyền thanh, tập huấn, ra quân… Số ở đây vào báo cáo với ghi chú “đơn vị báo”, không cộng với số máy đếm.</p>
${card('Theo đợt', campaigns.length === 0 ? html`<p class="soft">Chưa có đợt tuyên truyền nào.</p>` : table('Mỗi đợt một sổ', ['Đợt', 'Việc', 'Đã xong', 'Quá hạn', 'Đơn vị chưa báo', 'Sổ'], campaigns.map(({ id, name, period, planned, done, overdue, silent }) => [
    html`<strong><bdi>${name}</bdi></strong><br><span class="soft small">${tellPeriod(period)}</span>`, figure(planned), figure(done), overdue === 0 ? '0' : tag(figure(overdue), 'bad'), silent === 0 ? '0' : tag(figure(silent), 'warn'),
    html`<a class="button" href="${registerPath}/${id}">Mở${unseen(` sổ ${name}`)}</a>`,
  ])))}
${card(`Đơn vị phải báo cáo (${expected.length})`, html`${mayWrite ? form(unitsPath, token, html`${textArea({
    name: 'don-vi', label: 'Mỗi đơn vị một dòng', longest: activityLimits.units * (activityLimits.unit + 1), required: false, value: expected.join('\n'), error, hint: 'Dùng chung cho mọi đợt. Đơn vị trong danh sách mà chưa báo việc nào sẽ hiện ở “chưa báo”.',
  })}${button('Lưu danh sách')}`, true) : expected.length === 0 ? html`<p class="soft">Chưa có danh sách.</p>` : html`<ul>${expected.map((unit) => html`<li><bdi>${unit}</bdi></li>`)}</ul>`}`, 'danh-sach')}`
}

export interface Draft { values: Readonly<Record<ActivityField, string>>; errors: ActivityErrors }

export interface RegisterView {
  campaign: CampaignHead
  units: readonly UnitActivities[]
  expected: readonly string[]
  today: string
  mayWrite: boolean
  token: string
  notice: Html | ''
  /** What stands in the form: an activity to be changed, or what was typed and not taken. */
  draft: Draft
  /** What is wrong in the file that was sent; empty where none was. */
  faults: readonly SheetFault[]
  province: Readonly<Record<string, string>>
}

/** A file full of mistakes is mended from the first ones on. */
const mostFaults = 50

export function registerPage(view: RegisterView): Html {
  const { campaign: { id, name, period }, units, expected, today, mayWrite, notice: told } = view
  const { total, byTask, silent } = summarise(units, expected, today)
  return html`<p><a href="${registerPath}">← Mọi đợt</a></p>
<h1>Việc các đơn vị: <bdi>${name}</bdi></h1>
${told}
<p class="soft">${tellPeriod(period)} · số do đơn vị báo · <a href="${reportPath}?loai=dot&amp;dot=${id}">Làm báo cáo của đợt này</a></p>
${card('Đến nay', html`${figures([
    { count: figure(total.units), of: 'đơn vị có việc' }, { count: figure(total.planned), of: 'việc' }, { count: figure(total.done), of: 'việc đã xong' }, { count: figure(total.overdue), of: 'việc quá hạn' }, { count: figure(silent.length), of: 'đơn vị chưa báo' },
  ])}${byTask.length === 0 ? '' : table('Theo việc, chỉ tính số lượng của việc đã xong', ['Việc', 'Đã xong / tất cả', 'Đơn vị đã làm', 'Số lượng'], byTask.map(({ task, done, planned, units: doing, quantity }) =>
    [taskTable[task].title, `${figure(done)} / ${figure(planned)}`, figure(doing), `${figure(quantity)} ${taskTable[task].measure}`]))}`)}
${mayWrite ? html`<div class="grid">${filePart(view)}${handPart(view)}</div>` : ''}
${silent.length === 0 ? '' : silentPart(view, silent)}
${card(`Sổ của đợt (${figure(total.planned)} việc)`, units.length === 0 ? html`<p class="soft">Chưa có việc nào.</p>` : units.map((unit) => unitPart(unit, view)), 'so')}`
}

function filePart({ campaign: { id }, expected, units, token, faults }: RegisterView): Html {
  const names = [...new Map([...expected, ...units.map(({ unit }) => unit)].map((unit) => [unit.toLowerCase(), unit])).values()].sort(byName)
  return card('Nhận từ tệp của đơn vị', html`${faults.length === 0 ? '' : html`<div class="notice bad" role="alert"><p><strong>Chưa nhận gì từ tệp này. Sửa rồi gửi lại:</strong></p><ul>${faults.slice(0, mostFaults).map((fault) => html`<li><bdi>${tellFault(fault)}</bdi></li>`)}</ul>${faults.length > mostFaults ? html`<p>… và ${faults.length - mostFaults} lỗi nữa.</p>` : ''}</div>`}
${form(unitFilePath, token, html`${hidden('dot', id)}${fileField({ name: 'tep', label: 'Tệp .xlsx của một đơn vị', accept: '.xlsx', hint: 'Gửi lại nhiều lần được: việc đã có được cập nhật, không tính hai lần.' })}${button('Nhận tệp', '')}`, true)}
<form method="get" action="${registerPath}/${id}/mau.xlsx">${names.length === 0 ? textField({ name: 'don-vi', label: 'Tải mẫu cho đơn vị', hint: 'Ghi tên đơn vị.' }) : selectField({ name: 'don-vi', label: 'Tải mẫu cho đơn vị', hint: 'Mẫu có sẵn tên và việc đã ghi của đơn vị.', options: names.map((unit) => ({ value: unit, title: unit })) })}${button('Tải mẫu (.xlsx)', 'quiet')}</form>`, 'tep-don-vi')
}

export const everyUnit = '*'

function handPart({ campaign: { id }, expected, token, draft: { values, errors } }: RegisterView): Html {
  const field = (name: ActivityField) => ({ name, label: fieldTitles[name], value: values[name], error: errors[name] ?? null })
  return card('Ghi tay', form(`${registerPath}/${id}`, token, html`${textField({ ...field('unit'), required: true, hint: expected.length === 0 ? 'Tên đơn vị.' : `Tên đơn vị; ghi “${everyUnit}” để giao việc này cho cả ${expected.length} đơn vị trong danh sách.` })}
${selectField({ ...field('task'), options: taskNames.map((task) => ({ value: task, title: `${taskTable[task].title} (${taskTable[task].measure})` })) })}
${textField({ ...field('what'), hint: 'Vài chữ, ví dụ: tại chợ trung tâm. Không ghi tên, số điện thoại của người dân.' })}
<div class="span-form">${textField({ ...field('due'), kind: 'date' })}${textField({ ...field('done'), kind: 'date' })}${textField({ ...field('quantity') })}</div>
${textField({ ...field('evidence'), hint: 'https://… tới bài, ảnh, văn bản.' })}
${button('Ghi vào sổ')}`), 'ghi-tay')
}

/** Words to be copied into an official letter or a group chat. */
function silentPart({ campaign: { name }, province }: RegisterView, silent: readonly string[]): Html {
  const text = `Kính gửi các đơn vị: ${silent.join('; ')}.\n\nĐến nay ${province['office'] ?? 'cơ quan thường trực'} chưa nhận được kết quả thực hiện “${name}” của đơn vị. Đề nghị đơn vị điền việc đã làm vào mẫu đã gửi và gửi lại trước ngày …/…/……, kể cả khi chưa có việc nào hoàn thành, để tổng hợp báo cáo.\n\nTrân trọng cảm ơn.`
  return card(`Chưa báo (${silent.length})`, html`<ul>${silent.map((unit) => html`<li><bdi>${unit}</bdi></li>`)}</ul>
<div class="field"><label for="loi-nhac">Lời nhắc để sao chép</label><textarea id="loi-nhac" readonly>
${text}</textarea></div>`, 'chua-bao')
}

function unitPart({ unit, activities }: UnitActivities, { campaign: { id }, today, mayWrite, token }: RegisterView): Html {
  const done = activities.filter((each) => each.done !== null).length
  return html`<details><summary><bdi>${unit}</bdi>: ${done}/${activities.length} việc đã xong</summary>
${table(`Việc của ${unit}`, ['Việc', 'Hạn', 'Xong', 'Số lượng', 'Minh chứng', ...(mayWrite ? ['Sửa'] : [])], activities.map((activity) => [
    html`${taskTable[activity.task].title}${activity.what === '' ? '' : html`<br><span class="soft small"><bdi>${activity.what}</bdi></span>`}`,
    activity.due === null ? '–' : showDay(activity.due), activity.done === null ? (activity.due !== null && activity.due < today ? tag('quá hạn', 'bad') : 'chưa') : showDay(activity.done),
    activity.quantity === null ? '–' : `${figure(activity.quantity)} ${taskTable[activity.task].measure}`,
    activity.evidence === '' ? '–' : html`<a href="${activity.evidence}" target="_blank" rel="noreferrer noopener">Mở${unseen(` minh chứng: ${taskTable[activity.task].title} ${activity.what}`)}</a>`,
    ...(mayWrite ? [changePart(id, unit, activity, token)] : []),
  ]))}</details>`
}

function changePart(id: string, unit: string, activity: Activity, token: string): Html {
  const of = unseen(`: ${taskTable[activity.task].title} ${activity.what}, ${unit}`)
  const query = new URLSearchParams({ sua: activityKey(activity), cua: unit }).toString()
  return html`<div class="row"><a class="button quiet" href="${registerPath}/${id}?${query}#ghi-tay">Sửa${of}</a>${form(`${registerPath}/${id}/bo`, token, html`${hidden('cua', unit)}${hidden('viec-nao', activityKey(activity))}${button(html`Bỏ${of}`, 'danger')}`)}</div>`
}
