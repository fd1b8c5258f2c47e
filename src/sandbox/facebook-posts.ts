import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { SECOND, type Clock } from '../core/time.ts'
import type { NodeEnv } from './faults.ts'
import type { Desk } from './platform.ts'

const url = z.url({ protocol: /^https?$/, hostname: /\../ })
const text = z.string().min(1).max(63_000)
const feed = z.object({ message: text, link: url.optional() })
const photo = z.object({ url, caption: text })
const video = z.object({ file_url: url, description: text })

/** A page's posts, by Meta's documents. Token and proof have been checked. The same words twice are refused with 506. */
export function facebookPosts({ pageId, desk: { publications }, newId, now, bodyOf }: {
  pageId: string; desk: Desk; newId: () => string; now: Clock; bodyOf(c: Context): Promise<Record<string, unknown>>
}): Hono<NodeEnv> {
  const app = new Hono<NodeEnv>()
  const edge = (name: string): string => `/:version{v\\d+\\.\\d+}/:id{(${pageId}|me)}/${name}`
  const node = `/:version{v\\d+\\.\\d+}/:post{${pageId}_[\\w.-]+}` as const
  const refuse = (c: Context, code: number, what: string): Response => c.json({ error: { message: `(#${code}) ${what}`, type: 'OAuthException', code, fbtrace_id: 'AsandboxTrace' } }, 400)

  function post(c: Context, words: string, shows: string | null, of: 'feed' | 'media'): Response {
    if (publications.all.some((each) => each.state !== 'gone' && each.text === words && each.shows === shows)) return refuse(c, 506, 'Duplicate status message')
    const { id } = publications.add({ id: `${pageId}_${newId()}`, at: now(), kind: 'page_post', text: words, shows })
    return c.json(of === 'feed' ? { id } : { id: newId(), post_id: id })
  }

  app.post(edge('feed'), async (c) => {
    const given = feed.safeParse(await bodyOf(c))
    return given.success ? post(c, given.data.message, given.data.link ?? null, 'feed') : refuse(c, 100, 'Invalid parameter')
  })
  app.post(edge('photos'), async (c) => {
    const given = photo.safeParse(await bodyOf(c))
    return given.success ? post(c, given.data.caption, given.data.url, 'media') : refuse(c, 100, 'Invalid parameter')
  })
  app.post(edge('videos'), async (c) => {
    const given = video.safeParse(await bodyOf(c))
    return given.success ? post(c, given.data.description, given.data.file_url, 'media') : refuse(c, 100, 'Invalid parameter')
  })
  app.get(edge('published_posts'), (c) => {
    const posts = publications.all.filter(({ state }) => state !== 'gone').reverse().slice(0, Number(c.req.query('limit') ?? 25))
    return c.json({ data: posts.map(({ id, text: message, at }) => ({ id, message, created_time: new Date(Math.floor(at / SECOND) * SECOND).toISOString() })) })
  })
  app.post(node, async (c) => {
    const [found, given] = [publications.find(c.req.param('post')), z.object({ message: text }).safeParse(await bodyOf(c))]
    if (found === null || !given.success) return refuse(c, 100, 'Invalid parameter')
    Object.assign(found, { text: given.data.message, state: 'edited' })
    return c.json({ success: true })
  })
  app.delete(node, (c) => {
    const found = publications.find(c.req.param('post'))
    if (found === null) return refuse(c, 803, 'No such object')
    found.state = 'gone'
    return c.json({ success: true })
  })
  return app
}
