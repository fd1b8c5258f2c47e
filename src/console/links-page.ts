import { html, raw } from 'hono/html'
import { accountFrom, type AccountKey } from '../core/contact.ts'
import { otherRef, refName } from '../content/refs.ts'
import { button, card, notice, selectField, table, tag, textField, unseen, type Html } from './components.ts'
import type { Leads, Poster } from './links.ts'
import { linksPath } from './paths.ts'
import { accountTitle, channelTitles, figure } from './show.ts'

/** `QR và liên kết`: codes for posters, and how often somebody came by one. */

/** Days that the counts of this page go back. */
export const countedDays = 90

export interface Wanted { ref: string; place: string; headline: string }

export interface LinksView {
  leads: Leads | null
  wanted: Wanted
  /** What the code opens; null: nothing was chosen, or nothing of that name is there. */
  title: string | null
  posters: readonly (Poster & { used: number })[]
  used: readonly { ref: string; title: string | null; turns: number; asked: number; answered: number }[]
}

const query = ({ ref, place, headline }: Wanted): string => new URLSearchParams({ mo: ref, noi: place, chu: headline }).toString()
const posterQuery = (wanted: Wanted, account: AccountKey): string => `${query(wanted)}&${new URLSearchParams({ tk: account })}`

export function linksPage({ leads, wanted, title, posters, used }: LinksView): Html {
  return html`<h1>QR và liên kết</h1>
${leads === null ? notice('Nội dung đang được đọc, thử lại sau ít phút.', 'warn') : card('Làm mã mới', html`<form method="get" action="${linksPath}">
${selectField({
    name: 'mo', label: 'Mã dẫn đến', value: wanted.ref, hint: 'Mã ghi trong ngoặc. Mã ngắn dễ gõ, hợp với tờ rơi Zalo.',
    options: [{ group: 'Mã ngắn', leads: leads.written }, { group: 'Kịch bản', leads: leads.flows }, { group: 'Mục hỏi–đáp', leads: leads.articles }]
      .flatMap(({ group, leads: of }) => of.map(({ ref, title: shown }) => ({ value: ref, title: `${shown} (${ref})`, group }))),
  })}
${textField({ name: 'noi', label: 'Nơi dán', hint: 'Không bắt buộc. Ghi để đếm riêng từng nơi, ví dụ: chợ trung tâm.', value: wanted.place })}
${textField({ name: 'chu', label: 'Dòng chữ lớn trên tờ in', hint: 'Để trống thì lấy tên mục.', value: wanted.headline })}
${button('Tạo mã')}</form>`)}
${wanted.ref === '' ? '' : title === null ? notice('Không có gì mang mã này: người quét sẽ được đưa về menu chính. Chọn lại ở trên.', 'warn') : card(`Mã cho “${title}”`, html`
${posters.length === 0 ? html`<p class="soft">Chưa có tài khoản kênh nào.</p>` : html`<div class="posters">${posters.map((poster) => codePart(poster, wanted))}</div>`}`, 'ma')}
${card(`Đã có người vào (${countedDays} ngày)`, used.length === 0 ? html`<p class="soft">Chưa có ai vào bằng mã.</p>` : table(
    'Lượt nhắn của những người vào bằng mã đó lần gần nhất', ['Mã', 'Dẫn đến', 'Lượt nhắn', 'Lượt hỏi', 'Trả lời được'],
    used.map((row) => [html`<bdi>${refName(row.ref)}</bdi>`, row.title === null ? tag(row.ref === otherRef ? 'không dẫn đến đâu, về menu chính' : 'không còn, về menu chính', 'warn') : row.title, figure(row.turns), figure(row.asked), figure(row.answered)])))}`
}

function codePart({ account, ref, link, word, svg, used }: Poster & { used: number }, wanted: Wanted): Html {
  if (link === null || svg === null) return html`<section class="poster-code"><h3>${accountTitle(account)}</h3>${notice('Chưa hỏi được tên bot từ Telegram. Tải lại trang sau ít phút.', 'warn')}</section>`
  const of = unseen(`: ${accountTitle(account)}`)
  return html`<section class="poster-code"><h3>${accountTitle(account)}</h3>
${drawn(svg, `Mã QR mở ${accountTitle(account)}`)}
<p class="code"><bdi>${link.url}</bdi></p>
${link.carriesCode ? html`<p class="soft small">Mã được gửi kèm khi mở: ${ref}</p>` : html`<p>Rồi gõ: <strong class="code">${word}</strong></p>`}
<p class="soft small">Đã đếm: ${figure(used)} lượt nhắn trong ${countedDays} ngày.</p>
<p class="row"><a class="button" href="${linksPath}/in?${posterQuery(wanted, account)}">Tờ in${of}</a><a class="button quiet" href="${linksPath}/ma.svg?${posterQuery(wanted, account)}">Tải mã (SVG)${of}</a></p></section>`
}

const drawn = (svg: string, says: string): Html => html`${raw(svg.replace('<svg ', `<svg class="qr-code" role="img" aria-label="${says}" `))}`

export interface PosterView { poster: Poster; wanted: Wanted; title: string; province: Readonly<Record<string, string>> }

const apps = { zalo: 'Zalo', facebook: 'điện thoại (máy ảnh hoặc Messenger)', telegram: 'điện thoại (máy ảnh hoặc Telegram)' } as const

/** One sheet of paper, to be hung up. */
export function posterPage({ poster: { account, ref, link, word, svg }, wanted, title, province }: PosterView): Html {
  const { channel } = accountFrom(account)
  const headline = wanted.headline === '' ? title : wanted.headline
  return html`<p class="no-print"><a href="${linksPath}?${query(wanted)}">← Về trang mã</a> · Bấm Ctrl+P (hoặc Chia sẻ → In trên điện thoại), khổ A4, in một mặt.</p>
${link === null || svg === null ? notice('Chưa hỏi được tên bot từ Telegram. Tải lại trang sau ít phút.', 'warn') : html`<article class="poster">
<p class="poster-from">${province['office'] ?? province['name'] ?? ''}</p>
<h1><bdi>${headline}</bdi></h1>
${drawn(svg, `Mã QR mở ${channelTitles[channel]}`)}
<ol><li>Mở ${apps[channel]}, quét mã này.</li>
${link.carriesCode ? html`<li>Bấm <strong>Bắt đầu</strong> hoặc <strong>Nhắn tin</strong>.</li><li>Bấm chọn hoặc gõ điều cần hỏi, như nói chuyện.</li>` : html`<li>Bấm <strong>Nhắn tin</strong>, gõ: <strong class="poster-word">${word}</strong></li><li>Hỏi tiếp điều cần hỏi, như nói chuyện.</li>`}</ol>
<p class="poster-foot">Miễn phí, trả lời cả ngày lẫn đêm. Không bao giờ hỏi mật khẩu, mã OTP.${province['hotline'] === undefined ? '' : html` Cần người nói chuyện: <strong>${province['hotline']}</strong>.`}</p>
<p class="poster-ref">${channelTitles[channel]} · ${ref}</p>
</article>`}`
}
