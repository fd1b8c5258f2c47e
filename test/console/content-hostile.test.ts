import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDraftBook, type Draft } from '../../src/console/content/drafts.ts'
import { createVersions } from '../../src/console/content/versions.ts'
import { brokenOut, hostileTexts, unseen } from '../support/hostile.ts'
import { article, formAt, openWritingDesk, type WritingDesk } from './content-support.ts'
import { officers, signedIn, type Visitor } from './support.ts'

/** Wherever somebody may write about the content: files, drafts, versions, forms, sheets, citizens' questions. */
const whole = hostileTexts.map(({ text }) => text).join(' ').toWellFormed()
/** What a YAML text can hold. */
const inYaml = JSON.stringify(whole.replace(/[\u0000-\u001f\u007f-\u009f\ufffd-\uffff\u2028\u2029]/g, ' ').replaceAll('{{province.hotline}}', ''))

let desk: WritingDesk
let editor: Visitor
let approver: Visitor
const id = 'nhap-doc-hai'
beforeAll(async () => {
  desk = await openWritingDesk()
  ;[editor, approver] = [await signedIn(desk, officers.editor), await signedIn(desk, officers.approver)]
  const before = await desk.read(article)
  await desk.write(article, before.replace('title: Quên mật khẩu VNeID', `title: ${inYaml}`).replace('owner: Phòng Chuyển đổi số', `owner: ${inYaml}`).replace('  - Quên pass định danh', `  - ${inYaml}`).replace('1. Mở ứng dụng VNeID.', `1. ${JSON.parse(inYaml)}`))
  await desk.reload()
  const file = { root: 'content', name: 'articles/vneid/dvc-forgot-password.md', file: article } as const
  // As if somebody had written it past our own checks.
  const draft: Draft = {
    id, title: whole, kind: 'edit', authors: [whole], status: 'submitted', createdAt: desk.world.now, changedAt: desk.world.now, note: whole, returned: { by: whole, why: whole, at: desk.world.now },
    changes: [{ file: { ...file, file: whole }, before: whole, after: `${whole}\n${before}` }, { file: { root: 'content', name: 'province.yaml', file: whole }, before: null, after: whole }],
  }
  await createDraftBook(desk.world.store).add(draft)
  for (const text of [whole, before]) await createVersions(desk.world.store).note(article, { at: desk.world.now, text, by: whole, publishedBy: whole, why: whole })
  await desk.world.hears('an', `trồng lúa ${hostileTexts.slice(0, 6).map(({ text }) => text).join(' ')}`)
})
afterAll(() => desk.close())

function checked(page: string): void {
  expect(page.match(brokenOut)?.[0]).toBeUndefined()
  expect(page.replaceAll('\n', '').match(unseen)?.[0]?.codePointAt(0)).toBeUndefined()
}
const query = encodeURIComponent(whole)

describe('hostile texts break out of no page of the content', () => {
  it.each([
    '/quan-tri', '/quan-tri/noi-dung', `/quan-tri/noi-dung?tim=${query}&chu=${query}&nhom=${query}&tt=${query}&phan=${query}&tu=${query}`, '/quan-tri/noi-dung/muc/dvc-forgot-password', '/quan-tri/noi-dung/kich-ban/main',
    `/quan-tri/noi-dung/muc/${query}`, `/quan-tri/noi-dung/tep?tep=${encodeURIComponent(article)}`, `/quan-tri/noi-dung/tep?tep=${query}`, `/quan-tri/noi-dung/nhap/${id}`, `/quan-tri/noi-dung/nhap/${query}`,
    '/quan-tri/noi-dung/cau-hoi', `/quan-tri/noi-dung/cau-hoi?loai=${query}&nhap=${query}`,
  ])('%#', async (path) => {
    const answer = await approver.get(path)
    expect(answer.status).toBe(new RegExp(`(muc|nhap)/${query.slice(0, 9)}|tep=${query.slice(0, 9)}`).test(path) ? 404 : 200)
    checked(await answer.text())
  })

  it.each([`?tep=${encodeURIComponent(article)}`, `?tep=${encodeURIComponent(article)}&dang=tep`, `?tep=${encodeURIComponent(article)}&nhap=${id}`, `?tep=${query}&nhap=${query}`, '?tep=flows%2Fmain.yaml', '?tep=content%2Fprovince.yaml', '?tep=content%2Freplies.yaml'])('forms: %#', async (path) => checked(await editor.text(`/quan-tri/noi-dung/sua${path}`)))

  it('what is typed into a form is shown again, whatever it is', async () => {
    for (const at of [article, 'flows/main.yaml', 'content/province.yaml']) {
      const form = formAt(await editor.text(`/quan-tri/noi-dung/sua?tep=${encodeURIComponent(at)}`), '/quan-tri/noi-dung/sua')
      const typed = Object.fromEntries(Object.entries(form).map(([name, value]) => [name, ['ma', 'tep', 'goc', 'nhap', 'ban'].includes(name) ? value : whole]))
      for (const viec of ['kiem-tra', 'luu']) checked(await (await editor.send('/quan-tri/noi-dung/sua', { ...typed, viec })).text())
    }
    const form = formAt(await editor.text('/quan-tri/noi-dung/moi'), '/quan-tri/noi-dung/moi')
    checked(await (await editor.send('/quan-tri/noi-dung/moi', { ...Object.fromEntries(Object.keys(form).map((name) => [name, whole])), ma: form['ma']!, viec: 'kiem-tra' })).text())
    for (const step of ['trinh', 'bo', 'ghep']) checked(await (await editor.post(`/quan-tri/noi-dung/nhap/${id}/${step}`, { loi: whole, ban: whole })).text())
    for (const step of ['dang', 'tra-lai']) checked(await (await approver.post(`/quan-tri/noi-dung/nhap/${id}/${step}`, { 'ly-do': whole, ban: '1' })).text())
    checked(await (await approver.post('/quan-tri/noi-dung/tep', { tep: article, ban: '1', 'ly-do': whole })).text())
    checked(await (await editor.post('/quan-tri/noi-dung/cau-hoi', { cau: '1', muc: whole, 'cach-hoi': whole, loai: whole, tu: whole })).text())
  })

  it('a workbook with hostile cells is told without breaking out', async () => {
    const form = new FormData()
    form.set('ma', formAt(await editor.text('/quan-tri/noi-dung/bang'), '/quan-tri/noi-dung/bang')['ma']!)
    form.set('tep', new File([`Mã mục,Tiêu đề mục,STT,Câu hỏi,Bỏ (ghi x),Dấu (đừng sửa)\n"${whole.replaceAll('"', '""')}",x,1,"${whole.replaceAll('"', '""')}",,\n`], 'cau-hoi.csv'))
    const answer = await desk.app.request('/quan-tri/noi-dung/bang', { method: 'POST', body: form, headers: { cookie: editor.cookie! } })
    const page = await answer.text()
    expect(page).toContain('Lỗi: ')
    checked(page)
  })
})
