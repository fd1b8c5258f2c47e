import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { SECOND, type Clock, type Millis } from '../core/time.ts'
import type { NodeEnv } from './faults.ts'
import type { Desk } from './platform.ts'

/** An article is made by a job; its id is there after so long. */
const making: Millis = 2 * SECOND

const url = z.url({ protocol: /^https?$/, hostname: /\../ })
const block = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), content: z.string().min(1) }),
  z.object({ type: z.literal('image'), url, caption: z.string().optional() }),
])
const article = z.object({
  type: z.literal('normal'),
  title: z.string().min(1).max(150),
  author: z.string().min(1).max(50),
  cover: z.object({ cover_type: z.literal('photo'), photo_url: url, status: z.enum(['show', 'hide']) }),
  description: z.string().min(1).max(300),
  body: z.array(block).min(1),
  status: z.enum(['show', 'hide']).default('hide'),
  comment: z.enum(['show', 'hide']).default('hide'),
})
type Article = z.infer<typeof article>

const broadcastBody = z.object({
  recipient: z.object({ target: z.object({ gender: z.enum(['0', '1', '2']).optional(), cities: z.string().regex(/^\d{1,2}(,\d{1,2})*$/).optional() }) }),
  message: z.object({ attachment: z.object({
    type: z.literal('template'),
    payload: z.object({ template_type: z.literal('media'), elements: z.tuple([z.object({ media_type: z.literal('article'), attachment_id: z.string().min(1) })]) }),
  }) }),
})
export type Broadcast = z.infer<typeof broadcastBody>
export const isBroadcast = (body: unknown): body is Broadcast => broadcastBody.safeParse(body).success

/** Articles of one OA (v2.0), by Zalo's documents. The token has been checked. */
export function zaloArticles({ desk: { publications }, newId, now }: { desk: Desk; newId: () => string; now: Clock }): Hono<NodeEnv> {
  const jobs = new Map<string, { article: string; readyAt: Millis }>()
  const app = new Hono<NodeEnv>()
  const refuse = (c: Context, error: number): Response => c.json({ error, message: 'Error' })
  const told = (c: Context, data: object): Response => c.json({ error: 0, message: 'Success', data })
  const read = async <T>(c: Context, schema: z.ZodType<T>): Promise<T | null> => schema.safeParse(await c.req.json<unknown>().catch(() => null)).data ?? null
  const start = (id: string): { token: string } => {
    const token = newId()
    jobs.set(token, { article: id, readyAt: now() + making })
    return { token }
  }
  const words = ({ body, description }: Article) => [description, ...body.flatMap((each) => (each.type === 'text' ? [each.content] : []))].join('\n')

  app.post('/v2.0/article/create', async (c) => {
    const given = await read(c, article)
    if (given === null) return refuse(c, -201)
    const { id } = publications.add({ id: newId(), at: now(), kind: 'article', title: given.title, text: words(given), shows: given.cover.photo_url })
    return told(c, start(id))
  })
  app.post('/v2.0/article/verify', async (c) => {
    const job = jobs.get((await read(c, z.object({ token: z.string() })))?.token ?? '')
    if (job === undefined) return refuse(c, -201)
    return now() < job.readyAt ? refuse(c, -214) : told(c, { id: job.article })
  })
  app.post('/v2.0/article/update', async (c) => {
    const given = await read(c, article.and(z.object({ id: z.string() })))
    const found = given === null ? null : publications.find(given.id)
    if (given === null || found === null) return refuse(c, -201)
    Object.assign(found, { title: given.title, text: words(given), state: 'edited' })
    return told(c, start(found.id))
  })
  app.post('/v2.0/article/remove', async (c) => {
    const found = publications.find((await read(c, z.object({ id: z.string() })))?.id ?? '')
    if (found === null) return refuse(c, -201)
    found.state = 'gone'
    return told(c, {})
  })
  app.get('/v2.0/article/getslice', (c) => {
    const [offset, limit] = [Number(c.req.query('offset') ?? 0), Number(c.req.query('limit') ?? 10)]
    const articles = publications.all.filter(({ kind, state }) => kind === 'article' && state !== 'gone').reverse()
    return told(c, { total: articles.length, medias: articles.slice(offset, offset + limit).map(({ id, title, at, shows }) => ({ id, type: 'normal', title, status: 'show', create_date: at, update_date: at, thumb: shows })) })
  })
  return app
}
