import { html } from 'hono/html'
import { isExpired } from '../answer/article.ts'
import { nearest } from '../core/problem.ts'
import { words } from '../core/text.ts'
import { waysToAsk } from './article-page.ts'
import { isCard } from './card-page.ts'
import { page, siteName, type Html } from './layout.ts'
import { articleGroups, type Site } from './site.ts'

/** Every article by group. */
export function indexPage(site: Site): Html {
  const groups = articleGroups(site.content)
  const description = 'Câu trả lời ngắn, có nguồn, về dịch vụ công trực tuyến, VNeID, thanh toán không dùng tiền mặt và an toàn trên mạng.'
  return page(site, { title: siteName(site), description, address: site.places.address({ kind: 'home' }), kind: 'website' }, html`
<h1>${siteName(site)}</h1>
<p>${description}</p>
<nav class="screen" aria-label="Các nhóm"><ul class="tags">${groups.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
${groups.map(({ id, title, articles }) => html`
<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>
<ul class="plain">${articles.map((article) => html`<li><a href="${site.places.article(article.id)}">${article.title}${isExpired(article, site.day) ? ' (đang rà soát)' : ''}</a></li>`)}</ul>
${articles.some(isCard) ? html`<p><a class="button" href="${site.places.cards}">In các thẻ bài học</a></p>` : ''}</section>`)}
${waysToAsk(site, 'muc')}`)
}

/** For an address that names nothing: what it may have meant, and the ways on. */
export function notFoundPage(site: Site, asked: string): Html {
  const near = nearArticles(site, asked)
  return page(site, { title: 'Không có trang này', description: 'Địa chỉ này không dẫn tới mục nào.', address: null, kind: 'website', hidden: true }, html`
<h1>Không có trang này</h1>
<p>Địa chỉ có thể bị gõ thiếu hoặc sai một chữ. Bà con xem trong danh mục, hoặc nhắn câu hỏi cho trợ lý.</p>
${near.length === 0 ? '' : html`<h2>Có phải bà con tìm mục này?</h2><ul class="plain">${near.map(({ id, title }) => html`<li><a href="${site.places.article(id)}">${title}</a></li>`)}</ul>`}
<h2>Xem theo nhóm</h2>
<ul class="plain">${articleGroups(site.content).map(({ id, title }) => html`<li><a href="${site.places.home}#${id}">${title}</a></li>`)}</ul>
${waysToAsk(site, 'muc')}`)
}

/** For an asset whose time is over, or that is not there. */
export const assetGonePage = (site: Site, title: string | null): Html => page(
  site, { title: 'Tệp không còn', description: 'Tệp này không còn dùng.', address: null, kind: 'website', hidden: true }, html`
<h1>Tệp không còn</h1>
<p>${title === null ? 'Không có tệp nào ở địa chỉ này.' : `Tệp “${title}” đã hết thời gian dùng, hoặc chưa đến ngày dùng.`} Bà con xem tài liệu mới trong danh mục.</p>
<ul class="buttons"><li><a class="button main" href="${site.places.home}">Tất cả các mục</a></li></ul>
${waysToAsk(site, 'muc')}`)

/** How much of what was asked an article has to share to be meant. */
const likeEnough = 0.6
/** Shorter ones are a letter or two away from anything. */
const shortestMisspelt = 5

/**
 * Articles that the address may have meant, at most three: an id misspelt by a letter or two, else those whose id and title
 * hold most of its words, where a word counts the more the fewer articles have it, one that half of them have not at all,
 * and one that none has most.
 */
function nearArticles({ content }: Site, asked: string) {
  const articles = [...content.articles.values()]
  const misspelt = asked.length < shortestMisspelt ? null : nearest(asked.slice(0, 100), articles.map(({ id }) => id))
  const wanted = new Set(words(asked.slice(0, 100)))
  const owned = articles.map((article) => ({ article, own: new Set([...words(article.id), ...words(article.title)]) }))
  const weight = new Map([...wanted].map((word) => [word, Math.log((articles.length + 1) / (2 * owned.filter(({ own }) => own.has(word)).length + 0.5))]))
  const sum = (some: Iterable<string>): number => [...some].reduce((total, word) => total + Math.max(0, weight.get(word)!), 0)
  const all = sum(wanted)
  return owned
    .map(({ article, own }) => ({ article, share: article.id === misspelt ? 1 : all === 0 ? 0 : sum([...wanted].filter((word) => own.has(word))) / all }))
    .filter(({ share }) => share >= likeEnough)
    .sort((a, b) => b.share - a.share)
    .slice(0, 3)
    .map(({ article }) => article)
}
