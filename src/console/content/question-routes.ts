import { html } from 'hono/html'
import type { Content } from '../../content.ts'
import { adoptQuestion } from '../../content/adopt.ts'
import { withChanges } from '../../content/sheets/plan.ts'
import type { AskedInVain, QuestionGroup } from '../../content/waiting-questions.ts'
import { dayAfter, MINUTE, vietnamDay, type Clock, type Millis } from '../../core/time.ts'
import type { Store } from '../../store/ports.ts'
import { createReadingLog, type AccessLog } from '../access-log.ts'
import { notice, type Html } from '../components.ts'
import type { Asked, Guard } from '../guard.ts'
import { mayUse } from '../paths.ts'
import { later, soon, type Later } from '../soon.ts'
import { staffKey } from '../staff.ts'
import { tooMany, type ContentDesk } from './desk.ts'
import type { DraftChange } from './drafts.ts'
import { draftPath, section } from './parts.ts'
import { questionsPage, type QuestionsView } from './question-page.ts'
import { notYet, wordsIn } from './common.ts'
import { fileIdOf } from './word-files.ts'

export interface QuestionRoutePorts {
  desk: ContentDesk
  content: () => Content | null
  store: Pick<Store, 'listUnanswered' | 'releaseUnanswered' | 'releasedUnanswered'>
  log: AccessLog
  now: Clock
}

/** So many of the newest are looked at. */
const mostAsked = 2_000
/** Days. */
const longestKept = 800
/** Groups as old as that are shown while they are put together anew. */
const grouped: Millis = 5 * MINUTE

/** Questions nobody could answer: grouped, read by staff (logged), and made phrasings of articles, in a draft. */
export function questionRoutes(guard: Guard, { desk, content, store, log, now }: QuestionRoutePorts): void {
  let last: { key: string; at: Millis; groups: QuestionGroup[] } | null = null
  let making: Promise<void> | null = null
  const noteReading = createReadingLog(log, now)

  /** Those of before while newer ones are made; `later` where there are none that anybody should still look at. */
  async function groups(): Promise<{ at: Millis; groups: QuestionGroup[] } | Later> {
    const asked = await store.listUnanswered(mostAsked)
    const key = `${content()?.version} ${asked.length} ${asked[0]?.id}`
    if (last?.key === key) return last
    making ??= make(key, asked).finally(() => { making = null })
    const made = await soon(making)
    return last === null || (made === later && now() - last.at > grouped) ? later : last
  }

  async function make(key: string, asked: readonly AskedInVain[]): Promise<void> {
    last = { key, at: now(), groups: await desk.waiting(await desk.files(), asked) }
  }

  guard.on('GET /noi-dung/cau-hoi', (asked) => showPage(asked, { told: asked.c.req.query('da') === 'bao-cao' ? released : asked.c.req.query('nhap') === undefined ? '' : added(asked.c.req.query('nhap') ?? ''), error: null }))

  guard.on('POST /noi-dung/cau-hoi', async (asked) => {
    const [id, article, phrasing] = [asked.field('cau'), wordsIn(asked, 'muc'), wordsIn(asked, 'cach-hoi')]
    const done = await adopt(asked, id, article, phrasing)
    if ('refused' in done) return showPage(asked, { told: '', error: { id, article, phrasing, text: done.refused } }, 422)
    return asked.c.redirect(`${section}/cau-hoi?loai=${onlyOf(asked.field('loai'))}&tu=${fromOf(asked.field('tu'))}&nhap=${done.draft}`, 303)
  })

  guard.on('POST /noi-dung/cau-hoi/bao-cao', async (asked) => {
    const [id, { account }] = [asked.field('cau'), asked.viewer]
    if (!(await store.listUnanswered(mostAsked)).some((row) => row.id === id)) return showPage(asked, { told: notice('Không còn câu hỏi này.', 'warn', true), error: null }, 422)
    await log.append({ at: now(), who: account.name, action: 'question_released', about: `câu ${id}`, count: null, reason: '' })
    await store.releaseUnanswered(id, account.name, now())
    return asked.c.redirect(`${section}/cau-hoi?loai=${onlyOf(asked.field('loai'))}&tu=${fromOf(asked.field('tu'))}&da=bao-cao`, 303)
  })

  /** As they are worded; so far back as questions are kept at most. */
  async function inReports(): Promise<ReadonlySet<string>> {
    const today = vietnamDay(now())
    return new Set((await store.releasedUnanswered(dayAfter(today, -longestKept), today)).map(({ question }) => question))
  }

  /** Into the officer's own draft of such questions, where one is being written: they share a file and go out together. */
  async function adopt({ viewer: { account } }: Asked, id: string, article: string, phrasing: string): Promise<{ draft: string } | { refused: string }> {
    if (!(await store.listUnanswered(mostAsked)).some((row) => row.id === id)) return { refused: 'Không còn câu hỏi này.' }
    const own = (await desk.drafts()).find(({ draft }) => draft.kind === 'question' && draft.status === 'writing' && staffKey(draft.authors[0] ?? '') === staffKey(account.name))
    const open = own === undefined ? null : await desk.find(own.draft.id)
    const files = await desk.files()
    const before = open?.draft.changes ?? []
    const now = withChanges(files, before.map((change) => ({ ...change, edits: [] })))
    const plan = adoptQuestion(now, { id, article, phrasing })
    if ('refused' in plan) return { refused: plan.refused.replace(/ Viết (?:lại không có chỗ đó|gọn lại): .*$/, ' Sửa câu trong ô rồi thêm lại.') }
    if (now.content.some(({ name, text }) => name === plan.changes[1]?.file.name && text.includes(`"id":${JSON.stringify(id)}`))) return { refused: 'Câu này đã có trong một bản nháp hoặc đã được thêm.' }
    const changes = [
      ...before.filter(({ file }) => !plan.changes.some((change) => fileIdOf(change.file) === fileIdOf(file))),
      ...plan.changes.map((change): DraftChange => ({ file: change.file, after: change.after, before: before.find(({ file }) => fileIdOf(file) === fileIdOf(change.file))?.before ?? (before.some(({ file }) => fileIdOf(file) === fileIdOf(change.file)) ? null : change.before) })),
    ]
    if (open === null) {
      const draft = await desk.begin(account, { title: 'Cách hỏi lấy từ câu hỏi của bà con', kind: 'question', changes })
      return draft === null ? { refused: tooMany } : { draft }
    }
    const done = await desk.rewrite(account, open.draft.id, open.version, changes)
    return 'done' in done ? { draft: open.draft.id } : { refused: done.refused.join(' ') }
  }

  async function showPage(asked: Asked, { told, error }: { told: Html | ''; error: QuestionsView['error'] }, status: 200 | 422 = 200): Promise<Response> {
    const words = content()
    if (words === null) return notYet(asked)
    let found = await groups()
    // What was typed and refused stands beside its question: that page waits for it.
    if (found === later && error !== null) {
      await making
      found = await groups()
    }
    if (found !== later) await noteReading({ who: asked.viewer.account.name, action: 'questions_read', about: 'câu hỏi chưa trả lời được', count: found.groups.reduce((sum, { count }) => sum + count, 0) })
    const given = (name: string): string => (asked.c.req.method === 'POST' ? asked.field(name) : asked.c.req.query(name) ?? '')
    return asked.show({ title: 'Câu hỏi chưa trả lời được', section, again: found === later ? 3 : null }, questionsPage({
      found, content: words, only: onlyOf(given('loai')), from: fromOf(given('tu')), error, notice: told, inReports: await inReports(), mayRelease: mayUse('POST /noi-dung/cau-hoi/bao-cao', asked.viewer.account.role), token: asked.viewer.token, mayWrite: desk.isWritable && mayUse('POST /noi-dung/cau-hoi', asked.viewer.account.role),
    }), status)
  }
}

const onlyOf = (text: string): QuestionsView['only'] => (text === 'refused' || text === 'unknown' ? text : 'all')
const released = notice('Câu hỏi sẽ có trong báo cáo của kỳ mà bà con hỏi câu ấy.', 'good')
const fromOf = (text: string): number => Math.max(0, Math.trunc(Number(text) || 0))

const added = (draft: string): Html | '' => /^[\w-]{1,64}$/.test(draft) ? notice(html`Đã thêm vào <a href="${draftPath(draft)}">bản nháp</a>. Thêm xong các câu khác thì mở bản nháp để trình.`, 'good') : ''
