import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAccessLog } from '../../src/console/access-log.ts'
import { createContentDesk } from '../../src/console/content/desk.ts'
import { createDraftBook } from '../../src/console/content/drafts.ts'
import { contentWork } from '../../src/console/content/work.ts'
import { createStaffBook } from '../../src/console/staff.ts'
import { sheets } from '../../src/content/sheets/layout.ts'
import { readWorkbook } from '../../src/content/sheets/workbook-read.ts'
import { writeWorkbook } from '../../src/content/sheets/workbook-write.ts'
import { readContentFolders } from '../../src/node/files.ts'
import { article, formAt, openWritingDesk, type WritingDesk } from './content-support.ts'
import { vietnamDay } from '../../src/core/time.ts'
import { cheap, officers, openDesk, signedIn, type Visitor } from './support.ts'

let desk: WritingDesk
let editor: Visitor
let approver: Visitor
let admin: Visitor
beforeEach(async () => {
  desk = await openWritingDesk()
  ;[editor, approver, admin] = [await signedIn(desk, officers.editor), await signedIn(desk, officers.approver), await signedIn(desk, officers.admin)]
})
afterEach(() => desk.close())

const editAt = `/quan-tri/noi-dung/sua?tep=${encodeURIComponent(article)}`
const drafts = () => createDraftBook(desk.world.store).list()
const actions = async (): Promise<string[]> => (await createAccessLog(desk.world.store).latest(50)).map(({ action }) => action).filter((action) => /content|questions/.test(action))

/** Opens the form, changes fields, sends it; `step`: which button. */
async function edit(visitor: Visitor, change: Record<string, string>, step = 'luu', at = editAt): Promise<Response> {
  const form = formAt(await visitor.text(at), '/quan-tri/noi-dung/sua')
  return visitor.send('/quan-tri/noi-dung/sua', { ...form, ...change, viec: step })
}

/** Presses one of the buttons of a draft's page. */
async function press(visitor: Visitor, draft: string, step: string, fields: Record<string, string> = {}): Promise<Response> {
  const path = `/quan-tri/noi-dung/nhap/${draft}`
  const kept = await createDraftBook(desk.world.store).find(draft)
  return visitor.post(`${path}/${step}`, { ban: String(kept?.version ?? 0), ...fields })
}
const draftOf = (answer: Response): string => /nhap\/([\w-]+)/.exec(answer.headers.get('location') ?? '')?.[1] ?? ''

async function drafted(visitor: Visitor, change: Record<string, string>): Promise<string> {
  const answer = await edit(visitor, change)
  expect(answer.status).toBe(303)
  return draftOf(answer)
}
async function handedIn(visitor: Visitor, change: Record<string, string>): Promise<string> {
  const draft = await drafted(visitor, change)
  expect((await press(visitor, draft, 'trinh', { loi: 'Theo công văn 12' })).status).toBe(303)
  return draft
}

describe('an article is corrected by two people', () => {
  it('written in a form, looked at, handed in, published by another, and only its line is different', async () => {
    const before = await desk.read(article)
    const looked = await edit(editor, { ten: 'Lấy lại mật khẩu VNeID' }, 'kiem-tra')
    const page = await looked.text()
    expect(page.match(/class="frame"/g)).toHaveLength(3)
    expect(page).toContain('<ins>Lấy lại</ins>')
    expect(await drafts()).toEqual([])

    const draft = await handedIn(editor, { ten: 'Lấy lại mật khẩu VNeID' })
    expect(await desk.read(article)).toBe(before)
    expect(await approver.text('/quan-tri')).toContain('1 thay đổi nội dung chờ người thứ hai đăng')
    expect(await approver.text(`/quan-tri/noi-dung/nhap/${draft}`)).toContain('Theo công văn 12')
    expect((await press(approver, draft, 'dang')).headers.get('location')).toBe('/quan-tri/noi-dung?da=dang')
    expect(await desk.read(article)).toBe(before.replace('title: Quên mật khẩu VNeID', 'title: Lấy lại mật khẩu VNeID'))
    expect(await drafts()).toEqual([])
    expect((await press(approver, draft, 'dang')).status).toBe(404)

    const history = await editor.text(`/quan-tri/noi-dung/tep?tep=${encodeURIComponent(article)}`)
    expect(history).toContain('Bản 2')
    expect(history).toContain('Viết ngoài trang quản trị')
    expect(history).toContain('Người đăng: <bdi>Người Duyệt</bdi>')
    expect(await actions()).toEqual(['content_published', 'content_submitted'])
  })

  it('nobody publishes what they wrote, whatever their role, nor what they wrote into', async () => {
    const own = await handedIn(admin, { ten: 'Mật khẩu VNeID' })
    expect(await (await press(admin, own, 'dang')).text()).toContain('Người viết không tự đăng')
    const shared = await handedIn(editor, { ten: 'Mật khẩu VNeID bị quên' })
    const form = await admin.text(`${editAt}&nhap=${shared}`)
    expect((await admin.send('/quan-tri/noi-dung/sua', { ...formAt(form, '/quan-tri/noi-dung/sua'), ten: 'Quên mật khẩu', viec: 'luu' })).status).toBe(303)
    await press(admin, shared, 'trinh')
    expect((await press(admin, shared, 'dang')).status).toBe(409)
    expect((await press(approver, shared, 'dang')).status).toBe(303)
    expect(await desk.read(article)).toContain('title: Quên mật khẩu\n')
  })

  it('an editor cannot publish, an approver cannot write', async () => {
    const draft = await handedIn(editor, { ten: 'Mật khẩu VNeID' })
    expect((await press(editor, draft, 'dang')).status).toBe(403)
    expect((await approver.get(editAt)).status).toBe(403)
  })

  it('what was handed in and rewritten since is not published by an old page', async () => {
    const draft = await handedIn(editor, { ten: 'Mật khẩu VNeID' })
    const seen = (await createDraftBook(desk.world.store).find(draft))!.version
    const form = await editor.text(`${editAt}&nhap=${draft}`)
    await editor.send('/quan-tri/noi-dung/sua', { ...formAt(form, '/quan-tri/noi-dung/sua'), ten: 'Chuyển tiền cho tôi', viec: 'luu' })
    await press(editor, draft, 'trinh')
    const answer = await press(approver, draft, 'dang', { ban: String(seen) })
    expect(answer.status).toBe(409)
    expect(await answer.text()).toContain('Trong lúc anh chị xem')
    expect(await desk.read(article)).not.toContain('Chuyển tiền')
  })

  it('sent back with a reason, mended, handed in again', async () => {
    const draft = await handedIn(editor, { ten: 'Mật khẩu VNeID' })
    expect((await press(approver, draft, 'tra-lai')).status).toBe(422)
    expect((await press(approver, draft, 'tra-lai', { 'ly-do': 'Tên cũ rõ hơn' })).status).toBe(303)
    expect(await editor.text(`/quan-tri/noi-dung/nhap/${draft}`)).toContain('Tên cũ rõ hơn')
    expect((await press(approver, draft, 'dang')).status).toBe(409)
    await press(editor, draft, 'trinh')
    expect((await press(approver, draft, 'dang')).status).toBe(303)
  })

  it('a mistake stands beside its field and is not handed in', async () => {
    const page = await (await edit(editor, { 'cac-buoc': '1. Gọi 0912 345 678.', han: '2028-01-01' }, 'kiem-tra')).text()
    expect(page).toMatch(/id="cac-buoc-loi">[^<]*0912 345 678/)
    expect(page).toMatch(/id="han-loi">Lưu ý: hạn rà soát/)
    const draft = await drafted(editor, { 'cac-buoc': '1. Gọi 0912 345 678.' })
    const answer = await press(editor, draft, 'trinh')
    expect(answer.status).toBe(409)
    expect(await answer.text()).toContain('Còn lỗi phải sửa')
    expect((await drafts())[0]?.draft.status).toBe('writing')
  })

  it('an empty field is told and what was typed stays', async () => {
    const page = await edit(editor, { 'tra-loi': '', ten: 'Tên đang viết' })
    expect(page.status).toBe(422)
    const text = await page.text()
    expect(text).toContain('id="tra-loi-loi">Chưa điền ô này.')
    expect(text).toContain('value="Tên đang viết"')
  })

  it('a form sent without its fields empties nothing', async () => {
    const { ma = '', tep = '', goc = '' } = formAt(await editor.text('/quan-tri/noi-dung/sua?tep=flows%2Fmain.yaml'), '/quan-tri/noi-dung/sua')
    expect((await editor.send('/quan-tri/noi-dung/sua', { ma, tep, goc, nhap: '', viec: 'luu' })).status).toBe(422)
    expect(await drafts()).toEqual([])
  })
})

describe('a file that was saved with a mistake', () => {
  it('is told on the first page: nobody would look for it elsewhere', async () => {
    const fault = { file: 'flows/dich-vu-cong.yaml', line: 2, column: 1, severity: 'error', what: 'hỏng', todo: 'sửa' } as const
    const other = await openDesk({ writing: { work: contentWork, files: { read: async () => ({ flows: [], content: [], defaults: [] }), write: null, refused: () => [fault, { ...fault, line: 9 }] } } })
    const page = await (await signedIn(other, officers.duty)).text('/quan-tri')
    expect(page).toMatch(/<a href="\/quan-tri\/noi-dung">Tệp vừa sửa có lỗi nên chưa được dùng: dich-vu-cong\.yaml\./)
    expect(page).not.toContain('Không có cảnh báo nào')
    await other.close()
  })
})

describe('a file that changed on disk meanwhile', () => {
  it('is noticed by the form, with what was typed kept', async () => {
    const form = formAt(await editor.text(editAt), '/quan-tri/noi-dung/sua')
    await desk.write(article, (await desk.read(article)).replace('Quên pass định danh', 'Quên pass VNeID'))
    const answer = await editor.send('/quan-tri/noi-dung/sua', { ...form, ten: 'Tên mới', viec: 'luu' })
    expect(answer.status).toBe(409)
    const page = await answer.text()
    expect(page).toContain('người khác đã sửa chỗ này')
    expect(page).toContain('value="Tên mới"')
    expect(await drafts()).toEqual([])
    // Seen, and sent again with the words of both.
    const again = formAt(page, '/quan-tri/noi-dung/sua')
    const saved = await editor.send('/quan-tri/noi-dung/sua', { ...again, 'cach-hoi': again['cach-hoi']!.replace('Quên pass định danh', 'Quên pass VNeID'), viec: 'luu' })
    expect(saved.status).toBe(303)
  })

  it('words typed for one step never land in another', async () => {
    const at = '/quan-tri/noi-dung/sua?tep=flows%2Fdich-vu-cong.yaml'
    const form = formAt(await editor.text(at), '/quan-tri/noi-dung/sua')
    const flow = await desk.read('flows/dich-vu-cong.yaml')
    await desk.write('flows/dich-vu-cong.yaml', flow.replace('steps:\n', 'steps:\n  moi:\n    ask: Bước mới chen vào\n    choices:\n      - { title: Về đầu, goto: menu }\n'))
    const answer = await editor.send('/quan-tri/noi-dung/sua', { ...form, viec: 'luu' })
    expect(answer.status).toBe(409)
    expect(await answer.text()).not.toMatch(/<del>/)
  })

  it('is noticed when publishing; both changes are put together, and a third one in the same line is not', async () => {
    const draft = await handedIn(editor, { ten: 'Tên mới' })
    await desk.write(article, (await desk.read(article)).replace('- Quên pass định danh', '- Quên pass VNeID'))
    const refused = await press(approver, draft, 'dang')
    expect(refused.status).toBe(409)
    expect(await desk.read(article)).toContain('title: Quên mật khẩu VNeID')
    expect(await approver.text(`/quan-tri/noi-dung/nhap/${draft}`)).toContain('Ghép với tệp mới')
    expect((await press(approver, draft, 'ghep')).status).toBe(303)
    expect((await press(approver, draft, 'dang')).status).toBe(303)
    const both = await desk.read(article)
    expect(both).toContain('title: Tên mới')
    expect(both).toContain('- Quên pass VNeID')

    const other = await handedIn(editor, { ten: 'Tên khác' })
    await desk.write(article, both.replace('title: Tên mới', 'title: Tên do người khác sửa'))
    expect(await (await press(editor, other, 'ghep')).text()).toContain('cùng một chỗ')
    expect((await press(approver, other, 'dang')).status).toBe(409)
    expect(await desk.read(article)).toContain('title: Tên do người khác sửa')
  })

  it('two who publish at the same moment: one does, and the file is written once', async () => {
    const draft = await handedIn(editor, { ten: 'Tên mới' })
    const kept = (await createDraftBook(desk.world.store).find(draft))!
    const both = await Promise.all([approver, admin].map((visitor) => visitor.post(`/quan-tri/noi-dung/nhap/${draft}/dang`, { ban: String(kept.version) })))
    expect(both.map(({ status }) => status).toSorted()).toEqual([303, 409])
    expect((await desk.world.store.listEntries('content-version:')).length).toBe(2)
    expect((await actions()).filter((action) => action === 'content_published')).toHaveLength(1)
  })

  it('a disk that takes nothing is told, and the draft still waits', async () => {
    const account = (await createStaffBook(desk.world.store, cheap).find(officers.approver))!
    const full = Object.assign(new Error('full'), { code: 'ENOSPC' })
    const broken = createContentDesk({
      register: desk.world.store, log: createAccessLog(desk.world.store), newId: () => 'x', now: () => desk.world.now, work: contentWork,
      words: { read: () => readContentFolders(desk.folders), write: () => Promise.reject(full), refused: () => [] },
    })
    const draft = await handedIn(editor, { ten: 'Tên mới' })
    const kept = (await broken.find(draft))!
    expect(await broken.publish(account, draft, kept.version)).toEqual({ refused: [expect.stringContaining('ENOSPC')] })
    expect((await drafts())[0]?.draft.status).toBe('submitted')
    expect((await press(approver, draft, 'dang')).status).toBe(303)
  })

  it('a process that died while publishing is finished by pressing again, and nothing is noted twice', async () => {
    const draft = await handedIn(editor, { ten: 'Tên mới' })
    const book = createDraftBook(desk.world.store)
    const kept = (await book.find(draft))!
    await book.change({ ...kept.draft, status: 'publishing' }, kept.version)
    await desk.write(article, kept.draft.changes[0]!.after)
    expect(await approver.text(`/quan-tri/noi-dung/nhap/${draft}`)).toContain('Đăng tiếp cho xong')
    expect((await press(approver, draft, 'dang')).status).toBe(303)
    expect(await desk.read(article)).toContain('title: Tên mới')
    expect((await desk.world.store.listEntries('content-version:')).length).toBe(2)
    expect(await desk.world.store.listEntries('content-text:')).toEqual([])
  })
})

describe('going back to an earlier version', () => {
  const historyAt = `/quan-tri/noi-dung/tep?tep=${encodeURIComponent(article)}`
  const published = async (title: string): Promise<void> => void (await press(approver, await handedIn(editor, { ten: title }), 'dang'))

  it('at once by whoever may publish, by a draft for an editor; every version stays', async () => {
    const first = await desk.read(article)
    await published('Tên hai')
    await published('Tên ba')
    const third = await desk.read(article)
    expect((await approver.post('/quan-tri/noi-dung/tep', { tep: article, ban: '1', 'ly-do': '' })).status).toBe(422)
    const answer = await approver.post('/quan-tri/noi-dung/tep', { tep: article, ban: '1', 'ly-do': 'Tên mới gây nhầm' })
    expect(answer.headers.get('location')).toContain('da=tro-lai')
    expect(await desk.read(article)).toBe(first)
    const page = await approver.text(historyAt)
    expect(page).toContain('Bản 4')
    expect(page).toContain('Trở lại bản 1: Tên mới gây nhầm')

    const proposed = await editor.post('/quan-tri/noi-dung/tep', { tep: article, ban: '3', 'ly-do': 'Tên ba đúng hơn' })
    expect(await desk.read(article)).toBe(first)
    await press(editor, draftOf(proposed), 'trinh')
    expect((await press(approver, draftOf(proposed), 'dang')).status).toBe(303)
    expect(await desk.read(article)).toBe(third)
    expect(await actions()).toContain('content_restored')
  })

  it('also to what somebody wrote outside these pages', async () => {
    await published('Tên hai')
    const outside = (await desk.read(article)).replace('title: Tên hai', 'title: Tên viết bằng tay')
    await desk.write(article, outside)
    expect(await editor.text(historyAt)).toContain('đã được sửa ngoài trang này')
    const draft = await handedIn(editor, { 'phu-trach': 'Phòng khác' })
    await press(approver, draft, 'dang')
    await approver.post('/quan-tri/noi-dung/tep', { tep: article, ban: '3', 'ly-do': 'x' })
    expect(await desk.read(article)).toBe(outside)
  })

  it.each([['a version that is not there', { tep: article, ban: '9' }], ['a file that is none', { tep: 'content/../../etc/passwd', ban: '1' }]])('refuses %s', async (_, fields) => {
    await published('Tên hai')
    expect([404, 422]).toContain((await approver.post('/quan-tri/noi-dung/tep', { ...fields, 'ly-do': 'x' })).status)
  })
})

describe('new articles, flows, sentences and the province', () => {
  const filled = { 'ma-muc': 'dvc-moi', nhom: 'vneid', ten: 'Mục mới', 'tra-loi': 'Bà con bấm nút Mới.', 'cac-buoc': '1. Bấm nút Mới.', 'cach-hoi': ['Mới là gì', 'Nút mới ở đâu', 'Bấm mới ra sao', 'Cái mới', 'Mới hả', 'Sao lại mới'].join('\n'), 'phu-trach': 'Phòng A', 'nguon-1-title': 'Nghị định', 'nguon-1-date': '2024-07-01' }

  it('a new article becomes a file beside the others of its group', async () => {
    const form = formAt(await editor.text('/quan-tri/noi-dung/moi'), '/quan-tri/noi-dung/moi')
    expect((await editor.send('/quan-tri/noi-dung/moi', { ...form, ...filled, 'ma-muc': 'dvc-forgot-password', viec: 'luu' })).status).toBe(422)
    expect((await editor.send('/quan-tri/noi-dung/moi', { ...form, ...filled, nhom: '../x', viec: 'luu' })).status).toBe(422)
    expect(await (await editor.send('/quan-tri/noi-dung/moi', { ...form, ...filled, viec: 'kiem-tra' })).text()).toContain('Bà con bấm nút Mới.')
    const saved = await editor.send('/quan-tri/noi-dung/moi', { ...form, ...filled, viec: 'luu' })
    await press(editor, draftOf(saved), 'trinh')
    expect((await press(approver, draftOf(saved), 'dang')).status).toBe(303)
    expect(await desk.read('content/articles/vneid/dvc-moi.md')).toContain('id: dvc-moi\ntitle: Mục mới')
    await desk.reload()
    expect((await editor.get('/quan-tri/noi-dung/muc/dvc-moi')).status).toBe(200)
  })

  it('an id in an address is compared, never run as a pattern; an article is found under another file name too', async () => {
    for (const id of ['(', '[', '.*', 'dvc-forgot-passwor.', '\\']) expect((await editor.get(`/quan-tri/noi-dung/muc/${encodeURIComponent(id)}`)).status).toBe(404)
    await desk.write('content/articles/vneid/ten-khac.md', (await desk.read(article)).replace('id: dvc-forgot-password', 'id: "dvc-o-cho-khac"'))
    await desk.reload()
    expect((await editor.get('/quan-tri/noi-dung/muc/dvc-o-cho-khac')).status).toBe(200)
  })

  it('the words of a flow', async () => {
    const at = '/quan-tri/noi-dung/sua?tep=flows%2Fmain.yaml'
    const page = await editor.text(at)
    const name = Object.entries(formAt(page, '/quan-tri/noi-dung/sua')).find(([key, value]) => /^c[0-9a-f]{10}$/.test(key) && value.includes('Bà con'))![0]
    const answer = await edit(editor, { [name]: 'Bà con cần giúp gì ạ?' }, 'luu', at)
    const before = await desk.read('flows/main.yaml')
    await press(editor, draftOf(answer), 'trinh')
    await press(approver, draftOf(answer), 'dang')
    const after = await desk.read('flows/main.yaml')
    expect(after).toContain('Bà con cần giúp gì ạ?')
    expect(after.split('\n').length).toBe(before.split('\n').length)
    expect((await editor.get('/quan-tri/noi-dung/kich-ban/main')).status).toBe(200)
  })

  it('hotline, hours and holidays, and the sentences said when a person is asked for', async () => {
    const saved = await edit(editor, { 'v-hotline': '1022', 'h-T6': '7:30-11:30', nghi: '2027-02-06\n2027-02-08' }, 'luu', '/quan-tri/noi-dung/sua?tep=content%2Fprovince.yaml')
    await press(editor, draftOf(saved), 'trinh')
    await press(approver, draftOf(saved), 'dang')
    await desk.reload()
    const province = await desk.read('content/province.yaml')
    expect(province).toContain('hotline: 1022')
    expect(province).toMatch(/T6: \[.?07:30-11:30.?\]/)
    expect(province).toMatch(/holidays: \[2027-02-06, 2027-02-08\]/)

    const replies = '/quan-tri/noi-dung/sua?tep=content%2Freplies.yaml'
    const field = /<label for="(c[0-9a-f]{10})">Xin gặp cán bộ, trong giờ trực<\/label>/.exec(await editor.text(replies))![1]!
    const sentence = await edit(editor, { [field]: 'Cán bộ sẽ trả lời. Gọi {{province.hotline}}.' }, 'luu', replies)
    await press(editor, draftOf(sentence), 'trinh')
    expect((await press(approver, draftOf(sentence), 'dang')).status).toBe(303)
    expect(await desk.read('content/replies.yaml')).toMatch(/handover_open: .*Cán bộ sẽ trả lời\. Gọi \{\{province\.hotline\}\}\./)
  })

  it('any file as plain text, with its faults told', async () => {
    const at = '/quan-tri/noi-dung/sua?tep=content%2Fsynonyms.yaml&dang=tep'
    const wrong = await edit(editor, { chu: 'groups: [' }, 'kiem-tra', at)
    expect(await wrong.text()).toMatch(/Dòng \d+:/)
    expect((await edit(editor, { chu: '' }, 'luu', at)).status).toBe(422)
  })

  it('without a way to write, everything is looked at and nothing is offered', async () => {
    const { openDesk } = await import('./support.ts')
    const shut = await openDesk()
    const visitor = await signedIn(shut, officers.editor)
    expect(await visitor.text('/quan-tri/noi-dung')).toContain('chỉ đọc')
    expect((await visitor.get('/quan-tri/noi-dung/moi')).status).toBe(404)
    await shut.close()
  })
})

describe('sheets', () => {
  const upload = async (bytes: Uint8Array | string, name = 'bang.xlsx'): Promise<Response> => {
    const { ma = '' } = formAt(await editor.text('/quan-tri/noi-dung/bang'), '/quan-tri/noi-dung/bang')
    const form = new FormData()
    form.set('ma', ma)
    form.set('tep', new File([new Uint8Array(Buffer.from(bytes))], name))
    return desk.app.request('/quan-tri/noi-dung/bang', { method: 'POST', body: form, headers: { cookie: editor.cookie! } })
  }
  const download = async (): Promise<Uint8Array> => new Uint8Array(await (await editor.get('/quan-tri/noi-dung/bang/tai-ve')).arrayBuffer())
  const put = async (from: string, to: string): Promise<Uint8Array> => {
    const tables = (await readWorkbook(await download())).slice(1)
    return writeWorkbook(tables.map(({ title, rows }) => ({ title, rows: rows.map((row) => row.map((cell) => (cell === from ? to : cell))), sheet: sheets.find((sheet) => sheet.title === title)! })), ['x'])
  }

  it('out, edited, in as a draft with a readable difference, published by another', async () => {
    const answer = await upload(await put('Quên pass định danh', 'Quên pass VNeID'))
    expect(answer.status).toBe(303)
    const page = await approver.text(`/quan-tri/noi-dung/nhap/${draftOf(answer)}`)
    expect(page).toContain('<h3>Câu hỏi</h3>')
    expect(page).toMatch(/Quên pass <del>định danh<\/del> <ins>VNeID<\/ins>/)
    await press(editor, draftOf(answer), 'trinh')
    await press(approver, draftOf(answer), 'dang')
    expect(await desk.read(article)).toContain('- Quên pass VNeID')
  })

  it('a row that was changed in the file meanwhile is told and left out', async () => {
    const bytes = await put('Quên pass định danh', 'Quên pass VNeID')
    await desk.write(article, (await desk.read(article)).replace('Quên pass định danh', 'Quên pass'))
    const page = await (await upload(bytes)).text()
    expect(page).toContain('Bảng không thay đổi gì')
    expect(page).toContain('Xung đột')
  })

  it.each([['no workbook', 'xin chào', 'bang.xlsx'], ['nothing', '', 'bang.xlsx'], ['a CSV of something else', 'a,b\n1,2', 'x.csv']])('refuses %s in a sentence', async (_, bytes, name) => {
    const answer = await upload(bytes, name)
    expect([200, 422]).toContain(answer.status)
    expect(await answer.text()).toContain('role="alert"')
    expect(await drafts()).toEqual([])
  })

  it('five megabytes and no more; other forms stay small', async () => {
    expect((await upload(Buffer.alloc(6 * 1024 * 1024))).status).toBe(413)
    expect((await editor.send('/quan-tri/noi-dung/sua', { chu: 'x'.repeat(70_000) })).status).toBe(413)
  })
})

describe('questions nobody could answer', () => {
  const asks = (who: string, text: string): Promise<void> => desk.world.hears(who, text)
  /** As the page's script does: asked again until the groups are there. */
  async function groupsShown(visitor = editor): Promise<string> {
    for (;;) {
      const page = await visitor.text('/quan-tri/noi-dung/cau-hoi')
      if (!page.includes('data-ask-again')) return page
    }
  }

  it('stand in reports once somebody who may lets them in, which the log tells', async () => {
    await asks('em', 'lễ hội đua voi năm nay mở khi nào')
    const page = await groupsShown(approver)
    const [, of] = page.split('lễ hội đua voi')
    const cau = /name="cau" value="([^"]+)"/.exec(of!)![1]!
    const today = vietnamDay(desk.world.now)
    expect(await desk.world.store.releasedUnanswered(today, today)).toEqual([])
    expect((await approver.post('/quan-tri/noi-dung/cau-hoi/bao-cao', { cau: 'khong-co' })).status).toBe(422)
    expect((await approver.post('/quan-tri/noi-dung/cau-hoi/bao-cao', { cau })).status).toBe(303)
    expect(await desk.world.store.releasedUnanswered(today, today)).toEqual([{ question: 'lễ hội đua voi năm nay mở khi nào', day: today, releasedBy: officers.approver }])
    expect((await createAccessLog(desk.world.store).latest(5)).filter(({ action }) => action === 'question_released')).toMatchObject([{ who: officers.approver, about: `câu ${cau}` }])
    expect((await groupsShown(approver)).split('lễ hội đua voi')[1]).toMatch(/Có trong báo cáo/)
  })

  it('alike ones together, read by staff once in the log, and made a way to ask in one draft', async () => {
    for (const [who, text] of [['an', 'trồng lúa vụ đông xuân ngày nào'], ['binh', 'trồng lúa vụ đông xuân ngày nào ạ'], ['chi', 'nuôi tôm nước lợ có được vay vốn']] as const) await asks(who, text)
    const page = await groupsShown()
    expect(page).toContain('2 lần')
    await groupsShown()
    expect((await actions()).filter((action) => action === 'questions_read')).toHaveLength(1)

    const groups = [...new Set([...page.matchAll(/name="cau" value="([^"]+)"/g)].map(([, id]) => id!))]
    const adopt = (cau: string, more: Record<string, string> = {}): Promise<Response> => editor.post('/quan-tri/noi-dung/cau-hoi', { cau, muc: 'dvc-forgot-password', 'cach-hoi': ['Trồng lúa vụ đông xuân ngày nào?', 'Nuôi tôm nước lợ có được vay vốn?'][groups.indexOf(cau)]!, loai: 'all', ...more })
    const first = await adopt(groups[0]!)
    const second = await adopt(groups[1]!)
    expect([first.status, second.status]).toEqual([303, 303])
    const [listed, ...others] = await drafts()
    expect(others).toEqual([])
    expect(listed!.files.map(({ name }) => name)).toEqual(['articles/vneid/dvc-forgot-password.md', 'adopted-questions.yaml'])
    expect((await adopt(groups[0]!)).status).toBe(422)
    await press(editor, listed!.draft.id, 'trinh')
    expect((await press(approver, listed!.draft.id, 'dang')).status).toBe(303)
    expect(await desk.read(article)).toContain('- Trồng lúa vụ đông xuân ngày nào?\n  - Nuôi tôm nước lợ có được vay vốn?')
    expect((await desk.read('content/adopted-questions.yaml')).split('\n').filter((line) => line.startsWith('- '))).toHaveLength(2)
    await desk.reload()
    desk.world.now += 6 * 60_000
    expect(await groupsShown()).toContain('Câu hỏi nào cũng đã có mục trả lời')
  })

  it('refuses what cannot be a way to ask, and keeps what was typed', async () => {
    await asks('an', 'trồng lúa vụ đông xuân ngày nào')
    const id = /name="cau" value="([^"]+)"/.exec(await groupsShown())![1]!
    for (const [muc, cachHoi] of [['khong-co', 'Trồng lúa ngày nào'], ['dvc-forgot-password', 'Tôi tên [tên] hỏi'], ['dvc-forgot-password', 'lúa']]) {
      const answer = await editor.post('/quan-tri/noi-dung/cau-hoi', { cau: id, muc: muc!, 'cach-hoi': cachHoi!, loai: 'all' })
      expect(answer.status).toBe(422)
      expect(await answer.text()).toContain(`value="${cachHoi}"`)
    }
    expect(await editor.text(`/quan-tri/noi-dung/moi?cau=${encodeURIComponent(id)}`)).toContain('trồng lúa vụ đông xuân')
    expect(await groupsShown(approver)).not.toContain('Thêm vào bản nháp')
  })
})

describe('what is computed elsewhere', () => {
  it('keeps no page waiting: it is shown without it and asks again, the buttons come with it', async () => {
    const { promise: known, resolve: become } = Promise.withResolvers<void>()
    const slow = await openWritingDesk({}, { check: async (...given) => known.then(() => contentWork.check(...given)), waiting: async (...given) => known.then(() => contentWork.waiting(...given)) })
    const [writer, publisher] = [await signedIn(slow, officers.editor), await signedIn(slow, officers.approver)]
    await slow.world.hears('an', 'trồng lúa vụ đông xuân ngày nào')
    expect(await createDraftBook(slow.world.store).add({
      id: 'nhap', title: 'Sửa', kind: 'edit', authors: [officers.editor], status: 'submitted', createdAt: 0, changedAt: 0, note: '', returned: null,
      changes: [{ file: { root: 'content', name: article.slice('content/'.length), file: article }, before: await slow.read(article), after: `${await slow.read(article)}\nThêm.\n` }],
    })).toBe(true)
    const [questions, draft] = [await writer.text('/quan-tri/noi-dung/cau-hoi'), await publisher.text('/quan-tri/noi-dung/nhap/nhap')]
    for (const page of [questions, draft]) expect(page).toContain('data-ask-again')
    expect(draft).not.toContain('/nhap/nhap/dang"')
    become()
    for (const [visitor, path, shown] of [[writer, 'cau-hoi', 'trồng lúa vụ đông xuân'], [publisher, 'nhap/nhap', '/nhap/nhap/dang"']] as const) {
      await expect.poll(() => visitor.text(`/quan-tri/noi-dung/${path}`), { timeout: 10_000 }).not.toContain('data-ask-again')
      expect(await visitor.text(`/quan-tri/noi-dung/${path}`)).toContain(shown)
    }
    await slow.close()
  })
})

describe('the list', () => {
  it('by owner, state, group and words', async () => {
    const all = await editor.text('/quan-tri/noi-dung')
    expect(all).toContain('href="/quan-tri/noi-dung/muc/dvc-forgot-password"')
    expect(all).toContain('Đã rút')
    expect(await editor.text('/quan-tri/noi-dung?tt=withdrawn')).not.toContain('muc/dvc-forgot-password"')
    expect(await editor.text('/quan-tri/noi-dung?tim=quen+mat+khau')).toContain('muc/dvc-forgot-password"')
    expect(await editor.text('/quan-tri/noi-dung?tim=con+voi')).toContain('Không có mục nào như vậy')
    expect(await editor.text('/quan-tri/noi-dung?phan=kich-ban')).toContain('kich-ban/main"')
    desk.world.now = Date.parse('2027-02-20T09:00:00+07:00')
    expect(await (await signedIn(desk, officers.editor)).text('/quan-tri/noi-dung?tt=due')).toContain('muc/dvc-forgot-password"')
  })

  it('a flow is as old as the articles it leans on', async () => {
    await desk.write('flows/tien.yaml', 'id: tien\ntitle: Chuyện tiền\nstart: a\nsteps:\n  a:\n    ask: Giữ mật khẩu\n    facts: dvc-forgot-password\n    choices:\n      - { title: Xem mục, article: dvc-forgot-password }\n')
    await desk.reload()
    desk.world.now = Date.parse('2027-03-01T09:00:00+07:00')
    const late = await signedIn(desk, officers.editor)
    expect(await late.text('/quan-tri/noi-dung?phan=kich-ban&tt=expired')).toContain('Dựa vào mục quá hạn')
    expect(await late.text('/quan-tri/noi-dung?phan=kich-ban&tt=expired&chu=Ph%C3%B2ng+Chuy%E1%BB%83n+%C4%91%E1%BB%95i+s%E1%BB%91')).toContain('kich-ban/tien"')
    expect(await late.text('/quan-tri/noi-dung?phan=kich-ban&tt=due')).not.toContain('kich-ban/tien"')
  })

  it('a review is done by opening the form with the new dates', async () => {
    const form = formAt(await editor.text(`${editAt}&ra-soat=1`), '/quan-tri/noi-dung/sua')
    expect(Date.parse(form['han']!) - Date.parse(form['ra-soat']!)).toBe(180 * 86_400_000)
  })
})
