import { html } from 'hono/html'
import type { Content } from '../../content.ts'
import { vietnamDay, type Clock } from '../../core/time.ts'
import { clean } from '../../core/text.ts'
import type { Store } from '../../store/ports.ts'
import type { AccessLog } from '../access-log.ts'
import { notice, type Html } from '../components.ts'
import type { Asked, Guard } from '../guard.ts'
import { mayUse } from '../paths.ts'
import { later, soon } from '../soon.ts'
import { noticeOf, nothing, notYet, wordsIn } from './common.ts'
import { createContentDesk, type ContentDesk, type Done } from './desk.ts'
import { draftPage, longestNote } from './draft-page.ts'
import { editRoutes } from './edit-routes.ts'
import { createLook } from './look.ts'
import { draftsAbout, listPage, type ListFilter } from './list-page.ts'
import { newArticleRoutes } from './new-article-routes.ts'
import { articleStates, draftPath, historyPath, refusalNotice, section, titleOfFile } from './parts.ts'
import { questionRoutes } from './question-routes.ts'
import { sheetRoutes } from './sheet-routes.ts'
import { articlePage, flowPage, historyPage } from './word-pages.ts'
import { articleFileOf, fileIdOf, flowFileOf, wordsAt, type WordFiles } from './word-files.ts'
import type { ContentWork } from './work.ts'

/** What an entry hands in for the pages of content. */
export interface WritingPorts { files: WordFiles; work: ContentWork }

export interface ContentRoutePorts {
  writing: WritingPorts
  content: () => Content | null
  store: Pick<Store, 'readEntry' | 'writeEntry' | 'listEntries' | 'listUnanswered' | 'releaseUnanswered' | 'releasedUnanswered'>
  log: AccessLog
  newId: () => string
  now: Clock
}

/** `Nội dung`: look, go back, hand in, publish. Writing is in the files beside. */
export function contentRoutes(guard: Guard, { writing, content, store, log, newId, now }: ContentRoutePorts): void {
  const desk = createContentDesk({ register: store, words: writing.files, work: writing.work, log, newId, now })
  const today = (): string => vietnamDay(now())

  guard.on('GET /noi-dung', async (asked) => {
    const words = content()
    if (words === null) return notYet(asked)
    const body = listPage({
      content: words, drafts: await desk.drafts(), refused: desk.refused(), filter: filterOf(asked), notice: noticeOf(asked), isWritable: desk.isWritable, now: now(),
      mayWrite: mayUse('GET /noi-dung/sua', asked.viewer.account.role),
    })
    return asked.show({ title: 'Nội dung', section, again: null }, body)
  })

  guard.on('GET /noi-dung/muc/:id', async (asked) => {
    const words = content()
    if (words === null) return notYet(asked)
    const id = asked.c.req.param('id') ?? ''
    const article = words.articles.get(id) ?? words.withdrawn.get(id)
    const file = articleFileOf(await desk.files(), id)
    if (article === undefined || file === null) return nothing(asked)
    return asked.show({ title: article.title, section, again: null }, articlePage(article, await viewOf(asked, desk, words, fileIdOf({ root: 'content', name: file.name }))))
  })

  guard.on('GET /noi-dung/kich-ban/:id', async (asked) => {
    const words = content()
    if (words === null) return notYet(asked)
    const flow = words.flows.get(asked.c.req.param('id') ?? '')
    const file = flow === undefined ? null : flowFileOf(await desk.files(), flow.id)
    if (flow === undefined || file === null) return nothing(asked)
    return asked.show({ title: flow.title, section, again: null }, flowPage(flow, await viewOf(asked, desk, words, fileIdOf({ root: 'flows', name: file.name }))))
  })

  const viewOf = async ({ viewer }: Asked, { drafts, isWritable }: ContentDesk, words: Content, fileId: string) => ({
    content: words, fileId, day: today(), drafts: draftsAbout(await drafts(), fileId), mayEdit: isWritable && mayUse('GET /noi-dung/sua', viewer.account.role),
  })

  guard.on('GET /noi-dung/tep', (asked) => showHistory(asked, asked.c.req.query('tep') ?? '', noticeOf(asked)))

  guard.on('POST /noi-dung/tep', async (asked) => {
    const [fileId, seq, why] = [asked.field('tep'), Math.trunc(Number(asked.field('ban')) || 0), wordsIn(asked, 'ly-do')]
    const { account } = asked.viewer
    if (why === '' || why.length > longestNote) return showHistory(asked, fileId, notice(why === '' ? 'Chưa ghi vì sao.' : `Lý do dài quá ${longestNote} ký tự.`, 'bad', true), 422)
    if (mayUse('POST /noi-dung/nhap/:id/dang', account.role)) {
      const done = await desk.restore(account, fileId, seq, why)
      return 'done' in done ? asked.c.redirect(`${historyPath(fileId)}&da=tro-lai`, 303) : showHistory(asked, fileId, refusalNotice(done.refused), 422)
    }
    const proposed = await desk.proposeRestore(account, fileId, seq, why)
    return 'draft' in proposed ? asked.c.redirect(`${draftPath(proposed.draft)}?da=luu`, 303) : showHistory(asked, fileId, refusalNotice(proposed.refused), 422)
  })

  async function showHistory(asked: Asked, fileId: string, telling: Html | '', status: 200 | 422 = 200): Promise<Response> {
    const words = wordsAt(await desk.files(), fileId)
    const versions = words === null ? [] : await desk.history(fileId)
    if (words === null || (words.text === null && words.lent === null && versions.length === 0)) return nothing(asked)
    const { role } = asked.viewer.account
    const body = historyPage({
      content: content(), words, versions, notice: telling, token: asked.viewer.token, drafts: draftsAbout(await desk.drafts(), fileId),
      mayEdit: desk.isWritable && mayUse('GET /noi-dung/sua', role),
      mayRestore: !desk.isWritable || !mayUse('POST /noi-dung/tep', role) ? null : mayUse('POST /noi-dung/nhap/:id/dang', role) ? 'now' : 'propose',
    })
    return asked.show({ title: `${titleOfFile(content(), words.file)}: các bản`, section, again: null }, body, status)
  }

  guard.on('GET /noi-dung/nhap/:id', (asked) => showDraft(asked, noticeOf(asked)))

  guard.on('POST /noi-dung/nhap/:id/trinh', async (asked) => {
    const said = wordsIn(asked, 'loi')
    if (said.length > longestNote) return showDraft(asked, notice(`Lời nhắn dài quá ${longestNote} ký tự.`, 'bad', true), 422)
    return after(asked, await desk.submit(asked.viewer.account, idOf(asked), versionOf(asked), said), 'trinh')
  })
  guard.on('POST /noi-dung/nhap/:id/dang', async (asked) => after(asked, await desk.publish(asked.viewer.account, idOf(asked), versionOf(asked)), 'dang'))
  guard.on('POST /noi-dung/nhap/:id/ghep', async (asked) => after(asked, await desk.rebase(asked.viewer.account, idOf(asked), versionOf(asked)), 'ghep'))
  guard.on('POST /noi-dung/nhap/:id/bo', async (asked) => after(asked, await desk.drop(asked.viewer.account, idOf(asked), versionOf(asked)), 'bo'))
  guard.on('POST /noi-dung/nhap/:id/tra-lai', async (asked) => {
    const why = wordsIn(asked, 'ly-do')
    if (why === '' || why.length > longestNote) return showDraft(asked, notice(why === '' ? 'Chưa ghi vì sao trả lại.' : `Lý do dài quá ${longestNote} ký tự.`, 'bad', true), 422)
    return after(asked, await desk.giveBack(asked.viewer.account, idOf(asked), versionOf(asked), why), 'tra-lai')
  })

  async function after(asked: Asked, done: Done, what: string): Promise<Response> {
    if ('refused' in done) return showDraft(asked, refusalNotice(done.refused), 409)
    return asked.c.redirect(what === 'dang' || what === 'bo' ? `${section}?da=${what}` : `${draftPath(idOf(asked))}?da=${what}`, 303)
  }

  async function showDraft(asked: Asked, telling: Html | '', status: 200 | 409 | 422 = 200): Promise<Response> {
    const [kept, files] = await Promise.all([desk.find(idOf(asked)), desk.files()])
    if (kept === null) return noDraft(asked, telling)
    const { account, token } = asked.viewer
    const checked = await soon(desk.check(files, kept.draft.changes))
    const body = draftPage({
      kept, content: content(), token, notice: telling, day: today(), isWritable: desk.isWritable, isAuthor: desk.isAuthor(kept.draft, account),
      checked, overtaken: desk.overtakenFiles(files, kept.draft),
      mayWrite: mayUse('POST /noi-dung/nhap/:id/trinh', account.role), mayPublish: mayUse('POST /noi-dung/nhap/:id/dang', account.role),
    })
    return asked.show({ title: kept.draft.title, section, again: checked === later ? 3 : null }, body, status)
  }

  const look = createLook(desk, content, now)
  editRoutes(guard, { desk, content, look, now })
  newArticleRoutes(guard, { desk, content, store, look, now })
  sheetRoutes(guard, { desk, now })
  questionRoutes(guard, { desk, content, store, log, now })
}

const idOf = ({ c }: Asked): string => c.req.param('id') ?? ''
const versionOf = ({ field }: Asked): number => Math.trunc(Number(field('ban')) || 0)
function filterOf({ c }: Asked): ListFilter {
  const query = (name: string): string => (c.req.query(name) ?? '').slice(0, 200)
  const state = query('tt')
  return {
    kind: query('phan') === 'kich-ban' ? 'kich-ban' : 'muc', words: clean(query('tim')).trim(), owner: query('chu'), group: query('nhom'), from: Math.max(0, Math.trunc(Number(query('tu')) || 0)),
    state: state === 'draft' || Object.hasOwn(articleStates, state) ? state : '',
  }
}

const noDraft = ({ show }: Asked, telling: Html | ''): Promise<Response> =>
  show({ title: 'Không còn bản nháp này', section, again: null }, html`<h1>Không còn bản nháp này</h1>${telling}<p>Bản nháp đã được đăng hoặc đã bị bỏ.</p><p><a href="${section}">← Tất cả nội dung</a></p>`, 404)
