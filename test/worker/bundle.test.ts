import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** What `wrangler deploy` would send, as wrangler makes it: nothing leaves this machine. */
let folder: string
let told: string
let bundle: Buffer
let inputs: { file: string; external: string[] }[]

interface Metafile { inputs: Record<string, { imports: { path: string; external?: boolean }[] }> }

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'camnang-bundle-'))
  const metafile = join(folder, 'meta.json')
  told = execFileSync('npx', ['wrangler', 'deploy', '--dry-run', '--outdir', folder, '--metafile', metafile], { encoding: 'utf8', env: { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: '1' }, stdio: ['ignore', 'pipe', 'pipe'] })
  bundle = readFileSync(join(folder, 'worker.js'))
  const { inputs: read } = JSON.parse(readFileSync(metafile, 'utf8')) as Metafile
  inputs = Object.entries(read).map(([file, { imports }]) => ({ file: relative('.', resolve(file)), external: imports.filter(({ external }) => external).map(({ path }) => path) }))
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the Worker that would be deployed', () => {
  it('passes wrangler deploy --dry-run, with its database, its files and its settings bound', () => {
    for (const binding of ['env.DB', 'env.ERASED', 'env.ASSETS', 'env.PUBLIC_URL']) expect(told).toContain(binding)
  })

  it('is smaller than 1 MB compressed, with the content and the console in it', () => {
    expect(gzipSync(bundle, { level: 9 }).length).toBeLessThan(1_000_000)
    expect(inputs.map(({ file }) => file)).toEqual(expect.arrayContaining(['.worker/content.json', 'src/console/console.ts']))
  })

  it('uses no node: module of ours but node:crypto, and nothing of Node’s own entries', () => {
    const ours = inputs.filter(({ file }) => /^(src|webhooks)\//.test(file))
    expect(ours.length).toBeGreaterThan(200)
    expect(ours.filter(({ external }) => external.some((path) => path.startsWith('node:') && path !== 'node:crypto'))).toEqual([])
    expect(ours.filter(({ file }) => /^src\/(sandbox|server|commands|cli)/.test(file))).toEqual([])
  })
})
