import { html } from 'hono/html'
import { clean } from '../core/text.ts'
import type { CampaignDesk, PageAction } from './campaign-desk.ts'
import { pageActions } from './campaign-desk.ts'
import { actionSteps, campaignPage, listPage, progressPage, reasonField, uncertainPage } from './campaign-pages.ts'
import { capital } from './campaign-words.ts'
import { notice, type Html } from './components.ts'
import type { Asked, Guard } from './guard.ts'
import { campaignPath, mayUse, root, type Route } from './paths.ts'

export const section = `${root}/dot`

/** What was just done, told on the page that follows. */
const told: Readonly<Record<string, string>> = {
  trinh: 'Đã trình duyệt. Người duyệt thấy đợt này ở trang Tổng quan.', duyet: 'Đã duyệt. Đợt tự chạy khi đến giờ của bài đầu.', 'tra-lai': 'Đã trả lại người soạn.',
  'tam-dung': 'Đã tạm dừng. Tin đang gửi dở thì gửi nốt, tin chưa gửi thì chờ.', 'chay-tiep': 'Đợt chạy tiếp.', huy: 'Đã hủy đợt. Tin chưa gửi sẽ không gửi.', luu: 'Đã lưu bản nháp.',
  'gui-lai': 'Đã xếp gửi lại.', 'de-nguyen': 'Đã ghi là để nguyên.',
}
const noticeOf = ({ c }: Asked): Html | '' => {
  const query = c.req.query('da') ?? ''
  return Object.hasOwn(told, query) ? notice(told[query]!, 'good') : ''
}

/** Sentences for people, one below the other. */
export const refusalNotice = (refused: readonly string[]): Html => notice(html`${refused.map((why) => html`<bdi>${capital(why)}</bdi><br>`)}`, 'bad', true)

const longestReason = 300

/** `Đợt tuyên truyền`: see, submit, approve, return, pause, resume, cancel, settle. Making one is in `campaign-new.ts`. */
export function campaignRoutes(guard: Guard, desk: CampaignDesk): void {
  guard.on('GET /dot', async ({ c, viewer, show }) => {
    const from = Math.max(0, Math.trunc(Number(c.req.query('tu')) || 0))
    return show({ title: 'Đợt tuyên truyền', section, again: 60 }, listPage({ ...(await desk.list(viewer.account, from)), from, mayWrite: mayUse('GET /dot-moi', viewer.account.role) }))
  })

  guard.on('GET /dot/:id', (asked) => showCampaign(asked, noticeOf(asked)))

  guard.on('GET /dot/:id/tien-do', async (asked) => {
    const seen = await desk.find(idOf(asked), asked.viewer.account)
    if (seen === null) return nothing(asked)
    return asked.show({ title: 'Tiến độ', section, again: seen.record.status === 'running' ? 10 : null }, progressPage(seen))
  })

  for (const action of pageActions) guard.on(routeOf[action], (asked) => act(asked, action))

  guard.on('GET /dot/:id/chua-ro', (asked) => showUncertain(asked, noticeOf(asked)))

  guard.on('POST /dot/:id/chua-ro', async (asked) => {
    const id = idOf(asked)
    const how = asked.field('viec') === 'gui-lai' ? 'send_again' : asked.field('viec') === 'de-nguyen' ? 'leave' : null
    if (how === null) return showUncertain(asked, notice('Chọn gửi lại hoặc để nguyên.', 'warn', true), 422)
    if (await desk.settle(id, asked.field('luot'), how, asked.viewer.account)) return asked.c.redirect(`${campaignPath(id)}/chua-ro?da=${asked.field('viec')}`, 303)
    return showUncertain(asked, notice('Chưa ghi được: lượt gửi này không còn chưa rõ, hoặc đợt không còn chạy.', 'warn', true), 409)
  })

  async function act(asked: Asked, action: PageAction): Promise<Response> {
    const [id, { path, needsReason }] = [idOf(asked), actionSteps[action]]
    const why = clean(asked.field(reasonField(action))).trim()
    if (needsReason && why === '') return showCampaign(asked, notice('Chưa ghi lý do.', 'bad', true), 422)
    if (why.length > longestReason) return showCampaign(asked, notice(`Lý do dài quá ${longestReason} ký tự.`, 'bad', true), 422)
    // Without the hash of a page nothing was seen; an empty one is no campaign's.
    const done = await desk.act(id, action, asked.viewer.account, why, asked.field('da-xem'))
    return 'done' in done ? asked.c.redirect(`${campaignPath(id)}?da=${path}`, 303) : showCampaign(asked, refusalNotice(done.refused), 409)
  }

  async function showCampaign(asked: Asked, telling: Html | '', status: 200 | 409 | 422 = 200): Promise<Response> {
    const { viewer: { account, token } } = asked
    const seen = await desk.find(idOf(asked), account)
    if (seen === null) return nothing(asked)
    return asked.show({ title: seen.campaign.name, section, again: null }, campaignPage({
      seen, token, notice: telling, mayEdit: mayUse('POST /dot-moi', account.role), maySettle: mayUse('POST /dot/:id/chua-ro', account.role),
    }), status)
  }

  async function showUncertain(asked: Asked, telling: Html | '', status: 200 | 409 | 422 = 200): Promise<Response> {
    const { viewer: { account, token } } = asked
    const seen = await desk.find(idOf(asked), account)
    if (seen === null) return nothing(asked)
    const { record: { id, status: at }, campaign: { name } } = seen
    return asked.show({ title: 'Chưa rõ', section, again: null }, uncertainPage({
      id, name, token, notice: telling, rows: await desk.uncertain(id, account), maySendAgain: at === 'running' || at === 'paused',
    }), status)
  }
}

const routeOf = {
  submit: 'POST /dot/:id/trinh', approve: 'POST /dot/:id/duyet', return: 'POST /dot/:id/tra-lai', pause: 'POST /dot/:id/tam-dung', resume: 'POST /dot/:id/chay-tiep', cancel: 'POST /dot/:id/huy',
} as const satisfies Record<PageAction, Route>

const idOf = ({ c }: Asked): string => c.req.param('id') ?? ''

const nothing = ({ show }: Asked): Promise<Response> =>
  show({ title: 'Không có đợt này', section, again: null }, html`<h1>Không có đợt này</h1><p><a href="${section}">← Tất cả các đợt</a></p>`, 404)
