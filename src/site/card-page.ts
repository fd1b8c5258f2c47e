import { html } from 'hono/html'
import { groupOf, isExpired, type Article } from '../answer/article.ts'
import type { Content } from '../content.ts'
import { showDay } from '../core/time.ts'
import { articlePage } from './article-page.ts'
import { page, qrBlock, type Html } from './layout.ts'
import type { Site } from './site.ts'
import { shownText } from './text.ts'

/** The folder of `articles/` whose articles are lesson cards, to be printed and carried from house to house. */
const cardsGroup = 'to-vien'

export const isCard = (article: Pick<Article, 'file'>): boolean => groupOf(article) === cardsGroup

/** The cards in use, in the order of their ids. */
export const cardsOf = ({ articles }: Pick<Content, 'articles'>): Article[] =>
  [...articles.values()].filter(isCard).sort((a, b) => (a.id < b.id ? -1 : 1))

/** One card as an A5 sheet. One that has expired or was withdrawn says so instead. */
export async function cardPage(site: Site, card: Article): Promise<Html> {
  if (card.withdrawn !== null || isExpired(card, site.day)) return articlePage(site, card)
  return page(site, { title: card.title, description: card.short, address: site.places.address({ kind: 'card', id: card.id }), kind: 'article' }, await sheet(site, card))
}

/** All cards in use, one to a sheet. */
export async function cardsPage(site: Site): Promise<Html> {
  const cards = cardsOf(site.content).filter((card) => !isExpired(card, site.day))
  const head = { title: 'Thẻ bài học cho Tổ viên', description: 'Nói gì, chỉ gì, dặn gì khi đến từng nhà. In ra: mỗi thẻ một trang A5, có mã QR.', address: site.places.address({ kind: 'cards' }), kind: 'website' } as const
  return page(site, head, html`
<div class="screen"><h1>${head.title}</h1>
<p>${head.description}</p>
<ul class="plain">${cards.map(({ id, title }) => html`<li><a href="${site.places.card(id)}">${title}</a></li>`)}</ul></div>
<div class="paper">${await Promise.all(cards.map((card) => sheet(site, card)))}</div>`)
}

async function sheet(site: Site, card: Article): Promise<Html> {
  const address = site.places.address({ kind: 'card', id: card.id })
  return html`
<article class="card">
<h1>${card.title}</h1>
<div class="short">${shownText(card.short)}</div>
${partsOf(card.details).map(({ name, text }) => (name === '' ? shownText(text) : html`<section class="part"><h2>${name}</h2><div>${shownText(text)}</div></section>`))}
<p class="soft">Rà soát ngày ${showDay(card.reviewed)}, dùng đến hết ngày ${showDay(card.reviewBy)}. <a class="screen" href="${site.places.article(card.id)}">Nguồn và mục liên quan</a></p>
${await qrBlock(address, 'Quét mã để mở thẻ này:')}
</article>`
}

/** What to say, what to show, what to warn of; what stands before or without them has no name. */
function partsOf(details: string): { name: string; text: string }[] {
  const [before = '', ...rest] = details.split(/^(Nói|Chỉ|Dặn):[ \t]*$/mu)
  const parts = rest.flatMap((name, index) => (index % 2 === 0 ? [{ name, text: (rest[index + 1] ?? '').trim() }] : []))
  return [{ name: '', text: before.trim() }, ...parts].filter(({ text }) => text !== '')
}
