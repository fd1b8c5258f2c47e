import type { Content, FileSource } from '../../content.ts'
import { reviewDaysOf } from '../../content/check-articles.ts'
import { contentFile, type WordFile } from '../../content/sheets/items.ts'
import { dayAfter, vietnamDay, type Clock } from '../../core/time.ts'
import type { Store } from '../../store/ports.ts'
import { notice, type Html } from '../components.ts'
import type { Asked, Guard } from '../guard.ts'
import { emptyArticle, faultsIn, newText, valuesFrom, type ArticleValues } from './article-form.ts'
import { notYet, nothing, wordsIn } from './common.ts'
import { tooMany, type ContentDesk } from './desk.ts'
import type { DraftChange } from './drafts.ts'
import { newArticleForm, type Looked } from './edit-pages.ts'
import type { Look } from './look.ts'
import { draftPath, refusalNotice, section } from './parts.ts'

export interface NewArticlePorts {
  desk: ContentDesk
  content: () => Content | null
  store: Pick<Store, 'listUnanswered'>
  look: Look
  now: Clock
}

const mostQuestions = 5_000
const groupsOf = ({ content }: FileSource): string[] => [...new Set(content.flatMap(({ name }) => /^articles\/([^/]+)\/[^/]+\.md$/.exec(name)?.[1] ?? []))].sort()

/** A new article: a draft with one new file, perhaps begun from what somebody asked in vain. */
export function newArticleRoutes(guard: Guard, { desk, content, store, look, now }: NewArticlePorts): void {
  guard.on('GET /noi-dung/moi', async (asked) => {
    if (content() === null) return notYet(asked)
    if (!desk.isWritable) return nothing(asked)
    const id = asked.c.req.query('cau') ?? ''
    const question = id === '' ? '' : (await store.listUnanswered(mostQuestions)).find((row) => row.id === id)?.question ?? ''
    const day = vietnamDay(now())
    const values = { ...emptyArticle, cells: { ...emptyArticle.cells, questions: question, reviewed: day, review_by: dayAfter(day, reviewDaysOf('')) } }
    return showNew(asked, { id: '', group: '', values, errors: {}, looked: null, told: '' })
  })

  guard.on('POST /noi-dung/moi', async (asked) => {
    if (content() === null || !desk.isWritable) return nothing(asked)
    const [id, group, values, files] = [wordsIn(asked, 'ma-muc'), asked.field('nhom'), valuesFrom(asked.field), await desk.files()]
    const name = `articles/${group}/${id}.md`
    const isTaken = files.content.some((file) => file.name.endsWith(`/${id}.md`))
    const errors = {
      ...faultsIn(values), ...(groupsOf(files).includes(group) ? {} : { nhom: 'Chọn một nhóm trong danh sách.' }),
      ...(!/^[a-z0-9-]{1,48}$/.test(id) ? { 'ma-muc': 'Mã gồm 1–48 chữ thường không dấu, số, gạch ngang.' } : isTaken ? { 'ma-muc': 'Mã này đã có.' } : {}),
    }
    if (Object.keys(errors).length > 0) return showNew(asked, { id, group, values, errors, looked: null, told: notice('Còn ô phải sửa ở dưới.', 'bad', true) }, 422)
    const file: WordFile = contentFile(files, name)
    const change: DraftChange = { file, before: null, after: newText(id, values) }
    if (asked.field('viec') !== 'luu') {
      const looked = await look(files, change, '', false)
      return showNew(asked, { id, group, values, errors: looked.errors, looked, told: '' })
    }
    const draft = await desk.begin(asked.viewer.account, { title: `Mục mới: ${values.cells.title}`, kind: 'new', changes: [change] })
    return draft === null ? showNew(asked, { id, group, values, errors: {}, looked: null, told: refusalNotice([tooMany]) }, 409) : asked.c.redirect(`${draftPath(draft)}?da=luu`, 303)
  })

  async function showNew(asked: Asked, given: { id: string; group: string; values: ArticleValues; errors: Record<string, string>; looked: Looked | null; told: Html | '' }, status: 200 | 409 | 422 = 200): Promise<Response> {
    const names = content()?.groups ?? {}
    const groups = [{ value: '', title: '– Chọn nhóm –' }, ...groupsOf(await desk.files()).map((group) => ({ value: group, title: names[group] ?? group }))]
    return asked.show({ title: 'Soạn mục mới', section, again: null }, newArticleForm({ ...given, groups, token: asked.viewer.token }), status)
  }
}
