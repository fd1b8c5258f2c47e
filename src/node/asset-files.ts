import { realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { etag } from 'hono/etag'
import type { AssetFiles } from '../site/routes.ts'

/** The assets of a content folder on this machine. Never a file outside it, whatever links lie there. */
export function createAssetFiles(contentDir: string): AssetFiles {
  return async (file, request) => {
    const found = await placeOf(join(contentDir, 'assets'), file)
    if (found === null) return null
    const { path, tag } = found
    const app = new Hono()
    app.use(etag(), async (c, next) => {
      c.header('etag', tag)
      await next()
    })
    app.get('*', serveStatic({ path }))
    return app.request('/', { method: request.method, headers: headersFor(request.headers, tag) })
  }
}

/** Null where there is no such file. The tag changes whenever the file is written. */
async function placeOf(folder: string, file: string): Promise<{ path: string; tag: string } | null> {
  try {
    const [home, path] = await Promise.all([realpath(folder), realpath(join(folder, file))])
    const info = await stat(path)
    return path.startsWith(home + sep) && info.isFile() ? { path, tag: `"${info.size.toString(36)}-${Math.round(info.mtimeMs).toString(36)}"` } : null
  } catch {
    return null
  }
}

/** A part of what has changed since would not fit what the asker has: then the whole. */
function headersFor(asked: Headers, tag: string): Headers {
  const headers = new Headers()
  const [range, ifRange, ifNoneMatch] = ['range', 'if-range', 'if-none-match'].map((name) => asked.get(name))
  if (range && /^bytes=(\d+-\d*|-\d+)$/.test(range) && (ifRange === null || ifRange === tag)) headers.set('range', range)
  if (ifNoneMatch) headers.set('if-none-match', ifNoneMatch)
  return headers
}
