import { html, raw } from 'hono/html'
import { marked } from 'marked'
import { fill } from '../core/fill.ts'
import { page, type Html } from './layout.ts'
import type { Site } from './site.ts'

/** The notice about personal data: `content/privacy.md`, whose Markdown is the province's own. */
export function privacyPage(site: Site): Html {
  const { privacy, province } = site.content
  const notice = fill(privacy, (name) => province.values[name.replace(/^province\./, '')] ?? null)
  const head = { title: 'Thông báo về dữ liệu cá nhân', description: 'Giữ những gì, trong bao lâu, và bà con có quyền gì.', address: null, kind: 'website' } as const
  return page(site, head, html`${raw(marked.parse(notice, { async: false }))}`)
}
