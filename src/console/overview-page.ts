import { html } from 'hono/html'
import type { AccountState } from '../channels/account-state.ts'
import type { TokenHealth } from '../channels/token-health.ts'
import type { StaffRole } from '../campaign/life.ts'
import type { Content } from '../content.ts'
import type { Problem } from '../core/problem.ts'
import { MINUTE, type Millis } from '../core/time.ts'
import { card, figures, live, notice, table, tag, todoList, type Html, type Tone } from './components.ts'
import type { Overview } from './overview.ts'
import { commentsPath, mayUse, root } from './paths.ts'
import { accountTitle, figure, moment, span } from './show.ts'

/** `Tổng quan`: the first thing an officer sees. `refused`: why files that were saved are not in use. */
export function overviewPage(seen: Overview, { role, content, refused, now }: { role: StaffRole; content: Content | null; refused: readonly Problem[]; now: Millis }): Html {
  const alerts = [...refusedFiles(refused), ...alertsOf(seen)]
  return html`<h1>Tổng quan</h1>
${content === null ? notice('Nội dung đang được đọc, trang sẽ đầy đủ sau ít phút.', 'warn') : ''}
${live('tong-quan', html`
<p class="soft small">Lúc ${moment(now)}</p>
<div class="grid">
${card('Việc đang chờ', todoList(needsOf(seen, role), 'Không có việc nào đang chờ.'))}
${card('Cảnh báo', todoList(alerts, 'Không có cảnh báo nào.'))}
</div>
${card('Hôm nay', html`${figures([
    { count: figure(seen.today.turns), of: 'lượt trò chuyện' },
    { count: figure(seen.today.answered), of: 'câu hỏi được trả lời' },
    { count: figure(seen.today.unanswered), of: 'câu chưa có mục trả lời' },
    { count: figure(seen.today.handovers), of: 'lượt chuyển cán bộ' },
    { count: figure(seen.today.helpful), of: 'lượt “có ích”' },
    { count: figure(seen.today.notHelpful), of: 'lượt “chưa đúng ý”' },
  ])}<p class="soft small">Hôm qua cả ngày: ${figure(seen.yesterday.turns)} lượt trò chuyện, ${figure(seen.yesterday.answered)} câu được trả lời, ${figure(seen.yesterday.handovers)} lượt chuyển cán bộ.</p>`)}
${card('Tài khoản kênh', accountsTable(seen, now))}`)}`
}

function needsOf({ needs }: Overview, role: StaffRole): { what: string; more?: string; tone?: Tone; path?: string | null }[] {
  const toWaiting = mayUse('GET /cho', role) ? `${root}/cho` : null
  const { count, dueAt } = needs.dataRequests
  return [
    { of: needs.waiting, what: `${figure(needs.waiting)} người đang chờ cán bộ`, path: toWaiting, tone: 'warn' as const },
    { of: needs.comments, what: `${figure(needs.comments)} bình luận chưa trả lời`, path: mayUse('GET /binh-luan', role) ? commentsPath : null },
    { of: count, what: `${figure(count)} yêu cầu về dữ liệu cá nhân`, more: dueAt === null ? '' : `hạn ${moment(dueAt - MINUTE).slice(0, 10)}`, tone: 'bad' as const, path: mayUse('GET /du-lieu', role) ? `${root}/du-lieu` : null },
    { of: needs.drafts, what: `${figure(needs.drafts)} thay đổi nội dung chờ người thứ hai đăng`, tone: 'warn' as const, path: `${root}/noi-dung` },
    { of: needs.submitted, what: `${figure(needs.submitted)} đợt tuyên truyền chờ duyệt`, tone: 'warn' as const, path: `${root}/dot` },
    { of: mayUse('GET /dot-moi', role) ? needs.returned : 0, what: `${figure(needs.returned)} đợt tuyên truyền bị trả lại, cần sửa`, path: `${root}/dot` },
    { of: mayUse('GET /noi-dung/sua', role) ? needs.returnedDrafts : 0, what: `${figure(needs.returnedDrafts)} bản nháp nội dung bị trả lại, cần sửa`, path: `${root}/noi-dung` },
    { of: needs.corrections, what: `${figure(needs.corrections)} đề nghị đính chính, thu hồi chờ người thứ hai`, tone: 'bad' as const, path: `${root}/dot` },
    { of: needs.paused, what: `${figure(needs.paused)} đợt tuyên truyền đang tạm dừng`, tone: 'warn' as const, path: `${root}/dot` },
    { of: needs.running, what: `${figure(needs.running)} đợt tuyên truyền đang chạy`, path: `${root}/dot` },
    { of: needs.expired, what: `${figure(needs.expired)} mục hỏi–đáp quá hạn rà soát, đang không được trả lời`, tone: 'bad' as const, path: `${root}/noi-dung?tt=expired` },
    { of: needs.due, what: `${figure(needs.due)} mục hỏi–đáp sắp đến hạn rà soát (14 ngày)`, path: `${root}/noi-dung?tt=due` },
    { of: needs.unanswered, what: `${figure(needs.unanswered)}${needs.unanswered === 500 ? '+' : ''} câu hỏi chưa có mục trả lời`, path: `${root}/noi-dung/cau-hoi` },
  ].filter(({ of }) => of > 0)
}

/** What each alarm means; those of accounts stand with the accounts. */
const alarmTexts: Readonly<Record<string, string>> = {
  backlog: 'Tin nhắn đang bị dồn.', dead: 'Có tin nhắn không xử lý được. Quản trị chạy lệnh doctor để xem.', disk: 'Ổ đĩa sắp đầy.',
  unauthorized: 'Nhiều yêu cầu vào webhook sai chữ ký. Kiểm tra khóa bí mật của kênh.', backups: 'Bản sao lưu quá hạn không xóa được.',
  silence: 'Nhiều giờ không nhận được tin nhắn nào. Kiểm tra webhook.', automatic: 'Nền tảng đã tự động trả lời thay cán bộ. Tắt tin tự động trong trang quản lý.',
  token: 'Mã truy cập sắp hết hạn hoặc thiếu quyền. Quản trị chạy lệnh doctor để xem.',
  account: 'Không gửi được tin. Quản trị cấp quyền lại.',
}

/** Whoever saved a file has to learn that citizens do not hear it. */
function refusedFiles(refused: readonly Problem[]): { what: string; tone: Tone; path: string }[] {
  const files = [...new Set(refused.map(({ file }) => file.slice(file.lastIndexOf('/') + 1)))]
  const named = `${files.slice(0, 3).join(', ')}${files.length > 3 ? ` và ${figure(files.length - 3)} tệp khác` : ''}`
  return files.length === 0 ? [] : [{ what: `Tệp vừa sửa có lỗi nên chưa được dùng: ${named}. Xem lỗi và cách sửa.`, tone: 'bad', path: `${root}/noi-dung` }]
}

function alertsOf({ alarms }: Overview): { what: string; tone: Tone; more?: string }[] {
  return alarms.map((name) => {
    const [kind = '', ...rest] = name.split(':')
    const account = rest.join(':')
    return { what: alarmTexts[kind] ?? `Cảnh báo: ${kind}`, tone: 'bad' as const, ...(/^(zalo|facebook|telegram):/.test(account) ? { more: accountTitle(account as `zalo:${string}`) } : {}) }
  })
}

const stateTexts: Readonly<Record<AccountState['status'], { text: string; tone: Tone }>> = {
  ok: { text: 'Gửi và nhận bình thường', tone: 'good' }, needs_consent: { text: 'Hết quyền, cần cấp lại', tone: 'bad' },
  revoked: { text: 'Bị thu hồi quyền', tone: 'bad' }, blocked: { text: 'Bị chặn gửi', tone: 'bad' },
}

function tokenText(token: TokenHealth, now: Millis): Html | string {
  if (token.renews) return `tự gia hạn, kỳ này đến ${moment(token.until)}`
  return token.until <= now ? tag('Đã hết hạn, cần cấp lại', 'bad') : tag(`Hết hạn ${moment(token.until)}, cần cấp lại`, 'warn')
}

function accountsTable({ accounts }: Overview, now: Millis): Html {
  if (accounts.length === 0) return html`<p class="soft">Chưa có tài khoản kênh nào.</p>`
  return table('Trạng thái và quyền gửi tin', ['Tài khoản', 'Trạng thái', 'Quyền gửi tin', 'Tin cuối nhận được'], accounts.map(({ account, state, token, lastEventAt }) => {
    const { text, tone } = stateTexts[state.status]
    return [
      accountTitle(account),
      html`${tag(text, tone)}${state.code === null ? '' : html` <span class="soft">mã ${state.code}</span>`}${state.since === 0 ? '' : html` <span class="soft">từ ${moment(state.since)}</span>`}${state.worksUntil === null ? '' : html` <span class="soft">còn gửi được đến ${moment(state.worksUntil)}</span>`}`,
      token === null ? (account.startsWith('zalo:') ? 'chưa có' : 'không tự hết hạn') : tokenText(token, now),
      lastEventAt === null ? 'chưa có' : `${span(now - lastEventAt)} trước`,
    ]
  }))
}
