import { copyFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { afterEach, describe, expect, it } from 'vitest'
import { ContentHolder, loadContent, type Content } from '../../src/content.ts'
import { openContent, type Reload } from '../../src/node/live-content.ts'
import { readFolder } from '../../src/node/files.ts'
import type { Problem } from '../../src/core/problem.ts'
import { file, fixtures, options, today, world } from './support.ts'

const flow = (says: string) => `id: thu\ntitle: Kịch bản thử\nsteps: { a: { ask: ${says}, otherwise: answer } }\n`
const contentOf = (says: string): Content => {
  const loaded = loadContent(world({ flows: [file('thu.yaml', flow(says))] }), options)
  if ('problems' in loaded) throw new Error('the fixture is wrong')
  return loaded.content
}
const wrong = { problems: [{ file: 'x.yaml', line: 1, column: 1, severity: 'error' as const, what: 'hỏng', todo: 'sửa' }] }

describe('the holder', () => {
  it('takes new content, keeps the last good one, and tells both', () => {
    const [first, second] = [contentOf('một'), contentOf('hai')]
    const holder = new ContentHolder(first, 1)
    expect(holder.offer({ content: contentOf('một') }, 2)).toBe('same')
    expect(holder.current).toBe(first)
    expect(holder.offer(wrong, 3)).toBe('refused')
    expect(holder.current).toBe(first)
    expect(holder.status).toEqual({ version: first.version, loadedAt: 1, problems: wrong.problems })
    expect(holder.offer({ content: second }, 4)).toBe('taken')
    expect(holder.status).toEqual({ version: second.version, loadedAt: 4, problems: [] })
  })

  it('keeps the own province and contacts when their files vanish, rather than telling citizens those of the project', () => {
    const files = world()
    const first = contentOf('một')
    const holder = new ContentHolder(first, 1)
    const without = loadContent({ ...files, content: files.content.filter(({ name }) => name !== 'province.yaml' && name !== 'contacts.yaml'), defaults: files.content }, options)
    if ('problems' in without) throw new Error('it can be read')
    expect(holder.offer(without, 2)).toBe('refused')
    expect(holder.current).toBe(first)
    expect(holder.status.problems.map(({ file: name }) => name)).toEqual(['province.yaml', 'contacts.yaml'])
    expect(new ContentHolder(without.content, 1).offer({ content: first }, 2)).toBe('taken')
  })

  it('forgets the complaint when the old text is put back', () => {
    const holder = new ContentHolder(contentOf('một'), 1)
    holder.offer(wrong, 2)
    expect(holder.offer({ content: contentOf('một') }, 3)).toBe('same')
    expect(holder.status).toMatchObject({ loadedAt: 1, problems: [] })
  })
})

describe('a running server', () => {
  const undo: (() => unknown)[] = []
  afterEach(async () => {
    for (const step of undo.splice(0).reverse()) await step()
  })

  async function running() {
    const dir = await mkdtemp(join(tmpdir(), 'content-'))
    undo.push(() => rm(dir, { recursive: true }))
    for (const name of ['flows', 'content']) await mkdir(join(dir, name))
    await writeFile(join(dir, 'flows/thu.yaml'), flow('một'))
    const reloads: Reload[] = []
    let heard = (): void => {}
    const opened = await openContent(
      { flowsDir: join(dir, 'flows'), contentDir: join(dir, 'content'), defaultsDir: 'content' }, options, () => 7,
      (reload) => {
        reloads.push(reload)
        heard()
      })
    if ('problems' in opened) throw new Error('the fixture is wrong')
    undo.push(opened.stop)
    /** Does it, and waits until a reading has ended. */
    const after = async (change: () => Promise<unknown>): Promise<{ reload: Reload; took: number }> => {
      const next = new Promise<void>((resolve) => { heard = resolve })
      await change()
      const from = performance.now()
      await next
      return { reload: reloads.at(-1)!, took: performance.now() - from }
    }
    /** In one step, so that no reading falls between an emptied file and its new words. */
    const save = async (name: string, text: string): Promise<void> => {
      await writeFile(join(dir, '..', `.${basename(dir)}.tmp`), text)
      await rename(join(dir, '..', `.${basename(dir)}.tmp`), join(dir, name))
    }
    const says = () => opened.holder.current.flows.get('thu')?.steps['a']?.ask
    return { dir, holder: opened.holder, after, save, says }
  }

  it('picks up a saved file within two seconds, and keeps what it has when the file is wrong', async () => {
    const { holder, after, save, says } = await running()
    expect(says()).toBe('một')

    const saved = await after(() => save('flows/thu.yaml', flow('hai')))
    expect(saved.reload).toEqual({ outcome: 'taken' })
    expect(saved.took).toBeLessThan(2_000)
    expect(says()).toBe('hai')

    const broken = await after(() => save('flows/thu.yaml', flow('[ba')))
    expect(broken.reload).toMatchObject({ outcome: 'refused', problems: [{ line: 3 }] })
    expect(says()).toBe('hai')
    expect(holder.status.problems).toHaveLength(1)

    await after(() => save('flows/thu.yaml', flow('bốn')))
    expect(says()).toBe('bốn')
    expect(holder.status.problems).toEqual([])
  })

  it('sees files replaced by a rename, removed, and folders that appear later', async () => {
    const { dir, holder, after, says, save } = await running()
    await writeFile(join(dir, 'flows/.thu.yaml.tmp'), flow('hai'))
    await after(() => rename(join(dir, 'flows/.thu.yaml.tmp'), join(dir, 'flows/thu.yaml')))
    expect(says()).toBe('hai')

    await mkdir(join(dir, 'content/articles/a'), { recursive: true })
    const article = (await readFolder(`${fixtures}good/content`)).find(({ name }) => name.endsWith('.md'))!
    const appeared = await after(() => save('content/articles/a/x.md', article.text))
    expect(appeared.took).toBeLessThan(2_000)
    expect(holder.current.articles.size).toBe(1)

    await after(() => rm(join(dir, 'content/articles'), { recursive: true }))
    expect(holder.current.articles.size).toBe(0)
  })

  it('keeps what it has while a folder is gone', async () => {
    const { dir, holder, after, says, save } = await running()
    await after(() => save('content/privacy.md', 'Chúng tôi giữ gì.\n'))
    const gone = await after(() => rename(join(dir, 'content'), join(dir, 'away')))
    expect(gone.reload).toMatchObject({ outcome: 'refused', problems: [{ what: expect.stringMatching(/^không đọc lại được thư mục \(CONTENT_DIR: không có thư mục /) as string }] })
    expect(says()).toBe('một')
    await after(() => rename(join(dir, 'away'), join(dir, 'content')))
    expect(holder.status.problems).toEqual([])
  })

  const wrongLine = '\nVào https://dichvucong.gov.vn.hotro.com hoặc gọi 1900 6789 ở UBND huyện.\n'
  const handbook = async (dir: string) => {
    const article = (await readFolder(`${fixtures}good/content`)).find(({ name }) => name.endsWith('dvc-forgot-password.md'))!.text
    await mkdir(join(dir, 'content/articles/dich-vu-cong'), { recursive: true })
    const named = (id: string, more = '') => writeFile(join(dir, `content/articles/dich-vu-cong/${id}.md`), `${article.replaceAll('dvc-forgot-password', id).replaceAll(/^ {2}- (?=[^ ]*[^:]*$)/gm, `  - ${id} `)}${more}`)
    return named
  }

  it('keeps the last good version of an article that the check refuses, and takes what is good beside it', async () => {
    const { dir, holder, after, says, save } = await running()
    const write = await handbook(dir)
    await after(() => write('dvc-mot'))
    expect(holder.current.articles.get('dvc-mot')?.loudspeaker).not.toContain('Thêm')

    const refused = await after(() => write('dvc-mot', wrongLine))
    expect(refused.reload).toMatchObject({ outcome: 'refused' })
    expect(refused.took).toBeLessThan(2_000)
    expect(holder.status.problems.map(({ file, severity }) => `${severity} ${file.split('/').at(-1)!}`)).toEqual(Array(3).fill('error dvc-mot.md'))
    expect(holder.current.articles.get('dvc-mot')?.loudspeaker).not.toContain('hotro')

    const inPart = await after(() => save('flows/thu.yaml', flow('hai')))
    expect(inPart.reload).toMatchObject({ outcome: 'in_part', problems: [{}, {}, {}] })
    expect(says()).toBe('hai')
    expect(holder.status.problems).toHaveLength(3)
    expect(holder.current.articles.get('dvc-mot')?.loudspeaker).not.toContain('hotro')

    await after(() => write('dvc-hai', wrongLine))
    expect([...holder.current.articles.keys()]).toEqual(['dvc-mot'])

    await after(() => rm(join(dir, 'content/articles/dich-vu-cong/dvc-hai.md')))
    const mended = await after(() => write('dvc-mot', '\nThêm một bước.\n'))
    expect(mended.reload).toEqual({ outcome: 'taken' })
    expect(holder.current.articles.get('dvc-mot')?.loudspeaker).toContain('Thêm')
    expect(holder.status.problems).toEqual([])
  })

  it('takes a good article while a flow is broken, and nothing where the two do not fit', async () => {
    const { dir, holder, after, says, save } = await running()
    const write = await handbook(dir)
    await after(() => save('flows/thu.yaml', flow('[ba')))
    await after(() => write('dvc-mot'))
    expect([says(), holder.current.articles.has('dvc-mot')]).toEqual(['một', true])

    await after(() => save('flows/thu.yaml', 'id: thu\ntitle: Thử\nsteps: { a: { ask: hai, choices: [{ title: Xem, article: dvc-mot }] } }\n'))
    const before = holder.current
    await rm(join(dir, 'content/articles/dich-vu-cong/dvc-mot.md'))
    const unfit = await after(() => save('flows/thu.yaml', 'id: thu\ntitle: [Thử\n'))
    expect(unfit.reload).toMatchObject({ outcome: 'refused' })
    expect(holder.current).toBe(before)
  })

  it('a backup copy beside a file holds up nothing: the file is used, the copy is told', async () => {
    const { dir, holder, after, save, says } = await running()
    const write = await handbook(dir)
    await after(() => write('dvc-mot'))
    const article = join(dir, 'content/articles/dich-vu-cong/dvc-mot.md')
    await after(() => copyFile(article, article.replace('dvc-mot.md', 'dvc-mot (1).md')))
    expect(holder.status.problems.map(({ file }) => basename(file))).toEqual(['dvc-mot (1).md'])
    await after(async () => {
      await mkdir(join(dir, 'flows/cu'))
      await save('flows/cu/thu.yaml', flow('cũ'))
    })
    expect(holder.status.problems.map(({ file }) => basename(file))).toEqual(['dvc-mot (1).md', 'thu.yaml'])

    const saved = await after(() => save('flows/thu.yaml', flow('hai')))
    expect(saved.reload).toMatchObject({ outcome: 'in_part' })
    expect(says()).toBe('hai')
    expect(holder.status.problems.map(({ todo }) => todo)).toEqual(Array(2).fill(expect.stringContaining('bản sao')))
  })

  it('leaves the calendar of a campaign as it was when the check refuses it', async () => {
    const { dir, holder, after } = await running()
    const campaign = (what: string) => writeFile(join(dir, 'content/campaigns/hoi.yaml'), `id: hoi\ncalendar: [{ date: 2026-10-10, what: "${what}" }]\n`)
    await mkdir(join(dir, 'content/campaigns'), { recursive: true })
    await after(() => campaign('Hội thi'))
    await after(() => campaign('Gọi 1900 6789'))
    expect(holder.current.calendars.get('hoi')?.map(({ what }) => what)).toEqual(['Hội thi'])
    expect(holder.status.problems).toMatchObject([{ line: 2, what: expect.stringContaining('1900 6789') as string }])
  })

  it('starts without an article that the check refuses, also where a flow leads to it, and says so', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'content-'))
    undo.push(() => rm(dir, { recursive: true }))
    await mkdir(join(dir, 'flows'))
    await writeFile(join(dir, 'flows/thu.yaml'), 'id: thu\ntitle: Thử\nsteps: { a: { ask: Chào, choices: [{ title: Xem, article: dvc-hai }] } }\n')
    const write = await handbook(dir)
    await write('dvc-mot')
    await write('dvc-hai', wrongLine)
    const opened = await openContent({ flowsDir: join(dir, 'flows'), contentDir: join(dir, 'content'), defaultsDir: 'content' }, options, () => 7, () => {})
    if ('problems' in opened) throw new Error(JSON.stringify(opened.problems))
    undo.push(opened.stop)
    expect([...opened.holder.current.articles.keys()]).toEqual(['dvc-mot'])
    expect(opened.holder.status.problems).toHaveLength(3)
  })

  /** The project's own flows and words, with changes and files beside them; what a start makes of them. */
  async function startOf(changes: Readonly<Record<string, (text: string) => string>>) {
    const dir = await mkdtemp(join(tmpdir(), 'content-'))
    undo.push(() => rm(dir, { recursive: true }))
    const small = world()
    const added = Object.keys(changes).filter((path) => ![...small.flows.map(({ name }) => `flows/${name}`), ...small.content.map(({ name }) => `content/${name}`)].includes(path))
    for (const [folder, texts] of [['flows', small.flows], ['content', small.content], ['', added.map((path) => file(path, changes[path]!('')))]] as const) {
      for (const { name, text } of texts) {
        await mkdir(dirname(join(dir, folder, name)), { recursive: true })
        await writeFile(join(dir, folder, name), changes[`${folder}/${name}`]?.(text) ?? text)
      }
    }
    const opened = await openContent({ flowsDir: join(dir, 'flows'), contentDir: join(dir, 'content'), defaultsDir: 'content' }, options, () => today, () => {})
    if ('holder' in opened) undo.push(opened.stop)
    return opened
  }
  const errors = (problems: readonly Problem[]): string[] => problems.map(({ file, line, what }) => `${basename(file)}:${line} ${what}`)

  it('starts without a flow that the check refuses, and without the ways that lead there, and says so', async () => {
    const opened = await startOf({ 'flows/dich-vu-cong.yaml': (text) => text.replace('Bà con muốn làm gì?', 'Bà con gọi 1900 6789.') })
    if ('problems' in opened) throw new Error(errors(opened.problems).join())
    const { flows } = opened.holder.current
    expect([...flows.keys()]).toEqual(['main'])
    expect(flows.get('main')!.steps['menu']!.choices.map(({ title }) => title)).toEqual(['Quên mật khẩu', 'Gặp cán bộ'])
    expect(errors(opened.holder.status.problems)).toEqual(['dich-vu-cong.yaml:7 số điện thoại 1900 6789 không có trong contacts.yaml'])
  })

  it('starts beside a backup copy of the main menu', async () => {
    const opened = await startOf({ 'flows/main (1).yaml': () => 'id: main\ntitle: Bản cũ\nsteps: { a: { ask: Cũ, otherwise: answer } }\n' })
    expect('holder' in opened && opened.holder.current.flows.get('main')!.title).not.toBe('Bản cũ')
    expect('holder' in opened && opened.holder.status.problems.map(({ file }) => basename(file))).toEqual(['main (1).yaml'])
  })

  it('starts without a flow that cannot be read', async () => {
    const opened = await startOf({ 'flows/dich-vu-cong.yaml': () => 'id: dich-vu-cong\ntitle: [' })
    expect('holder' in opened && [...opened.holder.current.flows.keys()]).toEqual(['main'])
  })

  it('starts with the project’s sentences while the own replies.yaml has an error, and says so', async () => {
    const opened = await startOf({
      'content/replies.yaml': (text) => text.replace(/^thanks: .*$/m, 'thanks: Gọi 1900 6789.'),
      'content/province.yaml': (text) => text.replace('values:\n', 'values:\n  website: https://tinhmau.gov.vn\n  office: Sở Khoa học và Công nghệ\n'),
    })
    if ('problems' in opened) throw new Error(errors(opened.problems).join())
    expect(opened.holder.current.replies.thanks).not.toContain('1900 6789')
    expect(errors(opened.holder.status.problems)).toEqual(['replies.yaml:22 số điện thoại 1900 6789 không có trong contacts.yaml'])
  })

  it.each<[string, (text: string) => string, string]>([
    ['flows/main.yaml', (text) => text.replace('Bà con cần giúp việc gì?', 'Gọi 1900 6789.'), 'main.yaml:6 số điện thoại 1900 6789 không có trong contacts.yaml'],
    ['content/province.yaml', (text) => text.replace('tỉnh Mẫu', 'TỈNH MẪU'), 'province.yaml:2 "name" còn là giá trị mẫu: TỈNH MẪU'],
    ['content/entry.yaml', (text) => text.replace('Xin chào,', 'Xin chào, xem dichvucong-gov.vn,'), 'entry.yaml:1 "dichvucong-gov.vn" nhái tên miền dichvucong.gov.vn'],
  ])('does not start while %s has an error, and names its line', async (name, change, said) => {
    const opened = await startOf({ [name]: change })
    expect('problems' in opened && errors(opened.problems)).toEqual([said])
  })

  it('does not start on wrong files', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'content-'))
    undo.push(() => rm(dir, { recursive: true }))
    await writeFile(join(dir, 'x.yaml'), 'id: x\n')
    const opened = await openContent({ flowsDir: dir, contentDir: dir, defaultsDir: 'content' }, options, () => 0, () => {})
    expect(opened).toMatchObject({ problems: [{ what: 'thiếu khóa "title"' }, { what: 'thiếu khóa "steps"' }] })
  })
})
