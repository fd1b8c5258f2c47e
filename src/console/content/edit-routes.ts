import { createHash } from 'node:crypto'
import { groupOf } from '../../answer/article.ts'
import type { Content, FileSource } from '../../content.ts'
import { reviewDaysOf } from '../../content/check-articles.ts'
import { plainForm } from '../../content/sheets/article-text.ts'
import { clean } from '../../core/text.ts'
import { dayAfter, vietnamDay, type Clock } from '../../core/time.ts'
import { notice, type Html } from '../components.ts'
import type { Asked, Guard } from '../guard.ts'
import { emptyArticle, faultsIn, valuesFrom, valuesOf, withValues, type ArticleValues } from './article-form.ts'
import { nothing } from './common.ts'
import { tooMany, type ContentDesk } from './desk.ts'
import type { DraftChange } from './drafts.ts'
import { articleForm, provinceForm, rawForm, wordsForm, type EditView, type Origin } from './edit-pages.ts'
import type { Look, LookedAt } from './look.ts'
import { draftPath, refusalNotice, section, titleOfFile } from './parts.ts'
import { provinceValues, weekdays, withProvince, type ProvinceValues } from './province-form.ts'
import { fileIdOf, kindOf, textOf, wordsAt, type Words, type WordsKind } from './word-files.ts'
import { placesIn, withPlaces } from './word-form.ts'

export interface EditRoutePorts {
  desk: ContentDesk
  content: () => Content | null
  look: Look
  now: Clock
}

/** What a form is made from. */
interface Base {
  files: FileSource
  words: Words
  /** The text that is edited: the draft's where there is one, else the file's. */
  text: string
  origin: Origin
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22)

/** Forms for the words of one file. What they write is a draft. */
export function editRoutes(guard: Guard, { desk, content, look, now }: EditRoutePorts): void {
  guard.on('GET /noi-dung/sua', async (asked) => {
    const query = (name: string): string => asked.c.req.query(name) ?? ''
    const base = await baseOf(query('tep'), query('nhap'))
    if (base === null || !desk.isWritable) return nothing(asked)
    const typed = query('ra-soat') === '1' ? reviewedToday(base) : null
    return showForm(asked, base, { raw: query('dang') === 'tep', typed, told: await warnings(base) })
  })

  guard.on('POST /noi-dung/sua', async (asked) => {
    const base = await baseOf(asked.field('tep'), asked.field('nhap'))
    if (base === null || !desk.isWritable) return nothing(asked)
    const raw = asked.field('dang') === 'tep'
    const made = textFrom(base, raw, await fieldsGiven(asked))
    if ('faults' in made || 'refused' in made) {
      const told = 'refused' in made ? notice(`Không ghi được qua biểu mẫu: ${made.refused}. Hãy sửa cả tệp dạng chữ.`, 'bad', true) : notice('Còn ô phải sửa ở dưới.', 'bad', true)
      return showForm(asked, base, { raw, told, errors: 'faults' in made ? made.faults : {}, fromForm: true }, 422)
    }
    const change: DraftChange = { file: base.words.file, before: base.words.text, after: made.text }
    const isOvertaken = base.origin.draft === '' ? asked.field('goc') !== base.origin.base : Number(asked.field('ban')) !== base.origin.version
    if (isOvertaken) {
      const told = notice('Trong lúc anh chị viết, người khác đã sửa chỗ này. Lời của anh chị còn nguyên ở dưới, chưa ghi gì. Xem phần “Khác với bản đang có”, sửa lại nếu cần rồi lưu lần nữa.', 'warn', true)
      return showForm(asked, base, { raw, told, fromForm: true, looked: await look(base.files, change, base.text, raw) }, 409)
    }
    if (asked.field('viec') !== 'luu') return showForm(asked, base, { raw, told: '', fromForm: true, looked: await look(base.files, change, base.text, raw) })
    if (made.text === base.text) return showForm(asked, base, { raw, told: notice('Chưa thay đổi gì nên không có gì để lưu.', 'warn', true), fromForm: true }, 422)
    const saved = await save(asked, base, change)
    return 'draft' in saved ? asked.c.redirect(`${draftPath(saved.draft)}?da=luu`, 303) : showForm(asked, base, { raw, told: refusalNotice(saved.refused), fromForm: true }, 409)
  })

  async function baseOf(fileId: string, draftId: string): Promise<Base | null> {
    const files = await desk.files()
    const words = wordsAt(files, fileId)
    if (words === null) return null
    if (draftId !== '') {
      const kept = await desk.find(draftId)
      const change = kept?.draft.changes.find(({ file }) => fileIdOf(file) === fileId)
      if (kept === null || change === undefined || kept.draft.status === 'publishing') return null
      return { files, words: { ...words, file: change.file, text: change.before }, text: change.after, origin: { fileId, draft: draftId, version: kept.version, base: hashOf(change.after) } }
    }
    if (words.text === null && words.lent === null) return null
    return { files, words, text: textOf(words), origin: { fileId, draft: '', version: 0, base: hashOf(textOf(words)) } }
  }

  async function warnings({ origin: { fileId, draft } }: Base): Promise<Html | ''> {
    const others = draft !== '' ? [] : (await desk.drafts()).filter(({ files }) => files.some((file) => fileIdOf(file) === fileId))
    return others.length === 0 ? '' : notice(`Đã có bản nháp về tệp này (${others.map(({ draft: { title, authors } }) => `“${title}” của ${authors[0] ?? ''}`).join(', ')}). Nên sửa tiếp trong bản đó.`, 'warn')
  }

  async function save({ viewer: { account } }: Asked, { words, origin }: Base, change: DraftChange): Promise<{ draft: string } | { refused: string[] }> {
    if (origin.draft === '') {
      const id = await desk.begin(account, { title: `Sửa: ${titleOfFile(content(), words.file)}`, kind: 'edit', changes: [change] })
      return id === null ? { refused: [tooMany] } : { draft: id }
    }
    const kept = await desk.find(origin.draft)
    const changes = (kept?.draft.changes ?? []).map((one) => (fileIdOf(one.file) === origin.fileId ? change : one))
    const done = await desk.rewrite(account, origin.draft, origin.version, changes)
    return 'done' in done ? { draft: origin.draft } : done
  }

  interface Shown { raw: boolean; told: Html | ''; errors?: Record<string, string>; looked?: LookedAt; typed?: ArticleValues | null; fromForm?: boolean }

  function showForm(asked: Asked, base: Base, { raw, told, errors = {}, looked, typed = null, fromForm = false }: Shown, status: 200 | 409 | 422 = 200): Promise<Response> {
    const { words: { file }, text } = base
    const kind: WordsKind = raw || (kindOf(file) === 'article' && valuesOf(file, text) === null) ? 'other' : kindOf(file)
    const view: EditView = {
      title: titleOfFile(content(), file), origin: base.origin, token: asked.viewer.token, told, looked: looked ?? null, errors: { ...errors, ...looked?.errors },
      otherWay: kindOf(file) === 'other' ? null : kind === 'other' ? 'bieu-mau' : 'tep',
    }
    return asked.show({ title: `Sửa: ${view.title}`, section, again: null }, formOf(asked, base, kind, view, fromForm, typed), status)
  }

  function formOf(asked: Asked, { words: { file }, text }: Base, kind: WordsKind, view: EditView, fromForm: boolean, typed: ArticleValues | null): Html {
    if (kind === 'article') return articleForm(view, fromForm ? valuesFrom(asked.field) : typed ?? valuesOf(file, text) ?? emptyArticle)
    if (kind === 'province') return provinceForm(view, fromForm ? provinceFrom(asked.field, text) : provinceValues(text))
    if (kind === 'other') return rawForm(view, fromForm ? asked.field('chu') : plainForm(text).plain)
    const places = placesIn(file, text).map((place) => (fromForm ? { ...place, text: asked.field(place.name), ...(place.words === null ? {} : { words: asked.field(`${place.name}-khac`) }) } : place))
    return wordsForm(view, places, kind === 'flow' ? 'Sửa lời và cách nói ở từng bước. Thêm hay bỏ bước, đổi đường đi thì sửa cả tệp dạng chữ.' : 'Mọi câu trợ lý nói ngoài mục hỏi–đáp: chào hỏi, chuyển cán bộ, xin lỗi, khẩn cấp.')
  }

  /** The form with today's review and the latest date its group allows. */
  function reviewedToday({ words: { file }, text }: Base): ArticleValues | null {
    const values = valuesOf(file, text)
    const day = vietnamDay(now())
    return values === null ? null : { ...values, cells: { ...values.cells, reviewed: day, review_by: dayAfter(day, reviewDaysOf(groupOf(file))) } }
  }
}

/** A field of the form; null where the form had none of that name, so that nothing is emptied that nobody saw. */
type Given = (name: string) => string | null

async function fieldsGiven({ c, field }: Asked): Promise<Given> {
  const body = await c.req.parseBody()
  return (name) => (name in body ? field(name) : null)
}

/** What the form says as the file's text. */
function textFrom({ words: { file }, text }: Base, raw: boolean, given: Given): { text: string } | { refused: string } | { faults: Record<string, string> } {
  const kind = kindOf(file)
  if (raw || kind === 'other') {
    const typed = given('chu') ?? ''
    return typed.trim() === '' ? { faults: { chu: 'Chưa có nội dung.' } } : { text: plainForm(text).restore(typed) }
  }
  if (kind === 'province') return withProvince(text, provinceFrom(given, text))
  if (kind !== 'article') return withPlaces(file, text, given)
  const values = valuesFrom((name) => given(name) ?? '')
  const faults = faultsIn(values)
  return Object.keys(faults).length > 0 ? { faults } : withValues(file, text, values)
}

/** `text`: the file the form was made from; its keys are the form's. A box that is not ticked is not sent: it counts where the form was there. */
function provinceFrom(given: Given, text: string): ProvinceValues {
  const now = provinceValues(text)
  const told = (name: string): string | null => {
    const typed = given(name)
    return typed === null ? null : clean(typed).trim()
  }
  return {
    isSample: given('nghi') === null ? now.isSample : given('mau') === 'co',
    values: now.values.map(({ key, comment, value }) => ({ key, comment, value: told(`v-${key}`) ?? value })),
    weekly: Object.fromEntries(weekdays.map(({ key }) => [key, told(`h-${key}`) ?? now.weekly[key] ?? ''])),
    holidays: given('nghi') ?? now.holidays,
  }
}
