import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { articleFiles, flowFiles } from '../../src/content/files.ts'
import { faultsIn, newText, valuesFrom, valuesOf, withValues, type ArticleValues } from '../../src/console/content/article-form.ts'
import { placesOf } from '../../src/console/content/difference.ts'
import { merged, piecesOf, wordPieces } from '../../src/console/content/line-difference.ts'
import { fieldOfProblem } from '../../src/console/content/problem-places.ts'
import { provinceField, provinceValues, withProvince, type ProvinceValues } from '../../src/console/content/province-form.ts'
import { wordsAt } from '../../src/console/content/word-files.ts'
import { placeOfProblem, placesIn, withPlaces } from '../../src/console/content/word-form.ts'
import { findProblems } from '../../src/conversation/find-problems.ts'
import { readContentFolders } from '../../src/node/files.ts'
import { wordFolders } from '../../src/node/words.ts'
import { world, today } from '../content/support.ts'

const real = await readContentFolders(wordFolders({ flowsDir: 'flows', contentDir: 'content' }))
const small = world()
const given = small.content.find(({ name }) => name === 'articles/vneid/dvc-forgot-password.md')!
const file = { root: 'content', name: given.name, file: given.file } as const
const text = given.text
const values = valuesOf(file, text)!
const written = (change: Partial<ArticleValues['cells']>, lists: Partial<Pick<ArticleValues, 'sources' | 'actions'>> = {}, source = text): string => {
  const made = withValues(file, source, { ...values, ...lists, cells: { ...values.cells, ...change } })
  if ('refused' in made) throw new Error(made.refused)
  return made.text
}
/** Lines that are only in one of the two. */
const changedLines = (before: string, after: string): string[] => piecesOf(before.split('\n'), after.split('\n'), '\n').filter(({ kind }) => kind !== 'same').map(({ kind, text: some }) => `${kind} ${some}`)

describe('an article as a form', () => {
  it('every article of the handbook comes back byte for byte when nothing is changed', () => {
    for (const { name, file: shown, text: source } of articleFiles(real)) {
      const at = { root: 'content', name, file: shown } as const
      expect(withValues(at, source, valuesOf(at, source)!), shown).toEqual({ text: source })
    }
  })

  it('a change touches its own place and keeps every comment', () => {
    expect(changedLines(text, written({ title: 'Lấy lại mật khẩu VNeID' }))).toEqual(['gone title: Quên mật khẩu VNeID', 'new title: Lấy lại mật khẩu VNeID'])
    const shorter = written({ short: 'Bấm “Quên mật khẩu”. <!-- kiểm lại khi VNeID đổi giao diện -->' })
    expect(shorter).toContain('<!-- kiểm lại khi VNeID đổi giao diện -->')
    expect(shorter).toContain('## Đọc loa\nKính thưa bà con.')
    expect(changedLines(text, written({ loudspeaker: 'Kính thưa bà con xã Mẫu.' })).join('\n')).toBe('gone Kính thưa bà con.\nnew \nKính thưa bà con xã Mẫu.')
  })

  it('questions: one corrected, one gone, one come, each in its place', () => {
    const lines = values.cells.questions.split('\n')
    const changed = written({ questions: [lines[0], 'Quên pass VNeID rồi', ...lines.slice(3), 'Lấy lại mật khẩu ở đâu'].join('\n') })
    expect(valuesOf(file, changed)!.cells.questions.split('\n')).toEqual([lines[0], 'Quên pass VNeID rồi', 'Lấy lại mật khẩu ở đâu', ...lines.slice(3)])
    const fewer = written({ questions: lines.slice(1).join('\n') })
    expect(changedLines(text, fewer)).toEqual([`gone   - ${lines[0]}`])
  })

  it('sources and buttons: a key emptied goes, a row emptied goes, a new row comes', () => {
    const [source] = values.sources
    expect(written({}, { sources: [{ ...source, url: '' }] })).toContain('- { title: Nghị định về định danh và xác thực điện tử, number: 69/2024/NĐ-CP, date: 2024-07-01 }')
    const more = written({}, { sources: [source!, { title: 'Báo Mẫu', number: '', date: '2026-01-02', url: '' }], actions: [] })
    expect(more).toContain('- { title: Báo Mẫu, date: 2026-01-02 }')
    expect(more).not.toContain('actions:')
  })

  it('what is missing is told by its field', () => {
    const none = valuesFrom(() => '')
    expect(Object.keys(faultsIn(none))).toEqual(['ten', 'cach-hoi', 'tra-loi', 'phu-trach', 'ra-soat', 'han', 'nguon-1-title'])
    expect(faultsIn({ ...values, cells: { ...values.cells, short: 'Một.\n\nHai.' } })).toEqual({ 'tra-loi': expect.stringContaining('một đoạn liền') })
  })

  it('a new article reads back as it was written', () => {
    const made = newText('muc-moi', { ...values, cells: { ...values.cells, loudspeaker: 'Kính thưa bà con.' } })
    expect(valuesOf({ ...file, name: 'articles/vneid/muc-moi.md' }, made)).toEqual({
      ...values, sources: values.sources.map((row) => ({ ...row, id: 'muc-moi' })), actions: values.actions.map((row) => ({ ...row, id: 'muc-moi' })),
    })
  })

  it.each([
    ['a title too long', { title: 'x'.repeat(101) }, 'ten'],
    ['a short answer too long', { short: 'Bấm nút này. '.repeat(30).trim() }, 'tra-loi'],
    ['an unknown number in the steps', { details: '1. Gọi 0912 345 678.' }, 'cac-buoc'],
    ['a review in the future', { reviewed: '2027-01-01' }, 'ra-soat'],
    ['a review past', { reviewed: '2026-01-01', review_by: '2026-02-01' }, 'han'],
    ['an article that is not there', { related: 'khong-co' }, 'lien-quan'],
    ['few questions', { questions: 'Quên mật khẩu' }, 'cach-hoi'],
  ])('the check is told beside the field: %s', (_, change, field) => {
    const after = written(change)
    const problems = findProblems({ ...small, content: small.content.map((one) => (one.name === file.name ? { ...one, text: after } : one)) }, today).filter((problem) => problem.file === file.file)
    expect(problems.map((problem) => fieldOfProblem(after, problem))).toContain(field)
  })

  it('and beside the column of a source', () => {
    const after = written({}, { sources: [{ ...values.sources[0]!, date: '2027-01-01' }, { title: 'Báo lạ', number: '', date: '2026-01-01', url: 'https://trang-la.example' }] })
    const problems = findProblems({ ...small, content: small.content.map((one) => (one.name === file.name ? { ...one, text: after } : one)) }, today).filter((problem) => problem.file === file.file)
    expect(problems.map((problem) => fieldOfProblem(after, problem))).toEqual(expect.arrayContaining(['nguon-1-date', 'nguon-2-url']))
  })
})

describe('words of flows and canned sentences as a form', () => {
  it('nothing changed is nothing written, for every flow and the sentences', () => {
    for (const one of [...flowFiles(real).map((flow) => ({ ...flow, root: 'flows' as const })), { ...real.content.find(({ name }) => name === 'replies.yaml')!, root: 'content' as const }]) {
      const places = new Map(placesIn(one, one.text).flatMap(({ name, text: said, words }): [string, string][] => [[name, said], ...(words === null ? [] : [[`${name}-khac`, words] as [string, string]])]))
      expect(places.size).toBeGreaterThan(0)
      expect(withPlaces(one, one.text, (name) => places.get(name) ?? null), one.file).toEqual({ text: one.text })
    }
  })

  it('a field that the form did not have stays as it is', () => {
    const main = { ...small.flows.find(({ name }) => name === 'main.yaml')!, root: 'flows' as const }
    const [, step] = placesIn(main, main.text)
    const made = withPlaces(main, main.text, (name) => (name === step!.name ? 'Bà con cần gì ạ?' : null))
    expect('text' in made && placesOf({ file: main, before: main.text, after: made.text })).toEqual([{ title: expect.stringContaining('Lời nói · Lời'), before: step!.text, after: 'Bà con cần gì ạ?' }])
  })
})

describe('findings stand beside the field, in every form', () => {
  const put = (name: string, after: string) => ({ ...small, flows: small.flows.map((one) => (one.name === name ? { ...one, text: after } : one)), content: small.content.map((one) => (one.name === name ? { ...one, text: after } : one)) })

  it('a flow', () => {
    const main = { ...small.flows.find(({ name }) => name === 'main.yaml')!, root: 'flows' as const }
    const [, step] = placesIn(main, main.text)
    const made = withPlaces(main, main.text, (name) => (name === step!.name ? 'Bà con gọi {{province.hotlin}} hoặc 0912 345 678' : null))
    if ('refused' in made) throw new Error(made.refused)
    const fields = findProblems(put('main.yaml', made.text), today).filter((problem) => problem.file === main.file).map((problem) => placeOfProblem(main, made.text, problem))
    expect(fields.length).toBeGreaterThan(0)
    expect(new Set(fields)).toEqual(new Set([step!.name]))
  })

  it('a key is a name however it is written, with the comment above it', () => {
    const { values } = provinceValues('values:\n  # Gọi trong giờ.\n  số máy (mới: "1022"\n  name: Tỉnh\n')
    expect(values).toEqual([{ key: 'số máy (mới', value: '1022', comment: 'Gọi trong giờ.' }, { key: 'name', value: 'Tỉnh', comment: '' }])
  })

  it('the province', () => {
    const province = small.content.find(({ name }) => name === 'province.yaml')!
    const made = withProvince(province.text, { ...provinceValues(province.text), values: provinceValues(province.text).values.map((one) => (one.key === 'hotline' ? { ...one, value: '(CHỖ MẪU)' } : one)), weekly: { T2: '25:00-26:00' } })
    if ('refused' in made) throw new Error(made.refused)
    const fields = findProblems(put('province.yaml', made.text), today).filter((problem) => problem.file === province.file).map((problem) => provinceField(made.text, problem))
    expect(fields).toEqual(['h-T2'])
    const sample = province.text.replace('0259 3822 333', '(CHỖ MẪU)')
    expect(findProblems(put('province.yaml', sample), today).filter((problem) => problem.file === province.file).map((problem) => provinceField(sample, problem))).toEqual(['v-hotline'])
  })
})

describe('the province as a form', () => {
  const source = real.content.find(({ name }) => name === 'province.yaml')!.text
  const now = provinceValues(source)
  const put = (change: Partial<ProvinceValues>): string => {
    const made = withProvince(source, { ...now, ...change })
    if ('refused' in made) throw new Error(made.refused)
    return made.text
  }

  it('comes back as it was', () => expect(put({})).toBe(source))

  it('values, hours, holidays and the sample mark, with all comments', () => {
    const after = put({
      isSample: false, values: now.values.map((one) => (one.key === 'hotline' ? { ...one, value: '1022: bấm phím 0 # gặp người' } : one)),
      weekly: { ...now.weekly, T6: '7:30 - 11:30, 13:30–16:00', T7: '08:00-11:00', T2: '' }, holidays: '2027-02-06\n2027-02-08, 2027-02-09',
    })
    expect(provinceValues(after)).toMatchObject({
      isSample: false, weekly: { T2: '', T6: '07:30-11:30, 13:30-16:00', T7: '08:00-11:00', CN: '' }, holidays: '2027-02-06\n2027-02-08\n2027-02-09',
      values: expect.arrayContaining([expect.objectContaining({ key: 'hotline', value: '1022: bấm phím 0 # gặp người' })]),
    })
    const comments = (yaml: string): string[] => yaml.match(/^\s*#.*$/gm) ?? []
    expect(comments(after)).toEqual(comments(source))
    const without = withProvince(after, { ...provinceValues(after), holidays: '' })
    expect('text' in without && provinceValues(without.text).holidays).toBe('')
  })

  it('a value is told with what stands above it', () => expect(now.values.find(({ key }) => key === 'duty_hours')?.comment).toContain('Đổi bên này thì đổi cả bên kia'))
})

describe('names of files', () => {
  it.each(['../etc/passwd', 'content/../x.yaml', 'content/.hidden.yaml', 'assets/x.yaml', 'content//x.yaml', 'content/a.png', 'content/a\u0000.md', '/content/x.yaml', 'flows/a/b/c/d/e/f.yaml'])('%j is none of ours', (id) => expect(wordsAt(small, id)).toBeNull())
  it('a lent file is known as lent', () => {
    const lent = wordsAt({ ...small, content: small.content.filter(({ name }) => name !== 'province.yaml'), defaults: [{ name: 'province.yaml', file: 'x/province.yaml', text: 'values: {}' }] }, 'content/province.yaml')
    expect(lent).toMatchObject({ text: null, lent: 'values: {}' })
  })
})

describe('differences', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd', ''), { maxLength: 12 })

  it('pieces put together are both texts', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('một', 'hai', ' ', 'ba', '\n')), fc.array(fc.constantFrom('một', 'hai', ' ', 'ba', '\n')), (a, b) => {
      const [before, after] = [a.join(''), b.join('')]
      const pieces = wordPieces(before, after)
      expect(pieces.filter(({ kind }) => kind !== 'new').map(({ text: some }) => some).join('')).toBe(before)
      expect(pieces.filter(({ kind }) => kind !== 'gone').map(({ text: some }) => some).join('')).toBe(after)
    }))
  })

  it('one side alone wins, both alike is one', () => {
    fc.assert(fc.property(lines, lines, (a, b) => {
      const [base, mine] = [a.join('\n'), b.join('\n')]
      expect(merged(base, mine, base)).toBe(mine)
      expect(merged(base, base, mine)).toBe(mine)
      expect(merged(base, mine, mine)).toBe(mine)
    }))
  })

  it('a phrase that was written anew is one piece, not scraps', () => {
    expect(wordPieces('Từ 01/3 tên tài khoản phải đúng, giữ nguyên câu sau cùng', 'Chọn ngân hàng tên nào cũng được, giữ nguyên câu sau cùng').map(({ kind }) => kind)).toEqual(['gone', 'new', 'same'])
  })

  it('puts changes of different places together, refuses the same place', () => {
    expect(merged('a\nb\nc\nd\ne', 'A\nb\nc\nd\ne', 'a\nb\nc\nd\nE\nf')).toBe('A\nb\nc\nd\nE\nf')
    expect(merged('a\nb\nc', 'a\nB\nc', 'a\nX\nc')).toBeNull()
    expect(merged('a\nb', 'a\nx\nb', 'a\ny\nb')).toBeNull()
    expect(merged('a\nb', 'a\nx\nb', 'a\ny\nb', true)).toBe('a\ny\nx\nb')
    expect(merged('a\nb', 'a\nx\nb', 'a\nB', true)).toBeNull()
  })
})
