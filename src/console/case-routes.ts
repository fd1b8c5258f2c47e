import { html } from 'hono/html'
import type { Article } from '../answer/article.ts'
import { askedSecrets } from '../campaign/asks-secrets.ts'
import type { Content } from '../content.ts'
import { lastOutsideAnswer } from '../conversation/staff-answers.ts'
import { commandOf } from '../core/commands.ts'
import { withoutSecrets } from '../core/mask.ts'
import { clean } from '../core/text.ts'
import type { Clock } from '../core/time.ts'
import type { Answering, Case, Cases, Closing } from './cases.ts'
import { casePage, longestAnswer, waitingPage } from './case-pages.ts'
import { notice, said, card, type Html } from './components.ts'
import { doneNotice, type DoneSentences } from './done-notice.ts'
import type { Asked, Guard } from './guard.ts'
import { casePath, waitingPath } from './paths.ts'
import { shortKey } from './show.ts'
import { talkOf, type TalkLine } from './talk.ts'

export interface CasePorts {
  cases: Cases
  content: () => Content | null
  newId: () => string
  now: Clock
}

const section = waitingPath
const isContactKey = (text: string): boolean => /^[\w-]{22}$/.test(text)

const doneSentences: DoneSentences = {
  nhan: 'Anh chị đang giữ cuộc trò chuyện này. Trợ lý tự động đã im lặng với người này.',
  'tra-loi': 'Đã nhận lời của anh chị để gửi. Trạng thái gửi hiện bên cạnh lời đó.',
  'tra-lai': 'Đã để lại cho đồng nghiệp. Trợ lý tự động trả lời trong lúc chờ.',
  dong: 'Đã đóng. Trợ lý tự động trả lời tiếp người này.',
}

const refusals: Readonly<Record<Exclude<Answering, 'sent'>, string>> = {
  lost: 'Đồng nghiệp đã tiếp quản người này nên lời của anh chị chưa được gửi.',
  overtaken: 'Trong lúc anh chị viết, một cán bộ khác đã trả lời người này trong ứng dụng của nền tảng. Hãy xem lại rồi gửi nếu vẫn cần.',
  closed_window: 'Nền tảng không cho gửi nữa: khung trả lời đã đóng. Lời của anh chị chưa được gửi.',
  gone: 'Dữ liệu của người này đã được xóa. Lời của anh chị chưa được gửi.',
}

/** `Chờ cán bộ`: take, read, answer, give back, close. */
export function caseRoutes(guard: Guard, { cases, content, newId, now }: CasePorts): void {
  guard.on('GET /cho', async (asked) =>
    asked.show({ title: 'Chờ cán bộ', section, again: 30 }, waitingPage({ cases: await cases.list(), me: asked.viewer.account.name, now: now(), notice: doneNotice(asked, doneSentences) })))

  guard.on('GET /cho/:key', async (asked) => {
    const one = await caseOf(asked)
    if (one === null) return nobody(asked)
    const saved = content()?.savedReplies.find(({ id }) => id === asked.c.req.query('mau'))
    return showCase(asked, one, { draft: saved?.text ?? '', error: null, told: doneNotice(asked, doneSentences) })
  })

  guard.on('POST /cho/:key/nhan', async (asked) => {
    const one = await caseOf(asked)
    if (one === null) return nobody(asked)
    const reason = clean(asked.field('ly-do')).trim().slice(0, 300)
    const claiming = await cases.claim(one.contactKey, asked.viewer.account, reason === '' ? null : reason)
    if (claiming.done) return asked.c.redirect(`${casePath(one.contactKey)}?da=nhan`, 303)
    return showCase(asked, await cases.find(one.contactKey) ?? one, { draft: '', error: null, told: notice(html`<bdi>${claiming.heldBy}</bdi> đã nhận người này trước anh chị.`, 'warn', true) }, 409)
  })

  guard.on('POST /cho/:key/tra-loi', async (asked) => {
    const one = await caseOf(asked)
    if (one === null) return nobody(asked, asked.field('loi'))
    const [text, article] = [clean(asked.field('loi')).trim(), asked.field('muc')]
    const fault = article !== '' ? (content()?.articles.has(article) === true ? null : 'Mục này không còn.') : faultOf(text)
    if (fault !== null) return showCase(asked, one, { draft: text, error: fault, told: '' }, 422)
    const guards = { once: asked.field('lan').replace(/[^\w-]/g, '').slice(0, 64) || newId(), seenAnswer: Number(asked.field('da-thay')) || 0 }
    const end = await cases.answer(one.contactKey, asked.viewer.account, article === '' ? { text } : { article }, guards)
    if (end === 'sent') return asked.c.redirect(`${casePath(one.contactKey)}?da=tra-loi`, 303)
    return showCase(asked, await cases.find(one.contactKey) ?? one, { draft: text, error: null, told: notice(refusals[end], 'bad', true) }, 409)
  })

  guard.on('POST /cho/:key/tra-lai', async (asked) => leave(asked, 'tra-lai', async (key) => (await cases.release(key, asked.viewer.account)) ? 'closed' : 'lost'))
  guard.on('POST /cho/:key/dong', async (asked) => leave(asked, 'dong', (key) => cases.close(key, asked.viewer.account, Number(asked.field('da-doc')) || 0)))

  async function leave(asked: Asked, what: 'tra-lai' | 'dong', how: (contactKey: string) => Promise<Closing>): Promise<Response> {
    const one = await caseOf(asked)
    if (one === null) return nobody(asked)
    const end = await how(one.contactKey)
    if (end === 'closed') return asked.c.redirect(`${section}?da=${what}`, 303)
    const told = end === 'unread' ? 'Người dân vừa nhắn thêm, tin mới ở dưới. Trả lời, hoặc bấm “Xong” lần nữa nếu không cần.' : 'Người này không do anh chị giữ.'
    return showCase(asked, await cases.find(one.contactKey) ?? one, { draft: '', error: null, told: notice(told, 'warn', true) }, 409)
  }

  async function caseOf({ c }: Asked): Promise<Case | null> {
    const key = c.req.param('key') ?? ''
    return isContactKey(key) ? cases.find(key) : null
  }

  async function showCase(asked: Asked, one: Case, { draft, error, told: telling }: { draft: string; error: string | null; told: Html | '' }, status: 200 | 409 | 422 = 200): Promise<Response> {
    const kept = await cases.read(one.contactKey, asked.viewer.account)
    const talk = kept === null ? null : talkOf(kept)
    const searched = (asked.c.req.query('tim') ?? '').slice(0, 200)
    const body = casePage({
      one, talk, seenAnswer: kept === null ? 0 : lastOutsideAnswer(kept), draft, error, searched, me: asked.viewer.account.name, token: asked.viewer.token, now: now(), once: newId(), notice: telling,
      savedReplies: content()?.savedReplies ?? [],
      articles: talk === null ? [] : await articlesFor(searched === '' ? lastWords(talk) : searched),
    })
    const unsent = talk === null && draft !== '' ? card('Lời chưa gửi của anh chị', said(draft)) : ''
    return asked.show({ title: `Mã ${shortKey(one.contactKey)}`, section, again: null }, html`${unsent}${body}`, status)
  }

  /** What retrieval finds for these words: it stays on this machine. */
  async function articlesFor(words: string): Promise<Article[]> {
    const known = content()
    if (known === null || words === '') return []
    const { candidates, article } = await known.answerer.answer(words, { now: now(), lastArticle: null })
    const ids = new Set([...(article === null ? [] : [article]), ...candidates.map((candidate) => candidate.article)])
    return [...ids].flatMap((id) => known.articles.get(id) ?? []).slice(0, 4)
  }
}

const nobody = ({ show }: Asked, draft = ''): Promise<Response> => show({ title: 'Không còn chờ', section, again: null }, html`<h1>Không còn chờ</h1>
${notice('Người này không còn chờ cán bộ: đã được đóng, hoặc dữ liệu đã được xóa.', 'warn')}${draft === '' ? '' : card('Lời chưa gửi của anh chị', said(draft))}
<p><a href="${section}">← Tất cả người chờ</a></p>`, 404)

function faultOf(text: string): string | null {
  if (text === '') return 'Chưa viết gì.'
  const [asked] = askedSecrets(text)
  if (asked !== undefined) return `Cơ quan nhà nước không xin mã, mật khẩu, số giấy tờ qua tin nhắn: “${asked}”. Hãy viết lại.`
  if (withoutSecrets(text, '') !== text) return 'Lời có mã OTP, mật khẩu, số thẻ hoặc số giấy tờ. Không gửi những thứ này qua tin nhắn: hãy bỏ đi, hoặc chỉ ghi vài số cuối.'
  return text.length > longestAnswer ? `Lời dài quá ${longestAnswer} ký tự.` : null
}

/** What the citizen asked last; "gặp cán bộ" and the like ask nothing. */
const lastWords = (talk: readonly TalkLine[]): string => talk.findLast(({ by, text }) => by === 'citizen' && commandOf(text) === null)?.text ?? ''
