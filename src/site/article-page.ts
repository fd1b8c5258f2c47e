import { html } from 'hono/html'
import { isExpired, type Article, type Source } from '../answer/article.ts'
import { currentArticle, isSafety, isSample, isShown, officialPages, recordings, type Asset, type OfficialPage } from '../content.ts'
import { fill } from '../core/fill.ts'
import { showDay } from '../core/time.ts'
import { page, qrBlock, type Html } from './layout.ts'
import { safeUrl, type Site } from './site.ts'
import { shownText, withLinks } from './text.ts'

/** How large the letters of a printed sheet may be, so that it stays one A5 page: by the lines it takes, at about so many letters each. */
function sheetSize({ short, details, sources }: Pick<Article, 'short' | 'details' | 'sources'>): 'brief' | 'usual' | 'long' {
  const lines = [...`${short}\n\n${details}`.split('\n').map((line) => (line === '' ? 0.4 : Math.ceil(line.length / 66))), sources.length].reduce((sum, some) => sum + some, 0)
  return lines < 19 ? 'brief' : lines > 27 ? 'long' : 'usual'
}

/** An article as a page: itself, or that it is being reviewed, or that it was withdrawn. */
export async function articlePage(site: Site, article: Article): Promise<Html> {
  if (article.withdrawn !== null) return withdrawnPage(site, article)
  return isExpired(article, site.day) ? expiredPage(site, article) : currentPage(site, article)
}

async function currentPage(site: Site, article: Article): Promise<Html> {
  const { places, content } = site
  const address = places.address({ kind: 'article', id: article.id })
  return page(site, { title: article.title, description: article.short, address, kind: 'article' }, html`
<article class="${sheetSize(article)}">
<h1>${article.title}</h1>
<div class="short">${shownText(article.short)}</div>
${shownText(article.details)}
${article.audio.length === 0 ? '' : listen(site, article)}
${article.assets.map((id) => shownAsset(site, content.assets.get(id)))}
${pageButtons(article.actions)}
${article.loudspeaker === '' ? '' : html`<details><summary>Bài đọc loa truyền thanh</summary>${shownText(article.loudspeaker)}</details>`}
${waysToAsk(site, article.id)}
${relatedArticles(site, article)}
${sourceList(article.sources)}
<p class="soft">Rà soát ngày ${showDay(article.reviewed)}, dùng đến hết ngày ${showDay(article.reviewBy)}. Phụ trách: ${article.owner}.</p>
${await qrBlock(address, 'Quét mã để xem lại, hoặc gửi người nhà:')}
</article>`)
}

async function expiredPage(site: Site, article: Article): Promise<Html> {
  const official = officialPages(article, site.content.officialSites)
  const address = site.places.address({ kind: 'article', id: article.id })
  return page(site, { title: article.title, description: 'Mục này đang được rà soát lại.', address, kind: 'article', hidden: true }, html`
<article>
<h1>${article.title}</h1>
<div class="notice"><p><strong>Mục này đang được rà soát lại.</strong> Lần rà soát trước là ngày ${showDay(article.reviewed)}, hạn dùng đã hết ngày ${showDay(article.reviewBy)}, nên câu trả lời tạm không hiện ở đây. ${whereToAsk(official)}</p>${whomToCallFirst(site, article)}</div>
${pageButtons(official)}
${waysToAsk(site, article.id)}
${relatedArticles(site, article)}
${await qrBlock(address, 'Câu trả lời mới sẽ hiện lại ở địa chỉ này:')}
</article>`)
}

async function withdrawnPage(site: Site, article: Article): Promise<Html> {
  const { on } = article.withdrawn!
  const official = officialPages(article, site.content.officialSites)
  const instead = currentArticle(site.content, article.id)
  const address = site.places.address({ kind: 'article', id: article.id })
  return page(site, { title: article.title, description: 'Mục này không còn dùng nữa.', address, kind: 'article', hidden: true }, html`
<article>
<h1>${article.title}</h1>
<div class="notice"><p><strong>Mục này không còn dùng từ ngày ${showDay(on)}.</strong> ${instead === undefined ? whereToAsk(official) : 'Bà con xem mục mới thay cho mục này.'}</p>${whomToCallFirst(site, article)}</div>
${instead === undefined ? pageButtons(official) : html`<ul class="buttons"><li><a class="button main" href="${site.places.article(instead.id)}">${instead.title}</a></li></ul>`}
${waysToAsk(site, instead?.id ?? article.id)}
</article>`)
}

/** Only what the page can keep: no official page is spoken of where there is none. */
const whereToAsk = (official: readonly OfficialPage[]): string => (official.length > 0 ? 'Bà con xem ở trang chính thức hoặc hỏi cán bộ.' : 'Bà con hỏi cán bộ cho chắc.')

/** What a person who may be losing money has to do, whatever became of the article. */
const whomToCallFirst = ({ content }: Site, article: Article): Html | '' =>
  (isSafety(article) ? html`<p><strong>${withLinks(fill(content.replies.expired_safety, (name) => content.province.values[name.replace(/^province\./, '')] ?? null))}</strong></p>` : '')

/** Buttons to official pages, on paper their addresses. */
function pageButtons(official: readonly OfficialPage[]): Html | '' {
  const pages = official.filter(({ url }) => safeUrl(url) !== null)
  if (pages.length === 0) return ''
  return html`<ul class="buttons screen">${pages.map(({ title, url }) => html`<li><a class="button main" href="${url}">${title}</a></li>`)}</ul>
<p class="paper">${pages.map(({ title, url }, index) => html`${index === 0 ? '' : html`<br>`}${title}: ${url.replace(/^https:\/\//, '')}`)}</p>`
}

/** Ways to a person or the assistant. `ref` tells which page the person came from. */
export function waysToAsk({ chats, content: { province: { values } } }: Site, ref: string): Html | '' {
  const hotline = values['hotline'] ?? ''
  const number = /\+?\d[\d .]{1,}\d/.exec(hotline)?.[0].replace(/[^\d+]/g, '')
  const call = isSample(hotline) ? html`<li>Gọi ${hotline}</li>` : html`<li><a class="button" href="tel:${number}">Gọi ${hotline}</a></li>`
  if (chats.length === 0 && number === undefined) return ''
  const hours = values['duty_hours'] === undefined ? '' : `, ${values['duty_hours']}`
  return html`<section class="screen"><h2>Cần hỏi thêm</h2><ul class="buttons">
${chats.map(({ title, url }) => html`<li><a class="button" href="${url(ref)}">${title}</a></li>`)}
${number === undefined ? '' : call}
</ul></section>
${number === undefined ? '' : html`<p class="paper soft">Hỏi thêm: gọi ${hotline}${hours}.</p>`}`
}

function relatedArticles({ content, places }: Site, { related }: Article): Html | '' {
  const articles = related.flatMap((id) => content.articles.get(id) ?? [])
  if (articles.length === 0) return ''
  return html`<section class="screen"><h2>Mục liên quan</h2><ul class="plain">${articles.map(({ id, title }) => html`<li><a href="${places.article(id)}">${title}</a></li>`)}</ul></section>`
}

const sourceList = (sources: readonly Source[]): Html => html`<h2>Nguồn</h2>
<ul class="sources">${sources.map(({ title, number, date, url }) => {
  const link = safeUrl(url ?? '')
  return html`<li>${link === null ? title : html`<a href="${link}">${title}</a>`}${number === null ? '' : `, số ${number}`}, ${tellDate(date)}</li>`
})}</ul>`

/** `ngày 01/07/2024`, `tháng 07/2024`, `năm 2024`: as much as is known. */
const tellDate = (date: string): string => `${({ 4: 'năm', 7: 'tháng' } as Record<number, string>)[date.length] ?? 'ngày'} ${showDay(date)}`

function listen(site: Site, article: Article): Html | '' {
  const all = recordings(site.content, article, site.day)
  if (all.length === 0) return ''
  return html`<section class="screen"><h2>Nghe</h2>${all.map(({ language, translatedBy, checkedBy, asset }) => html`
<p>Bằng ${language}<audio controls preload="none" src="${site.places.asset(asset)}" aria-label="${`${article.title}, bằng ${language}`}"></audio><span class="soft">Người dịch: ${translatedBy}. Người kiểm tra: ${checkedBy}.</span></p>`)}</section>`
}

/** Nothing for an asset whose time is over or has not come. */
function shownAsset({ places, day }: Site, asset: Asset | undefined): Html | '' {
  if (asset === undefined || !isShown(asset, day)) return ''
  const [address, caption] = [places.asset(asset), html`<figcaption>${asset.title}<a class="button screen" href="${places.asset(asset)}" download>Tải về</a><span class="soft">Bản quyền: ${asset.rights}.</span></figcaption>`]
  if (asset.type.startsWith('image/')) return html`<figure><img src="${address}" alt="${asset.alt}" loading="lazy">${caption}</figure>`
  if (asset.kind === 'video') return html`<figure class="screen"><video controls preload="none" src="${address}" aria-label="${asset.alt}"></video>${caption}</figure>`
  if (asset.kind === 'audio') return html`<figure class="screen"><audio controls preload="none" src="${address}" aria-label="${asset.alt}"></audio>${caption}</figure>`
  return html`<ul class="buttons screen"><li><a class="button" href="${address}" download>Tải về: ${asset.title}</a></li></ul>`
}
