import { html } from 'hono/html'
import { contentOf } from '../campaign/world.ts'
import { writeCsv } from '../content/sheets/csv.ts'
import type { CampaignRecord, LedgerCount } from '../core/campaign.ts'
import { accountFrom } from '../core/contact.ts'
import type { Clock } from '../core/time.ts'
import type { Recipient, RecipientFilter } from '../store/campaign-ports.ts'
import type { Store } from '../store/ports.ts'
import type { AccessLog } from './access-log.ts'
import { typed } from './campaign-keep.ts'
import { longestReason, nothing, section } from './campaign-common.ts'
import { reasonName } from '../campaign/reason-words.ts'
import { button, card, form, hidden, notice, selectField, table, textField, type Html } from './components.ts'
import type { Asked, Guard } from './guard.ts'
import { campaignPath } from './paths.ts'
import { accountTitle, channelTitles, figure, moment, shortKey } from './show.ts'

export interface RecipientPorts {
  store: Pick<Store, 'loadCampaign' | 'readLedger' | 'listRecipients'>
  log: AccessLog
  now: Clock
}

type Outcome = LedgerCount['status']
const outcomes: Readonly<Record<Outcome, string>> = { sent: 'Đã gửi', skipped: 'Bỏ qua', failed: 'Lỗi', uncertain: 'Chưa rõ', queued: 'Đang chờ', sending: 'Đang gửi' }
const isOutcome = (text: string): text is Outcome => Object.hasOwn(outcomes, text)

const pageSize = 100
const batchSize = 1_000

/** Whom a campaign was planned for and what came of it, row by row: looking and taking it away are logged, taking away with a reason. */
export function recipientRoutes(guard: Guard, { store, log, now }: RecipientPorts): void {
  guard.on('GET /dot/:id/nguoi-nhan', async (asked) => {
    const found = await filterOf(asked, (name) => asked.c.req.query(name) ?? '')
    return found === null ? nothing(asked) : show(asked, found, '')
  })

  guard.on('POST /dot/:id/nguoi-nhan', async (asked) => {
    const found = await filterOf(asked, asked.field)
    if (found === null) return nothing(asked)
    const reason = typed(asked, 'ly-do')
    if (reason === '' || reason.length > longestReason) return show(asked, found, notice(`Ghi lý do tải về, dài nhất ${longestReason} ký tự.`, 'bad', true), 422)
    const { filter } = found
    await log.append({ at: now(), who: asked.viewer.account.name, action: 'recipients_exported', about: tellFilter(filter), count: await countOf(filter), reason })
    return asked.c.body(csvOf(filter), 200, {
      'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="nguoi-nhan-${filter.campaign}.csv"`, 'x-content-type-options': 'nosniff',
    })
  })

  async function filterOf({ c }: Asked, field: (name: string) => string): Promise<{ record: CampaignRecord; filter: RecipientFilter } | null> {
    const record = await store.loadCampaign(c.req.param('id') ?? '')
    if (record === null) return null
    const [post, outcome, reason] = [field('bai'), field('ket-qua'), field('vi-sao')]
    const known = contentOf(record).posts.some(({ id }) => id === post)
    return { record, filter: { campaign: record.id, post: known ? post : null, status: isOutcome(outcome) ? outcome : null, reason: reason === '' ? null : reason } }
  }

  async function countOf({ campaign, post, status, reason }: RecipientFilter): Promise<number> {
    const rows = (await store.readLedger({ campaign })).filter((row) => (post === null || row.post === post) && (status === null || row.status === status) && (reason === null || row.reason === reason))
    return rows.reduce((sum, { count }) => sum + count, 0)
  }

  /** Written while it is read: a hundred thousand rows are never in memory together. */
  function csvOf(filter: RecipientFilter): ReadableStream<Uint8Array> {
    const encoder = new TextEncoder()
    let after: string | null = null
    let isFirst = true
    return new ReadableStream({
      async pull(controller) {
        const rows = await store.listRecipients(filter, after, batchSize)
        const lines = writeCsv([...(isFirst ? [csvHead] : []), ...rows.map(csvRow)])
        if (isFirst || rows.length > 0) controller.enqueue(encoder.encode(isFirst ? lines : lines.slice(1)))
        isFirst = false
        after = rows.at(-1)?.id ?? after
        if (rows.length < batchSize) controller.close()
      },
    })
  }

  async function show(asked: Asked, { record, filter }: { record: CampaignRecord; filter: RecipientFilter }, told: Html | '', status: 200 | 422 = 200): Promise<Response> {
    const query = asked.c.req.query('sau') ?? ''
    const after = query.startsWith(`${filter.campaign}/`) ? query : null
    const rows = await store.listRecipients(filter, after, pageSize)
    await log.append({ at: now(), who: asked.viewer.account.name, action: 'recipients_read', about: tellFilter(filter), count: rows.length, reason: '' })
    return asked.show({ title: 'Người nhận', section, again: null }, recipientPage({ record, filter, rows, count: await countOf(filter), told, token: asked.viewer.token }), status)
  }
}

/** For the log: `hop-dan, bài moi-hop, bỏ qua, đã dừng nhận tin`. */
const tellFilter = ({ campaign, post, status, reason }: RecipientFilter): string =>
  [campaign, post === null ? 'mọi bài' : `bài ${post}`, status === null ? 'mọi kết quả' : outcomes[status].toLowerCase(), ...(reason === null ? [] : [reasonName(reason)])].join(', ')

const csvHead = ['Mã người nhắn', 'Kênh', 'Tài khoản', 'Bài', 'Phần', 'Kết quả', 'Lý do', 'Lúc']
const csvRow = ({ contactKey, account, post, n, status, reason, at }: Recipient): string[] => {
  const { channel, accountId } = accountFrom(account)
  return [contactKey, channelTitles[channel], accountId, post, String(n), outcomes[status], reason === null ? '' : reasonName(reason), moment(at)]
}

function recipientPage({ record, filter, rows, count, told, token }: { record: CampaignRecord; filter: RecipientFilter; rows: readonly Recipient[]; count: number; told: Html | ''; token: string }): Html {
  const { name, posts } = contentOf(record)
  const here = `${campaignPath(record.id)}/nguoi-nhan`
  const more = rows.length < pageSize ? null : new URLSearchParams({ bai: filter.post ?? '', 'ket-qua': filter.status ?? '', 'vi-sao': filter.reason ?? '', sau: rows.at(-1)!.id }).toString()
  const titleOf = (post: string): string => posts.find(({ id }) => id === post)?.title ?? post
  return html`<p><a href="${campaignPath(record.id)}">← Về đợt</a></p>
<h1>Người nhận: <bdi>${name}</bdi></h1>
${told}
<form method="get" action="${here}" class="filter">${selectField({ name: 'bai', label: 'Bài', value: filter.post ?? '', options: [{ value: '', title: 'Mọi bài' }, ...posts.map(({ id, title }) => ({ value: id, title }))] })}
${selectField({ name: 'ket-qua', label: 'Kết quả', value: filter.status ?? '', options: [{ value: '', title: 'Mọi kết quả' }, ...Object.entries(outcomes).map(([value, title]) => ({ value, title }))] })}
${filter.reason === null ? '' : hidden('vi-sao', filter.reason)}${button('Xem', '')}</form>
${filter.reason === null ? '' : html`<p>Chỉ những lượt vì: <bdi>${reasonName(filter.reason)}</bdi>. <a href="${here}">Bỏ lọc</a></p>`}
${card(`${figure(count)} lượt`, html`${rows.length === 0 ? html`<p class="soft">Không có lượt nào.</p>` : table('Mỗi dòng một lượt gửi; mã thay cho tên người nhắn', ['Người nhắn', 'Bài', 'Kết quả', 'Lúc'], rows.map(({ contactKey, account, post, n, status, reason, at }) => [
    html`${contactKey === '' ? 'đã xóa' : shortKey(contactKey)}<br><span class="soft small">${accountTitle(account)}</span>`, html`<bdi>${titleOf(post)}</bdi>${n === 1 ? '' : ` (phần ${n})`}`,
    html`${outcomes[status]}${reason === null ? '' : html`<br><span class="soft small"><bdi>${reasonName(reason)}</bdi></span>`}`, html`<span class="when">${moment(at)}</span>`,
  ]))}${more === null ? '' : html`<p><a href="?${more}">Trang sau</a></p>`}`)}
${card('Tải về (CSV)', html`<p class="soft">Tệp có mã người nhắn, không có tên, số điện thoại. Ai tải, vì sao, bao nhiêu dòng đều vào nhật ký.</p>
${form(here, token, html`${hidden('bai', filter.post ?? '')}${hidden('ket-qua', filter.status ?? '')}${hidden('vi-sao', filter.reason ?? '')}${textField({ name: 'ly-do', label: 'Vì sao cần tải', required: true })}${button('Tải tệp CSV', '')}`)}`)}`
}
