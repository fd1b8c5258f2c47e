import { inflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { deflate } from '../../src/commands/content-build.ts'
import { assetMessage, assetMessages, bundleOf, checkContent, currentArticle, filesOfBundle, loadContent, recordings, spokenMessages, type Content, type FileSource } from '../../src/content.ts'
import { formatProblems } from '../../src/core/problem.ts'
import { file, options, today, world } from './support.ts'

function contentOf(files: FileSource): Content {
  const loaded = loadContent(files, options)
  if ('problems' in loaded) throw new Error(formatProblems(loaded.problems).join('\n'))
  return loaded.content
}
const problemsOf = (files: FileSource): string[] => {
  const loaded = loadContent(files, options)
  return 'problems' in loaded ? formatProblems(loaded.problems) : []
}

const entry = (change: Record<string, string> = {}): string =>
  `  - { ${Object.entries({ id: 'khung', file: 'khung.png', kind: 'frame', title: 'Khung', alt: 'Khung tròn', rights: 'Dùng tự do', ...change }).map(([key, value]) => `${key}: ${value}`).join(', ')} }\n`
const assetsYaml = (...entries: string[]) => file('assets/assets.yaml', `assets:\n${entries.join('')}`)
const voice = entry({ id: 'tieng-mong', file: 'mong.mp3', kind: 'audio' })

const base = world().content.find(({ name }) => name.endsWith('dvc-forgot-password.md'))!
/** The good article under another id, with more front matter, and more text after it. */
const article = (id: string, more: string, after = '') => file(`articles/${id}.md`,
  base.text.replace('id: dvc-forgot-password', `id: ${id}\n${more}`).replace(/questions:[\s\S]*?(?=\nreviewed)/, `questions: [${id} một, ${id} hai, ${id} ba, ${id} bốn, ${id} năm, ${id} sáu]`) + after)

describe('assets.yaml', () => {
  it('becomes assets by id, with their type', () => {
    const { assets } = contentOf(world({ content: [assetsYaml(entry({ from: '2026-10-01', until: '2026-10-31' }), voice)] }))
    expect(assets.get('khung')).toEqual({ id: 'khung', file: 'khung.png', kind: 'frame', title: 'Khung', alt: 'Khung tròn', rights: 'Dùng tự do', from: '2026-10-01', until: '2026-10-31', type: 'image/png' })
    expect(assets.get('tieng-mong')).toMatchObject({ type: 'audio/mpeg', from: null, until: null })
  })

  const wrong: [name: string, entries: string[], says: RegExp][] = [
    ['a file in another folder', [entry({ file: '../khung.png' })], /assets\.yaml:2:\d+: tên tệp viết sai/],
    ['a hidden file', [entry({ file: '.env' })], /tên tệp viết sai/],
    ['an ending of another kind', [entry({ file: 'khung.mp3' })], /"khung\.mp3" không phải loại frame → đuôi tệp phải là một trong: png/],
    ['a page as a picture', [entry({ file: 'khung.html' })], /không phải loại frame/],
    ['an unknown kind', [entry({ kind: 'anh' })], /loại tệp viết sai → chọn một trong: banner/],
    ['the same id twice', [entry(), entry({ file: 'b.png' })], /assets\.yaml:3:\d+: mã tệp "khung" đã có/],
    ['an end before the beginning', [entry({ from: '2026-10-02', until: '2026-10-01' })], /sớm hơn ngày bắt đầu/],
    ['a day that is none', [entry({ until: '2026-02-30' })], /ngày viết sai dạng/],
    ['no alt text', [entry({ alt: '""' })], /đang bỏ trống/],
    ['no rights', [entry().replace(', rights: Dùng tự do', '')], /thiếu khóa "rights"/],
  ]
  for (const [name, entries, says] of wrong) it(`refuses ${name}`, () => expect(problemsOf(world({ content: [assetsYaml(...entries)] })).join('\n')).toMatch(says))

  it('the check tells what is missing, too heavy or empty; the server still starts', () => {
    const files = { ...world({ content: [assetsYaml(entry(), entry({ id: 'b', file: 'b.png' }), entry({ id: 'c', file: 'c.png' }), entry({ id: 'd', file: 'd.png' }))] }),
      assets: [{ name: 'assets/b.png', bytes: 2_500_000 }, { name: 'assets/c.png', bytes: 0 }, { name: 'assets/d.png', bytes: 1_048_576 }] }
    expect(formatProblems(checkContent(files, today)).map((line) => line.replace(/^[^ ]+ /, ''))).toEqual([
      'không thấy tệp "khung.png" trong content/assets → chép tệp vào, hoặc sửa tên tệp',
      'tệp "b.png" nặng 2,4 MB, tối đa 1 MB → giảm kích thước tệp: điện thoại yếu không tải nổi, có kênh không nhận',
      'tệp "c.png" rỗng → chép lại tệp từ bản gốc vào content/assets',
    ])
    expect(problemsOf(files)).toEqual([])
  })
})

describe('an article with assets', () => {
  const audio = 'audio: [{ language: tiếng Mông, asset: tieng-mong, translated_by: Bà Giàng, checked_by: Ông Lý }]'

  it('names what may be heard, and nothing when it has expired', () => {
    const content = contentOf(world({ content: [assetsYaml(voice), article('noi', audio)] }))
    const found = content.articles.get('noi')!
    expect(recordings(content, found, '2026-11-21')).toEqual([{ language: 'tiếng Mông', translatedBy: 'Bà Giàng', checkedBy: 'Ông Lý', asset: content.assets.get('tieng-mong') }])
    expect(recordings(content, { ...found, reviewBy: '2026-11-20' }, '2026-11-21')).toEqual([])
  })

  it('is heard and seen in chat, each thing as long as it is shown', () => {
    const content = contentOf(world({ content: [assetsYaml(voice, entry({ from: '2026-10-01', until: '2026-10-31' })), article('noi', `${audio}\nassets: [khung]`)] }))
    const found = content.articles.get('noi')!
    const origin = 'https://a.example'
    expect(spokenMessages(content, found, '2026-11-21', origin)).toEqual([{ text: `${found.title} (tiếng Mông)`, media: { kind: 'audio', url: `${origin}/tep/tieng-mong`, alt: 'Khung tròn' } }])
    expect(['2026-10-10', '2026-11-21'].map((day) => assetMessages(content, found, day, origin).length)).toEqual([1, 0])
  })

  const wrong: [name: string, more: string, says: RegExp][] = [
    ['an unknown asset, suggesting the near one', 'assets: [khug]', /noi\.md:\d+:\d+: không có tệp "khug" → có phải "khung"\?/],
    ['a recording that is a picture', audio.replace('tieng-mong', 'khung'), /"khung" không phải bản ghi âm/],
    ['a recording that is not there', audio.replace('tieng-mong', 'x'), /không có tệp "x"/],
    ['a machine’s translation', audio.replace('Bà Giàng', 'Google Dịch'), /bản dịch của máy không được dùng/],
    ['a recording nobody checked', audio.replace(', checked_by: Ông Lý', ''), /thiếu khóa "checked_by"/],
    ['a replacement without withdrawal', 'replaced_by: dvc-forgot-password', /replaced_by mà không có withdrawn/],
    ['a replacement that is not there', 'withdrawn: 2026-11-01\nreplaced_by: dvc-forgot-pasword', /không có mục hỏi–đáp đang dùng "dvc-forgot-pasword" → có phải "dvc-forgot-password"\?/],
  ]
  for (const [name, more, says] of wrong) it(`refuses ${name}`, () => expect(problemsOf(world({ content: [assetsYaml(entry(), voice), article('noi', more)] })).join('\n')).toMatch(says))

  it('keeps every loudspeaker text, province filled in, apart from the answer', () => {
    const { loudspeaker, short, details } = contentOf(world({ content: [article('noi', '', '\n## Đọc loa\n\nKính thưa bà con {{province.name}}!\n\n<!-- nháp -->Xin hết.\n')] })).articles.get('noi')!
    expect(loudspeaker).toBe('Kính thưa bà con.\n\nKính thưa bà con tỉnh Mẫu!\n\nXin hết.')
    expect(short + details).not.toContain('Kính thưa')
  })
})

describe('a withdrawn article', () => {
  const files = world({ content: [article('cu', 'withdrawn: 2026-11-01\nreplaced_by: dvc-forgot-password'), article('bo', 'withdrawn: 2026-11-01')] })

  it('is answered no more, and known still', async () => {
    const content = contentOf(files)
    expect([...content.articles.keys()]).toEqual(['dvc-forgot-password'])
    const answer = await content.answerer.answer('gì', { now: today, lastArticle: null })
    expect(answer.candidates.map(({ article: id }) => id)).toEqual(['dvc-forgot-password'])
    expect(content.withdrawn.get('cu')?.withdrawn).toEqual({ on: '2026-11-01', replacedBy: 'dvc-forgot-password' })
  })

  it('leads to what replaced it', () => {
    const content = contentOf(files)
    expect(['cu', 'bo', 'dvc-forgot-password', 'x'].map((id) => currentArticle(content, id)?.id)).toEqual(['dvc-forgot-password', undefined, 'dvc-forgot-password', undefined])
  })

  it('is still a place where a flow may lead, with a warning at each', () => {
    const flow = file('thu.yaml', 'id: thu\ntitle: Thử\nsteps: { a: { ask: Chào, choices: [{ title: Xem, article: cu }] } }\n')
    const led = { ...files, flows: [...files.flows, flow] }
    expect(contentOf(led).flows.has('thu')).toBe(true)
    expect(checkContent(led, today)).toContainEqual(expect.objectContaining({ file: 'thu.yaml', line: 3, severity: 'warning', what: expect.stringContaining('"cu" đã rút') as string, todo: 'dẫn tới mục thay nó: dvc-forgot-password' }))
  })

  it('may be replaced by one that was replaced in turn', () => {
    const content = contentOf({ ...files, content: [...files.content, article('cu-hon', 'withdrawn: 2026-10-01\nreplaced_by: cu'), article('a', 'withdrawn: 2026-10-01\nreplaced_by: b'), article('b', 'withdrawn: 2026-10-01\nreplaced_by: a')] })
    expect(['cu-hon', 'a'].map((id) => currentArticle(content, id)?.id)).toEqual(['dvc-forgot-password', undefined])
  })
})

describe('an asset in chat', () => {
  const asset = contentOf(world({ content: [assetsYaml(entry(), voice, entry({ id: 've', file: 've.svg', kind: 'poster' }))] })).assets
  const rows: [id: string, message: object][] = [
    ['khung', { text: 'Khung', media: { kind: 'image', url: 'https://a.example/tep/khung', alt: 'Khung tròn' } }],
    ['tieng-mong', { text: 'Khung', media: { kind: 'audio', url: 'https://a.example/tep/tieng-mong', alt: 'Khung tròn' } }],
    ['ve', { text: 'Khung', links: [{ title: 'Khung', url: 'https://a.example/tep/ve' }] }],
  ]
  for (const [id, message] of rows) it(`${id} is ${Object.keys(message).at(-1)}`, () => expect(assetMessage(asset.get(id)!, 'https://a.example')).toEqual(message))
})

describe('a bundle', () => {
  const files = { ...world({ content: [assetsYaml(entry())] }), assets: [{ name: 'assets/khung.png', bytes: 3 }] }

  it('reads as the same content', () => {
    const [there, here] = [contentOf(filesOfBundle(JSON.parse(bundleOf(files, deflate)))), contentOf(files)]
    const plain = ({ flows, articles, withdrawn, assets, replies, entry: way, province, groups, privacy, version }: Content) =>
      JSON.stringify([[...flows], [...articles], [...withdrawn], [...assets], replies, way, province, groups, privacy, version])
    expect(plain(there)).toBe(plain(here))
  })

  it('has the same bytes for the same files in any order', () => {
    expect(bundleOf({ ...files, content: files.content.toReversed(), flows: files.flows.toReversed() }, deflate)).toBe(bundleOf(files, deflate))
  })

  it('sends a text that is lent and written alike once, and gives back every file as it was', () => {
    const same = { name: 'replies.yaml', text: 'một lời dài và dễ nhận ra' }
    const some: FileSource = {
      flows: [], assets: [],
      content: [{ ...same, file: 'tinh/replies.yaml' }, { name: 'entry.yaml', file: 'tinh/entry.yaml', text: 'của tỉnh' }],
      defaults: [{ name: 'contacts.yaml', file: 'content/contacts.yaml', text: 'chỉ có ở đây' }, { name: 'entry.yaml', file: 'content/entry.yaml', text: 'có sẵn' }, { ...same, file: 'content/replies.yaml' }],
    }
    const bundle = bundleOf(some, deflate)
    const { deflated } = JSON.parse(bundle) as { deflated: string }
    expect(inflateRawSync(Buffer.from(deflated, 'base64')).toString().split(same.text)).toHaveLength(2)
    const read = filesOfBundle(JSON.parse(bundle))
    expect(read.defaults).toEqual(some.defaults)
    expect(read.content.toReversed()).toEqual(some.content)
  })

  it('leaves out what only tells how to write the files', () => {
    const read = filesOfBundle(JSON.parse(bundleOf({ ...files, flows: [...files.flows, { name: 'README.md', file: 'flows/README.md', text: 'x' }], content: [...files.content, { name: 'campaigns/README.md', file: 'content/campaigns/README.md', text: 'x' }] }, deflate)))
    expect([read.flows.length, read.content.length]).toEqual([files.flows.length, files.content.length])
  })

  it('refuses what is none, and a lent file without a text anywhere', () => {
    expect(() => filesOfBundle({ flows: 'x' })).toThrow()
    const lentAway = JSON.stringify({ flows: [], content: [], defaults: [{ name: 'replies.yaml', file: 'content/replies.yaml' }] })
    expect(() => filesOfBundle({ deflated: Buffer.from(deflate(Buffer.from(lentAway))).toString('base64') })).toThrow('replies.yaml')
    expect(() => filesOfBundle({ deflated: 'AAAA' })).toThrow()
  })
})
