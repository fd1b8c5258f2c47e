import { html } from 'hono/html'
import { exposesNumbers } from '../core/exposed.ts'
import { clean } from '../core/text.ts'
import type { Clock } from '../core/time.ts'
import { notice, type Html } from './components.ts'
import { answerField, commentsPage, longestAnswer, refusalOf, wayOf, type CommentsView } from './comments-page.ts'
import type { Comments, NotAnswered, Way } from './comments.ts'
import { doneNotice, type DoneSentences } from './done-notice.ts'
import type { Asked, Guard } from './guard.ts'
import { commentsPath } from './paths.ts'

const doneSentences: DoneSentences = {
  rieng: 'Đã gửi lời nhắn riêng.', 'cong-khai': 'Đã đăng lời trả lời công khai.', xong: 'Đã ghi là không cần trả lời.', 'chua-ro': { warn: 'Facebook không trả lời kịp nên chưa rõ lời đã đến chưa. Mở trên Facebook xem trước khi gửi lại.' },
}

/** `Bình luận`: read, reply to one person, answer for everybody, put aside. */
export function commentsRoutes(guard: Guard, { comments, now }: { comments: Comments; now: Clock }): void {
  guard.on('GET /binh-luan', (asked) => show(asked, { notice: doneNotice(asked, doneSentences), draft: null }))
  guard.on('POST /binh-luan/:key/rieng', (asked) => answer(asked, 'rieng'))
  guard.on('POST /binh-luan/:key/cong-khai', (asked) => answer(asked, 'cong-khai'))
  guard.on('POST /binh-luan/:key/xong', async (asked) => {
    if (await comments.close(keyOf(asked), asked.viewer.account)) return back(asked, 'xong')
    return show(asked, { notice: notice(gone, 'warn', true), draft: null }, 404)
  })

  async function answer(asked: Asked, path: 'rieng' | 'cong-khai'): Promise<Response> {
    const [key, way] = [keyOf(asked), wayOf(path)!]
    const text = clean(asked.field(answerField(key, way))).trim()
    const fault = faultOf(text, way)
    if (fault !== null) return show(asked, { notice: '', draft: { key, way, text, error: fault } }, 422)
    const end = await comments.answer(key, way, text, asked.viewer.account, asked.field('gui-lai') === '1')
    if (end.end === 'sent') return back(asked, path)
    if (end.end === 'uncertain') return back(asked, 'chua-ro')
    return show(asked, { notice: notice(refusal(end), 'bad', true), draft: { key, way, text, error: null } }, end.end === 'gone' ? 404 : 409)
  }

  async function show(asked: Asked, view: Pick<CommentsView, 'notice' | 'draft'>, status: 200 | 404 | 409 | 422 = 200): Promise<Response> {
    const { account, token } = asked.viewer
    return asked.show({ title: 'Bình luận', section: commentsPath, again: null }, commentsPage({ comments: await comments.list(account), token, from: fromOf(asked), now: now(), ...view }), status)
  }
}

const fromOf = ({ c, field }: Asked): number => Math.max(0, Math.trunc(Number(c.req.method === 'POST' ? field('tu') : c.req.query('tu')) || 0))
const back = (asked: Asked, done: string): Response => asked.c.redirect(`${commentsPath}?${fromOf(asked) > 0 ? `tu=${fromOf(asked)}&` : ''}da=${done}`, 303)

const gone = 'Bình luận này không còn được lưu.'

function refusal(end: NotAnswered): Html | string {
  switch (end.end) {
    case 'gone': return gone
    case 'taken': return 'Đồng nghiệp đã trả lời hoặc đang gửi. Lời của anh chị chưa được gửi.'
    case 'late': return 'Đã quá 7 ngày, Facebook không nhận lời nhắn riêng nữa. Lời của anh chị chưa được gửi.'
    case 'failed': return html`Lời của anh chị chưa được gửi. ${refusalOf(end.outcome, end.code)}`
  }
}

function faultOf(text: string, way: Way): string | null {
  if (text === '') return 'Chưa viết gì.'
  if (text.length > longestAnswer) return `Dài quá ${longestAnswer} ký tự.`
  return way === 'publicly' && exposesNumbers(text) ? 'Lời công khai có dãy số như số điện thoại, số giấy tờ. Bỏ đi, hoặc nhắn riêng; đường dây nóng ngắn như 1022 thì được.' : null
}

const keyOf = ({ c }: Asked): string => c.req.param('key') ?? ''
