import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkContent, contentDue, loadContent, type Content, type FileSource } from '../../src/content.ts'
import { formatProblems } from '../../src/core/problem.ts'
import { enter } from '../../src/flow/advance.ts'
import { noFlow } from '../../src/flow/flow.ts'
import { context, shown } from '../flow/support.ts'
import { file, options, today, world } from './support.ts'

function contentOf(files: FileSource): Content {
  const loaded = loadContent(files, options)
  if ('problems' in loaded) throw new Error(formatProblems(loaded.problems).join('\n'))
  return loaded.content
}

const tiny = 'id: thu\ntitle: Kịch bản thử\nsteps: { a: { ask: Chào, otherwise: answer } }\n'

describe('the good folders', () => {
  it('have nothing to complain of', () => expect(formatProblems(checkContent(world(), today))).toEqual([]))

  it('become one value', () => {
    const content = contentOf(world())
    expect([...content.flows.keys()].sort()).toEqual(['dich-vu-cong', 'main'])
    expect([...content.articles.keys()]).toEqual(['dvc-forgot-password'])
    expect(content.replies.menu_title).toBe('Menu chính')
    expect(content.entry.refs).toEqual({ 'bang-tin-xa': 'flow:dich-vu-cong' })
    expect(content.province).toEqual({
      values: { name: 'tỉnh Mẫu', hotline: '0259 3822 333', duty_hours: '7 giờ 30 đến 17 giờ, thứ Hai đến thứ Sáu' },
      hours: {
        weekly: { 0: [], 1: [{ from: 450, to: 690 }, { from: 810, to: 1020 }], 2: [{ from: 450, to: 690 }, { from: 810, to: 1020 }] },
        holidays: ['2027-01-01', '2027-02-05'],
      },
    })
    expect(content.answerer.answer('gì', { now: today, lastArticle: null })).toMatchObject({ candidates: [{ article: 'dvc-forgot-password' }] })
  })

  it('have one version, whatever order they come in, and another after any change', () => {
    const files = world()
    const { version } = contentOf(files)
    expect(contentOf({ ...files, content: [...files.content].reverse(), flows: [...files.flows].reverse() }).version).toBe(version)
    expect(contentOf(world({ flows: [file('thu.yaml', tiny)] })).version).not.toBe(version)
  })
})

describe('folders that lack files', () => {
  const { content: defaults } = world()

  it('borrow the project’s replies, entry and province, but no articles', () => {
    const content = contentOf({ flows: [file('thu.yaml', tiny)], content: [], defaults })
    expect(content.replies.menu_title).toBe('Menu chính')
    expect(content.articles.size).toBe(0)
  })

  it('get a main menu of the flows by title', () => {
    const content = contentOf({ flows: [file('thu.yaml', tiny), file('hai.yaml', tiny.replace('thu', 'hai').replace('thử', 'hai'))], content: [], defaults })
    expect(shown(enter(content.flows, noFlow, { flow: 'main', step: content.flows.get('main')!.start }, context()))).toEqual(['Menu chính | Kịch bản hai | Kịch bản thử'])
  })

  it('may lead to a main menu that nobody wrote', () => {
    const content = contentOf({ flows: [file('thu.yaml', tiny.replace('otherwise: answer', 'goto: main'))], content: [], defaults })
    expect(shown(enter(content.flows, noFlow, { flow: 'thu', step: 'a' }, context()))).toEqual(['Chào', 'Menu chính | Kịch bản thử'])
  })

  it('do not borrow numbers that belong to another province', () => {
    const own = file('province.yaml', 'values: { name: tỉnh Khác }\nhours: { weekly: {} }\n')
    const loaded = loadContent({ flows: [file('thu.yaml', tiny)], content: [own], defaults }, options)
    expect('problems' in loaded && loaded.problems.map(({ what }) => what)).toContainEqual(expect.stringContaining('chỗ điền {{province.hotline}} không có'))
  })

  it('say which file is missing when nobody lends it', () => {
    const loaded = loadContent({ flows: [], content: [], defaults: [] }, options)
    expect('problems' in loaded && loaded.problems.map(({ file }) => file)).toEqual(['contacts.yaml', 'entry.yaml', 'flows', 'province.yaml', 'replies.yaml'])
  })
})

it('a misspelt CONTENT_DIR is noticed', () => {
  expect(checkContent({ ...world({ flows: [] }), content: [], defaults: world().content }, today)).toContainEqual(expect.objectContaining({ what: 'chưa có mục hỏi–đáp nào' }))
})

describe('what editors do to files', () => {
  const asWritten = (change: (text: string) => string): FileSource => {
    const files = world()
    const changed = (list: FileSource['flows']) => list.map((one) => ({ ...one, text: change(one.text) }))
    return { flows: changed(files.flows), content: changed(files.content), defaults: [] }
  }
  const plain = contentOf(world())
  const told = (content: Content) => JSON.stringify([content.flows, [...content.flows.values()].map(({ steps }) => steps), [...content.articles.values()], content.replies, content.province])

  it.each<[string, (text: string) => string]>([
    ['Windows line ends', (text) => text.replaceAll('\n', '\r\n')],
    ['a byte order mark', (text) => `\uFEFF${text}`],
    ['decomposed letters', (text) => text.normalize('NFD')],
    ['no line end at the end', (text) => text.trimEnd()],
  ])('%s changes nothing', (_, change) => expect(told(contentOf(asWritten(change)))).toBe(told(plain)))
})

describe('an article', () => {
  const withBody = (body: string) => {
    const good = world().content.find(({ name }) => name.endsWith('.md'))!
    const put = { ...good, text: `${good.text.slice(0, good.text.indexOf('\n---\n') + 5)}${body}` }
    return [...contentOf(world({ content: [put] })).articles.values()][0]!
  }

  it('is a short paragraph and the rest, without comments and the loudspeaker text', () => {
    expect(contentOf(world()).articles.get('dvc-forgot-password')).toMatchObject({
      short: 'Bà con bấm "Quên mật khẩu" trong ứng dụng VNeID rồi làm theo hướng dẫn. Cần giúp, gọi 0259 3822 333.',
      details: '1. Mở ứng dụng VNeID.\n2. Bấm "Quên mật khẩu".\n\nMật khẩu mới có từ 8 ký tự.',
      sources: [{ title: 'Nghị định về định danh và xác thực điện tử', number: '69/2024/NĐ-CP', date: '2024-07-01', url: 'https://vanban.chinhphu.vn' }],
      related: [],
    })
  })
  it('may be a short paragraph alone', () => expect(withBody('\n\nNgắn thôi.\n')).toMatchObject({ short: 'Ngắn thôi.', details: '' }))
  it('ends before the loudspeaker text and goes on after it', () => {
    expect(withBody('Ngắn.\n\nMột.\n\n## Đọc loa\nKính thưa.\n\nBà con.\n\n## Khác\nHai.').details).toBe('Một.\n\n## Khác\nHai.')
  })
  it('may name the province’s own page as its source', () => {
    const [province, article] = [world().content.find(({ name }) => name === 'province.yaml')!, world().content.find(({ name }) => name.endsWith('.md'))!]
    const own = [{ ...province, text: province.text.replace('values:\n', 'values:\n  website: https://tinhmau.gov.vn\n') }, { ...article, text: article.text.replace('https://vanban.chinhphu.vn', '{{province.website}}') }]
    const content = contentOf(world({ content: [...own, ...world().content.filter(({ name }) => name === 'contacts.yaml')] }))
    expect(content.articles.get('dvc-forgot-password')!.sources).toMatchObject([{ url: 'https://tinhmau.gov.vn' }])
  })
  it('keeps its text when the province’s words hold dollar signs or braces', () => {
    const province = world().content.find(({ name }) => name === 'province.yaml')!
    const content = contentOf(world({ content: [{ ...province, text: province.text.replace('0259 3822 333', () => "'$& {{province.name}}'") }, ...world().content.filter(({ name }) => name === 'contacts.yaml' || name.endsWith('.md'))] }))
    expect(content.articles.get('dvc-forgot-password')!.short).toContain('gọi $& {{province.name}}.')
  })
})

describe('lines about the past', () => {
  const articleSaying = (line: string): FileSource => {
    const good = world().content.find(({ name }) => name.endsWith('.md'))!
    return world({ content: [{ ...good, text: good.text.replace('Mật khẩu mới có từ 8 ký tự.', line) }] })
  }
  it.each<[string, number]>([
    ['Trước là Sở TT&TT lo việc này.', 1],
    ['Trước là Sở TT&TT lo việc này. <!-- lịch sử -->', 0],
    ['Nay không còn cấp huyện.', 0],
    ['Nộp tại Trung tâm văn hóa huyện.', 1],
    ['Nộp ở quận/huyện hay công an chuyện gì cũng hỏi.', 0],
    ['Dịch vụ công mức độ 3, 4.', 1],
    ['Định danh mức độ 2.', 0],
  ])('%j: %i', (line, count) => expect(checkContent(articleSaying(line), today)).toHaveLength(count))
})

it('tells which articles fall due, most urgent first', () => {
  const article = contentOf(world()).articles.get('dvc-forgot-password')!
  const due = (id: string, reviewBy: string) => ({ ...article, id, reviewBy })
  const list = [due('later', '2026-12-21'), due('far', '2026-12-22'), due('past', '2026-11-20'), due('today', '2026-11-21')]
  expect(contentDue(list, '2026-11-21').map(({ id, daysLeft }) => [id, daysLeft])).toEqual([['past', -1], ['today', 0], ['later', 30]])
})

it('whatever happens to a file, reading ends in content or in complaints that have a place', () => {
  const files = world()
  const victims = [...files.flows, ...files.content]
  const damage = fc.record({ at: fc.nat(), cut: fc.nat({ max: 20 }), put: fc.oneof(fc.string({ unit: 'binary', maxLength: 5 }), fc.constantFrom('{', ']', ': ', '\n', '  ', '- ', '"', '{{', '*a', '&a', '!', '|', '---\n', '#', '\t', '__proto__', '<<: *a')) })
  fc.assert(fc.property(fc.nat({ max: victims.length - 1 }), fc.array(damage, { minLength: 1, maxLength: 3 }), (which, damages) => {
    const victim = victims[which]!
    const text = damages.reduce((before, { at, cut, put }) => {
      const from = at % (before.length + 1)
      return before.slice(0, from) + put + before.slice(from + cut)
    }, victim.text)
    const put = { ...victim, text }
    const source = which < files.flows.length ? world({ flows: [put] }) : world({ content: [put] })
    const loaded = loadContent(source, options)
    const problems = checkContent(source, today)
    expect('content' in loaded || loaded.problems.length > 0).toBe(true)
    for (const { file, line, column, what, todo } of problems) {
      const lines = (source.flows.find((one) => one.file === file) ?? source.content.find((one) => one.file === file))?.text.split('\n').length ?? 1
      expect(line).toBeGreaterThanOrEqual(1)
      expect(line).toBeLessThanOrEqual(lines)
      expect(column).toBeGreaterThanOrEqual(1)
      expect(what.length * todo.length).toBeGreaterThan(0)
      expect(what, 'in Vietnamese').not.toMatch(/Invalid (input|key)|expected|Unrecognized|Too (small|big)/)
    }
  }), { numRuns: 100 })
})
