import { html } from 'hono/html'
import type { Campaign, MeansChoice, Post } from '../campaign/campaign.ts'
import { prepare, type ComposeContext, type Prepared } from '../campaign/compose.ts'
import { meansTable } from '../campaign/means.ts'
import type { PublicationContent } from '../channels/publisher.ts'
import type { Media, Part } from '../core/message.ts'
import { said, type Html } from './components.ts'

/** A post as each channel will show it: what the channel's own render makes, in plain frames. Nothing in them can be followed or pressed. */
export const previewOf = (campaign: Campaign, post: Post, compose: ComposeContext): Html =>
  html`<div class="frames">${post.means.map((choice) => frame(campaign, post, choice, compose))}</div>`

const frame = (campaign: Campaign, post: Post, choice: MeansChoice, compose: ComposeContext): Html =>
  html`<figure class="frame"><figcaption>${meansTable[choice.means].title}</figcaption>${shown(prepare(campaign, post, choice, compose))}</figure>`

function shown(prepared: Prepared): unknown {
  if (prepared.kind === 'messages') return prepared.parts.map(partShown)
  return prepared.kind === 'template' ? templateShown(prepared.template) : publicationShown(prepared.publication)
}

const templateShown = ({ id, language, data }: { id: string; language: string | null; data: Record<string, string> }): Html =>
  html`<p>Mẫu tin <bdi>${id}</bdi>${language === null ? '' : html` (${language})`}, lời do nền tảng đã duyệt, với:</p><dl>${Object.entries(data).map(([name, value]) => html`<dt class="soft"><bdi>${name}</bdi></dt><dd><bdi>${value}</bdi></dd>`)}</dl>`

export const partShown = ({ text, choices = [], links = [], media }: Part): Html => html`<div class="part">
${media === undefined ? '' : mediaShown(media)}${text === '' ? '' : said(text)}
${links.length + choices.length === 0 ? '' : html`<ul class="taps">${links.map(({ title, url }) => html`<li><bdi>${title}</bdi> <span class="soft small"><bdi>${url}</bdi></span></li>`)}${choices.map(({ title }) => html`<li><bdi>${title}</bdi></li>`)}</ul>`}</div>`

function publicationShown(content: PublicationContent): unknown {
  if (content.kind === 'channel_post') return content.parts.map(partShown)
  if (content.kind === 'page_post') {
    const { text, link, media } = content
    return html`<div class="part">${media === null ? '' : mediaShown(media)}${said(text)}${link === null ? '' : html`<p class="soft small">Khung xem trước của liên kết: <bdi>${link}</bdi></p>`}</div>`
  }
  const { title, author, description, cover, body, cities } = content
  return html`<div class="part">${cover === null ? '' : mediaShown(cover)}<p><strong><bdi>${title}</bdi></strong></p><p class="soft small"><bdi>${author}</bdi></p>
<p class="soft"><bdi>${description}</bdi></p>${body.map((paragraph) => said(paragraph))}
<p class="soft small">${cities.length === 0 ? 'Đến mọi người theo dõi.' : html`Chỉ đến người theo dõi ở tỉnh có mã: ${cities.join(', ')}.`}</p></div>`
}

const mediaNames: Readonly<Record<Exclude<Media['kind'], 'image'>, string>> = { audio: 'Âm thanh', video: 'Video', file: 'Tệp' }

/** Pictures are ours, and asked for here, whatever name the server has for the platforms. */
function mediaShown({ kind, url, alt }: Media): Html {
  const path = URL.parse(url)?.pathname ?? null
  return kind === 'image' && path !== null ? html`<img src="${path}" alt="${alt}">` : html`<p class="soft">[${kind === 'image' ? 'Ảnh' : mediaNames[kind]}: <bdi>${alt}</bdi>]</p>`
}
