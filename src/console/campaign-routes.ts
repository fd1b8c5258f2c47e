import { handReach } from '../campaign/settlement.ts'
import { clean } from '../core/text.ts'
import { vietnamDay, type Clock } from '../core/time.ts'
import type { Settlement } from '../store/campaign-ports.ts'
import type { CampaignDesk, PageAction } from './campaign-desk.ts'
import { pageActions } from './campaign-desk.ts'
import { actionSteps, campaignPage, listPage, progressPage, reasonField, uncertainPage } from './campaign-pages.ts'
import { reachAgain } from './campaign-figures.ts'
import { longestReason, nothing, refusalNotice, section, type ShowCampaign } from './campaign-common.ts'
import { typed } from './campaign-keep.ts'
import { notice, type Html } from './components.ts'
import { doneNotice, type DoneSentences } from './done-notice.ts'
import type { Asked, Guard } from './guard.ts'
import { campaignPath, mayUse, type Route } from './paths.ts'

const doneSentences: DoneSentences = {
  trinh: 'Đã trình duyệt. Người duyệt thấy đợt này ở trang Tổng quan.', duyet: 'Đã duyệt. Đợt tự chạy khi đến giờ của bài đầu.', 'tra-lai': 'Đã trả lại người soạn.',
  'tam-dung': 'Đã tạm dừng. Tin đang gửi dở thì gửi nốt, tin chưa gửi thì chờ.', 'chay-tiep': 'Đợt chạy tiếp.', huy: 'Đã hủy đợt. Tin chưa gửi sẽ không gửi.', luu: 'Đã lưu bản nháp.',
  'gui-lai': 'Đã xếp gửi lại.', 'de-nguyen': 'Đã ghi là để nguyên.', 'da-len': 'Đã ghi là bài đã lên.', 'khong-len': 'Đã ghi là bài không lên.', 'dang-lai': 'Đã xếp đăng lại.', 'tiep-can': 'Đã ghi số người tiếp cận.',
  chep: 'Đã chép thành đợt mới, ở dạng bản nháp.', 'de-nghi-correct': 'Đã đề nghị đính chính. Người thứ hai xác nhận ở trang của đợt này.', 'de-nghi-recall': 'Đã đề nghị thu hồi. Người thứ hai xác nhận ở trang của đợt này.',
  'xac-nhan-correct': 'Đã xác nhận. Hệ thống đang đính chính từng bài.', 'xac-nhan-recall': 'Đã xác nhận. Hệ thống đang thu hồi từng bài.', 'bo-dinh-chinh': 'Đã bỏ đề nghị.',
}

/** `Đợt tuyên truyền`: see, submit, approve, return, pause, resume, cancel, settle. Making one is in `campaign-new.ts`. */
export function campaignRoutes(guard: Guard, desk: CampaignDesk, now: Clock): { showCampaign: ShowCampaign } {
  const showCampaign: ShowCampaign = async (asked, telling, status = 200) => {
    const { viewer: { account, token } } = asked
    const seen = await desk.find(idOf(asked), account)
    if (seen === null) return nothing(asked)
    const may = (route: Route): boolean => mayUse(route, account.role)
    return asked.show({ title: seen.campaign.name, section, again: null }, campaignPage({
      seen, token, notice: telling, today: vietnamDay(now()), mayEdit: may('POST /dot-moi'), maySettle: may('POST /dot/:id/chua-ro'), mayTry: may('POST /dot/:id/gui-thu'), maySeeRecipients: may('GET /dot/:id/nguoi-nhan'),
    }), status)
  }

  guard.on('GET /dot', async ({ c, viewer, show }) => {
    const from = Math.max(0, Math.trunc(Number(c.req.query('tu')) || 0))
    return show({ title: 'Đợt tuyên truyền', section, again: 60 }, listPage({ ...(await desk.list(viewer.account, from)), from, mayWrite: mayUse('GET /dot-moi', viewer.account.role), mayKeepPhones: mayUse('GET /dot-may', viewer.account.role) }))
  })

  guard.on('GET /dot/:id', (asked) => showCampaign(asked, doneNotice(asked, doneSentences)))

  guard.on('GET /dot/:id/tien-do', async (asked) => {
    const seen = await desk.progress(idOf(asked))
    if (seen === null) return nothing(asked)
    return asked.show({ title: 'Tiến độ', section, again: seen.record.status === 'running' ? 10 : null }, progressPage(seen))
  })

  for (const action of pageActions) guard.on(routeOf[action], (asked) => act(asked, action))

  guard.on('GET /dot/:id/chua-ro', (asked) => showUncertain(asked, doneNotice(asked, doneSentences)))

  guard.on('POST /dot/:id/chua-ro', async (asked) => {
    const [id, delivery, publication, what] = [idOf(asked), asked.field('luot'), asked.field('bai-dang'), asked.field('viec')]
    const settlement: Settlement | null = delivery !== '' && Object.hasOwn(deliveryWays, what) ? { kind: 'delivery', id: delivery, how: deliveryWays[what as keyof typeof deliveryWays] }
      : publication !== '' && Object.hasOwn(publicationWays, what) ? { kind: 'publication', id: publication, how: publicationWays[what as keyof typeof publicationWays] } : null
    if (settlement === null) return showUncertain(asked, notice('Chọn một trong các nút.', 'warn', true), 422)
    const done = await desk.settle(id, settlement, asked.viewer.account, '')
    return 'done' in done ? asked.c.redirect(`${campaignPath(id)}/chua-ro?da=${what}`, 303) : showUncertain(asked, refusalNotice(done.refused), 409)
  })

  guard.on('POST /dot/:id/tiep-can', async (asked) => {
    const [id, publication, today] = [idOf(asked), asked.field('bai-dang'), vietnamDay(now())]
    const given = { number: typed(asked, 'so-nguoi'), again: typed(asked, 'so-nguoi-lai'), day: typed(asked, 'ngay') || today }
    const noted = handReach(given, asked.viewer.account.name, today)
    if ('refused' in noted) return showCampaign(asked, notice(noted.refused, 'bad', true), 422)
    if ('unlikely' in noted) return showCampaign(asked, reachAgain(id, { publication, value: noted.unlikely, day: given.day }, asked.viewer.token), 422)
    const done = await desk.settle(id, { kind: 'reach', id: publication, ...noted }, asked.viewer.account, '')
    return 'done' in done ? asked.c.redirect(`${campaignPath(id)}?da=tiep-can`, 303) : showCampaign(asked, refusalNotice(done.refused), 409)
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

  async function showUncertain(asked: Asked, telling: Html | '', status: 200 | 409 | 422 = 200): Promise<Response> {
    const { viewer: { account, token } } = asked
    const seen = await desk.find(idOf(asked), account)
    if (seen === null) return nothing(asked)
    const { record: { id, status: at }, campaign: { name } } = seen
    return asked.show({ title: 'Chưa rõ', section, again: null }, uncertainPage({
      id, name, token, notice: telling, rows: await desk.uncertain(id, account), publications: seen.publications.filter(({ status: one }) => one === 'uncertain'), titleOf: (post) => seen.campaign.posts.find((each) => each.id === post)?.title ?? post,
      maySendAgain: ['running', 'paused', 'finished'].includes(at), finished: at === 'finished',
    }), status)
  }
  return { showCampaign }
}

const deliveryWays = { 'gui-lai': 'send_again', 'de-nguyen': 'leave' } as const
const publicationWays = { 'da-len': 'published', 'khong-len': 'not_published', 'dang-lai': 'publish_again' } as const

const routeOf = {
  submit: 'POST /dot/:id/trinh', approve: 'POST /dot/:id/duyet', return: 'POST /dot/:id/tra-lai', pause: 'POST /dot/:id/tam-dung', resume: 'POST /dot/:id/chay-tiep', cancel: 'POST /dot/:id/huy',
} as const satisfies Record<PageAction, Route>

const idOf = ({ c }: Asked): string => c.req.param('id') ?? ''
