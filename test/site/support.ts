import type { Article } from '../../src/answer/article.ts'
import type { Asset, Content } from '../../src/content.ts'
import { vietnamMoment } from '../../src/core/time.ts'
import { siteRoutes, type AssetFiles } from '../../src/site/routes.ts'
import type { ChatAccounts } from '../../src/site/site.ts'
import { sampleArticle, sampleContent } from '../support/content.ts'

export const origin = 'https://camnang.tinhmau.example'

/** Hidden in every place where a person may write. */
export const hostile = '<script>alert(1)</script>"\'><img src=x onerror=alert(2)>&amp;'

export const frame: Asset = {
  id: 'khung', file: 'khung.png', kind: 'frame', title: 'Khung ảnh', alt: 'Khung tròn', rights: 'Dùng tự do', from: '2026-10-01', until: '2026-10-31', type: 'image/png',
}
export const voice: Asset = { ...frame, id: 'tieng-mong', file: 'mong.mp3', kind: 'audio', title: 'Bản tiếng Mông', from: null, until: null, type: 'audio/mpeg' }

export const contentWith = (articles: Article[], change: Partial<Content> = {}): Content => sampleContent({ articles, change: {
  withdrawn: new Map([sampleArticle('bo-roi', { withdrawn: { on: '2026-11-01', replacedBy: null } }), sampleArticle('da-thay', { withdrawn: { on: '2026-11-01', replacedBy: 'a' } })].map((article) => [article.id, article])),
  assets: new Map([frame, voice].map((asset) => [asset.id, asset])),
  ...change,
} })

/** The pages on a day, asked without a server. */
export function siteOn(day: string, content: Content | null, given: { assetFiles?: AssetFiles; accounts?: ChatAccounts } = {}) {
  const app = siteRoutes({
    content: () => content, origin, now: () => vietnamMoment(day, 600),
    accounts: given.accounts ?? { zalo: null, facebook: null }, assetFiles: given.assetFiles ?? (async () => null),
  })
  return {
    get: async (path: string, headers: Record<string, string> = {}): Promise<Response> => app.request(path, { headers }),
    text: async (path: string): Promise<string> => (await app.request(path)).text(),
  }
}
