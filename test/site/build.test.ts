import { spawnSync } from 'node:child_process'
import { mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, normalize, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { filesOfBundle, loadContent } from '../../src/content.ts'
import { FolderNotOurs, writeBuilt } from '../../src/node/built-folder.ts'
import { buildSite, type SiteBuild } from '../../src/site/build.ts'
import { options, world } from '../content/support.ts'
import { sampleArticle } from '../support/content.ts'
import { processEnv } from '../support/server-process.ts'
import { contentWith, voice } from './support.ts'

const content = contentWith([
  sampleArticle('a', { related: ['b'], assets: ['khung'], audio: [{ language: 'tiếng Mông', asset: voice.id, translatedBy: 'Bà Giàng', checkedBy: 'Ông Lý' }] }),
  sampleArticle('b'),
])
const build = (change: Partial<SiteBuild> = {}) =>
  buildSite({ content, day: '2026-10-10', accounts: { zalo: '43', facebook: null }, url: null, origin: null, ...change })

describe('the pages as files', () => {
  it('are one for every article, in use or withdrawn, with index, notice and what is shown that day', async () => {
    const { pages, assets } = await build()
    expect(pages.map(({ name }) => name)).toEqual(['index.html', 'privacy.html', 'muc/a.html', 'muc/b.html', 'muc/bo-roi.html', 'muc/da-thay.html'])
    expect(assets.map(({ name }) => name)).toEqual(['tep/khung.png', 'tep/tieng-mong.mp3'])
    expect((await build({ day: '2026-11-21' })).assets.map(({ asset }) => asset.id)).toEqual([voice.id])
  })

  it('link only to files that are there, or to others by https or telephone', async () => {
    const { pages, assets } = await build()
    const names = new Set([...pages, ...assets].map(({ name }) => name))
    const targets = pages.flatMap(({ name, text }) => [...text.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, target]) => ({ name, target: target! })))
    const outside = /^(https:|tel:|data:,|#)/
    expect(targets.filter(({ name, target }) => !outside.test(target) && !names.has(normalize(join(dirname(name), target.replace(/#.*/, '')))))).toEqual([])
    expect(targets.filter(({ target }) => !outside.test(target)).length).toBeGreaterThan(20)
  })

  const addresses: [name: string, given: Partial<SiteBuild>, page: string | null, index: string | null][] = [
    ['nobody’s', {}, null, null],
    ['the commune’s', { url: 'https://xamau.example/so/', origin: 'https://tinh.example' }, 'https://xamau.example/so/muc/a.html', 'https://xamau.example/so/'],
    ['the province’s', { origin: 'https://tinh.example' }, 'https://tinh.example/muc/a', 'https://tinh.example/muc'],
  ]
  for (const [name, given, page, index] of addresses) {
    it(`carry ${name} address in QR code and preview`, async () => {
      const { pages } = await build(given)
      const of = (file: string) => pages.find((one) => one.name === file)!.text
      const canonical = (html: string) => /rel="canonical" href="([^"]+)"/.exec(html)?.[1] ?? null
      expect([canonical(of('muc/a.html')), canonical(of('index.html'))]).toEqual([page, index])
      expect(of('muc/a.html').includes('<svg')).toBe(page !== null)
    })
  }

  it('carry the whole address of the preview picture, by its file where the folder is', async () => {
    const pictured = contentWith([sampleArticle('a')], { assets: new Map([['anh-chia-se', { ...voice, id: 'anh-chia-se', file: 'anh.png', kind: 'banner' as const, type: 'image/png' }]]) })
    const shown = async (given: Partial<SiteBuild>) => /og:image" content="([^"]*)"/.exec((await build({ content: pictured, ...given })).pages.find(({ name }) => name === 'muc/a.html')!.text)?.[1] ?? null
    expect(await shown({ url: 'https://xamau.example/so/' })).toBe('https://xamau.example/so/tep/anh-chia-se.png')
    expect(await shown({ origin: 'https://tinh.example' })).toBe('https://tinh.example/tep/anh-chia-se')
    expect(await shown({})).toBeNull()
  })

  it('are the same bytes for the same words and day', async () => expect(await build()).toEqual(await build()))

  it('carry their own policy, since no server will', async () => {
    for (const { text } of (await build()).pages) expect(text).toContain(`<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;`)
  })
})

describe('the folder', () => {
  const home = mkdtempSync(join(tmpdir(), 'camnang-built-'))
  afterAll(() => rmSync(home, { recursive: true, force: true }))
  const files = (folder: string): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.')).sort()

  it('is made, written anew, and freed of what is no longer made', async () => {
    const folder = join(home, 'new', 'site')
    writeFileSync(join(home, 'khung.png'), 'PNG')
    await writeBuilt(folder, [{ name: 'index.html', text: 'một' }, { name: 'muc/a.html', text: 'a' }, { name: 'tep/khung.png', copyOf: join(home, 'khung.png') }])
    expect(files(folder)).toEqual(['camnang-site.json', 'index.html', 'muc/a.html', 'tep/khung.png'])
    writeFileSync(join(folder, 'CNAME'), 'xamau.example')
    writeFileSync(join(folder, 'logo.png'), 'xã')
    expect(await writeBuilt(folder, [{ name: 'index.html', text: 'hai' }])).toEqual({ removed: 2 })
    expect(files(folder)).toEqual(['camnang-site.json', 'index.html', 'logo.png'])
    expect(readFileSync(join(folder, 'index.html'), 'utf8')).toBe('hai')
  })

  it('with somebody else’s files is left alone', async () => {
    const folder = join(home, 'theirs')
    mkdirSync(folder)
    writeFileSync(join(folder, 'index.html'), 'của xã')
    await expect(writeBuilt(folder, [{ name: 'index.html', text: 'x' }])).rejects.toThrow(FolderNotOurs)
    expect([files(folder), readFileSync(join(folder, 'index.html'), 'utf8')]).toEqual([['index.html'], 'của xã'])
  })

  for (const list of ['{"files":["../ngoai.html"]}', '{"files":["/etc/x"]}', 'không phải JSON']) {
    it(`whose list reads ${list} is not ours`, async () => {
      const folder = mkdtempSync(join(home, 'bad-'))
      writeFileSync(join(folder, 'camnang-site.json'), list)
      writeFileSync(join(home, 'ngoai.html'), 'ở ngoài')
      await expect(writeBuilt(folder, [])).rejects.toThrow(FolderNotOurs)
      expect(readFileSync(join(home, 'ngoai.html'), 'utf8')).toBe('ở ngoài')
    })
  }
})

describe('the command', () => {
  const home = mkdtempSync(join(tmpdir(), 'camnang-build-'))
  afterAll(() => rmSync(home, { recursive: true, force: true }))
  for (const [folder, texts] of [['flows', world().flows], ['content', world().content]] as const) {
    for (const { name, text } of texts) {
      mkdirSync(dirname(join(home, folder, name)), { recursive: true })
      writeFileSync(join(home, folder, name), text)
    }
  }
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [resolve('src/cli.ts'), 'content', 'build', ...args], { cwd: home, encoding: 'utf8', timeout: 30_000, env: processEnv })
    return { status, says: stdout + stderr }
  }

  it('--site writes the pages, and not among somebody else’s files', () => {
    expect(run('--site', 'out', '--url', 'https://xamau.example')).toMatchObject({ status: 0, says: expect.stringMatching(/Đã viết 4 trang, 0 tệp vào out\./) })
    expect(readFileSync(join(home, 'out', 'muc', 'dvc-forgot-password.html'), 'utf8')).toContain('href="https://xamau.example/muc/dvc-forgot-password.html"')
    expect(run('--site', 'out').status).toBe(0)
    expect(run('--site', 'content')).toMatchObject({ status: 1, says: expect.stringContaining('Thư mục content đã có tệp khác') })
  })

  it('without --site bundles what loads as the same content', () => {
    expect(run().status).toBe(0)
    const bundle = readFileSync(join(home, '.worker', 'content.json'), 'utf8')
    const loaded = loadContent(filesOfBundle(JSON.parse(bundle)), options)
    expect('content' in loaded && [...loaded.content.articles.keys()]).toEqual(['dvc-forgot-password'])
    run()
    expect(readFileSync(join(home, '.worker', 'content.json'), 'utf8')).toBe(bundle)
  })

  it('makes neither of files in which the check finds an error, and names them', () => {
    const article = join(home, 'content/articles/vneid/dvc-forgot-password.md')
    const good = readFileSync(article, 'utf8')
    writeFileSync(article, good.replace('Mật khẩu mới có từ 8 ký tự.', 'Gọi 1900 6789.'))
    const before = readFileSync(join(home, '.worker', 'content.json'), 'utf8')
    expect(run()).toMatchObject({ status: 1, says: expect.stringMatching(/dvc-forgot-password\.md:\d+:\d+: số điện thoại 1900 6789[^]*Chưa gói được: còn 1 lỗi/) })
    expect(run('--site', 'out').status).toBe(1)
    expect(readFileSync(join(home, '.worker', 'content.json'), 'utf8')).toBe(before)
    writeFileSync(article, good)
  })

  for (const args of [['--site'], ['--url', 'https://a.example'], ['--site', 'x', '--url', 'http://a.example'], ['--site', 'x', '--url', 'khong'], ['thua']]) {
    it(`refuses ${args.join(' ')}`, () => expect(run(...args)).toMatchObject({ status: 2, says: expect.stringContaining('content build [--site') }))
  }
})
