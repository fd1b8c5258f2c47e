import { html } from 'hono/html'
import { formatProblems } from '../../content.ts'
import { isError, type Problem } from '../../core/problem.ts'
import { vietnamDay, type Clock } from '../../core/time.ts'
import { card, notice, type Html } from '../components.ts'
import type { Asked, Guard } from '../guard.ts'
import type { Finding } from '../../content/sheets/table.ts'
import { tooMany, type ContentDesk } from './desk.ts'
import { draftPath, refusalNotice, section } from './parts.ts'
import { sheetsPage } from './edit-pages.ts'
import { nothing } from './common.ts'

/** Sheets out and in: what comes in becomes a draft like any other. */
export function sheetRoutes(guard: Guard, { desk, now }: { desk: ContentDesk; now: Clock }): void {
  guard.on('GET /noi-dung/bang', async (asked) => {
    // Whoever opens this page takes the workbook next: it is made meanwhile.
    readyToTake().catch(() => undefined)
    return showPage(asked, '', '')
  })

  guard.on('GET /noi-dung/bang/tai-ve', async (asked) => {
    const ready = await readyToTake()
    if ('errors' in ready) return showPage(asked, refusalNotice(['Nội dung đang có lỗi, sửa xong mới tải bảng được:', ...formatProblems(ready.errors)]), '', 422)
    return asked.c.body(new Uint8Array(ready.bytes).buffer, 200, {
      'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'content-disposition': `attachment; filename="noi-dung-${vietnamDay(now())}.xlsx"`,
    })
  })

  guard.on('POST /noi-dung/bang', async (asked) => {
    if (!desk.isWritable) return nothing(asked)
    const file = (await asked.c.req.parseBody())['tep']
    if (!(file instanceof File) || file.size === 0) return showPage(asked, notice('Chưa chọn tệp.', 'bad', true), '', 422)
    const plan = await desk.planSheets(file.name, new Uint8Array(await file.arrayBuffer()))
    if ('refused' in plan) return showPage(asked, refusalNotice([plan.refused]), '', 422)
    const wrong = plan.findings.filter(({ kind }) => kind === 'error')
    if (wrong.length > 0) return showPage(asked, notice('Bảng có lỗi nên chưa nhận gì. Sửa trong bảng rồi tải lên lại.', 'bad', true), findingsCard(plan.findings), 422)
    if (plan.changes.length === 0) return showPage(asked, notice('Bảng không thay đổi gì so với nội dung đang có.', 'warn', true), findingsCard(plan.findings))
    const conflicts = plan.findings.filter(({ kind }) => kind === 'conflict')
    const note = conflicts.length === 0 ? '' : `${conflicts.length} dòng xung đột trong bảng không được nhận`
    const id = await desk.begin(asked.viewer.account, { title: `Bảng tính: ${plan.changes.length} tệp thay đổi`, kind: 'sheets', note, changes: plan.changes })
    if (id === null) return showPage(asked, refusalNotice([tooMany]), '', 422)
    if (conflicts.length === 0) return asked.c.redirect(`${draftPath(id)}?da=luu`, 303)
    return showPage(asked, notice(html`Đã lưu <a href="${draftPath(id)}">bản nháp với ${plan.changes.length} tệp thay đổi</a>. Các dòng xung đột ở dưới không được nhận.`, 'warn', true), findingsCard(plan.findings))
  })

  async function readyToTake(): Promise<{ bytes: Uint8Array } | { errors: Problem[] }> {
    const errors = (await desk.check(await desk.files(), [])).problems.filter(isError)
    return errors.length > 0 ? { errors } : { bytes: await desk.workbook() }
  }

  const showPage = (asked: Asked, told: Html | '', findings: Html | '', status: 200 | 422 = 200): Promise<Response> =>
    asked.show({ title: 'Sửa bằng bảng tính', section, again: null }, sheetsPage({ told, findings, token: asked.viewer.token }), status)
}

const kinds: Readonly<Record<Finding['kind'], { title: string; tone: 'bad' | 'warn' | 'plain' }>> = {
  error: { title: 'Lỗi', tone: 'bad' }, conflict: { title: 'Xung đột, không nhận dòng này', tone: 'warn' }, absent: { title: 'Vắng trong bảng', tone: 'plain' }, note: { title: 'Lưu ý', tone: 'plain' },
}
const mostShown = 60

const findingsCard = (findings: readonly Finding[]): Html | '' => findings.length === 0 ? '' : card('Trong bảng tính', html`${(['error', 'conflict', 'note', 'absent'] as const).flatMap((kind) => findings.filter((finding) => finding.kind === kind)).slice(0, mostShown).map(({ kind, where, what, todo }) =>
  notice(html`<bdi>${kinds[kind].title}: ${where}: ${what}. Cách sửa: ${todo}.</bdi>`, kinds[kind].tone))}`)
