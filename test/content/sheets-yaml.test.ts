import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addKey, insertItem, remove, setText, setWords } from '../../src/content/sheets/yaml-edit.ts'
import { commentsWithin, EditRefused, find, parsed, type Path } from '../../src/content/sheets/yaml-place.ts'

/** The text with one line put in place of another: everything else must be the same to the byte. */
const swap = (source: string, line: string, other: string): string => {
  expect(source).toContain(line)
  return source.replace(line, () => other)
}

const page = `# đầu tệp
id:   muc-mau     # mã
title: "Tên cũ"
unknown: { keep: me,   as: 'I am' }   # ai biết

questions:
  # câu chính
  - Câu một?   # hay hỏi
  - 'Câu hai'
  - "Câu: ba"

sources:
  - { title: "Luật", date: 2024-07 }
  -   title: Nghị định
      number: 69/2024  # số
      date: 2024-07-01
note: |
  dòng một
  dòng hai

related: [a,b,  'c d' ] # liên quan
folded: >-
  một câu
  gãy đôi
last: hết
# cuối tệp
`

describe('one text changed in YAML', () => {
  it.each<[string, Path, string, string, string]>([
    ['a plain text keeps its comment', ['id'], 'muc-moi', 'id:   muc-mau     # mã', 'id:   muc-moi     # mã'],
    ['double quotes stay', ['title'], 'Tên "mới"', 'title: "Tên cũ"', 'title: "Tên \\"mới\\""'],
    ['single quotes stay', ['questions', 1], "Câu 'hai'", "- 'Câu hai'", "- 'Câu ''hai'''"],
    ['an item keeps its comment', ['questions', 0], 'Câu khác?', '- Câu một?   # hay hỏi', '- Câu khác?   # hay hỏi'],
    ['a plain text that needs quotes gets them', ['id'], 'a: b', 'id:   muc-mau     # mã', 'id:   "a: b"     # mã'],
    ['within braces a comma needs quotes', ['sources', 0, 'date'], '2024, 7', 'date: 2024-07 }', 'date: "2024, 7" }'],
    ['an item of a list in brackets', ['related', 2], 'd', "[a,b,  'c d' ] # liên quan", "[a,b,  'd' ] # liên quan"],
    ['a text in lines', ['note'], 'dòng một\nđổi rồi', '  dòng một\n  dòng hai\n\nrelated', '  dòng một\n  đổi rồi\n\nrelated'],
    ['a text in lines that has one line left', ['note'], 'một', 'note: |\n  dòng một\n  dòng hai\n\n', 'note: |\n  một\n\n'],
    ['a folded text', ['folded'], 'một câu khác', 'folded: >-\n  một câu\n  gãy đôi\n', 'folded: >-\n  một câu khác\n'],
    ['a plain text that becomes several lines takes its comment along', ['sources', 1, 'number'], 'a\nb', '      number: 69/2024  # số\n', '      number: |-  # số\n        a\n        b\n'],
    ['a text that looks like a number stays as it is written', ['last'], '0259', 'last: hết', 'last: 0259'],
    ['a text that begins like a formula', ['last'], '=1+1', 'last: hết', 'last: =1+1'],
    ['a key that is not there yet, in lines', ['sources', 1, 'url'], 'https://a.vn', '      date: 2024-07-01\n', '      date: 2024-07-01\n      url: https://a.vn\n'],
    ['a key that is not there yet, in braces', ['sources', 0, 'number'], '5', 'date: 2024-07 }', 'date: 2024-07, number: 5 }'],
  ])('%s', (_, path, text, line, other) => {
    const changed = setText(page, path, text)
    expect(changed).toBe(swap(page, line, other))
    expect(String(parsed(changed).getIn(path)).trim()).toBe(text)
  })

  it('refuses to put a text where a list is', () => {
    expect(() => setText(page, ['questions'], 'x')).toThrow(EditRefused)
  })
})

describe('lists and keys', () => {
  it('a new item goes to the end, or before the one whose place it takes', () => {
    expect(insertItem(page, ['questions'], 9, 'Câu: bốn')).toBe(swap(page, '  - "Câu: ba"\n', '  - "Câu: ba"\n  - "Câu: bốn"\n'))
    expect(insertItem(page, ['questions'], 1, 'Câu rưỡi')).toBe(swap(page, "  - 'Câu hai'\n", "  - Câu rưỡi\n  - 'Câu hai'\n"))
    expect(insertItem(page, ['related'], 9, 'e, f')).toBe(swap(page, "'c d' ]", "'c d', \"e, f\" ]"))
    expect(insertItem(page, ['sources'], 9, { group: { title: 'Báo, đài', date: '2026' } })).toBe(swap(page, '      date: 2024-07-01\n', '      date: 2024-07-01\n  - { title: "Báo, đài", date: 2026 }\n'))
  })

  it('an item taken out leaves its comments behind', () => {
    expect(remove(page, ['questions', 0])).toBe(swap(page, '  - Câu một?   # hay hỏi\n', '  # hay hỏi\n'))
    expect(remove(page, ['questions', 2])).toBe(swap(page, '  - "Câu: ba"\n', ''))
    expect(remove(page, ['related', 0])).toBe(swap(page, '[a,b,  ', '[b,  '))
    expect(remove(page, ['related', 2])).toBe(swap(page, ",  'c d' ]", ' ]'))
    expect(remove(page, ['sources', 1, 'number'])).toBe(swap(page, '      number: 69/2024  # số\n', '      # số\n'))
    expect(remove(page, ['sources', 1, 'title'])).toBe(swap(page, 'title: Nghị định\n      number', 'number'))
    expect(remove(page, ['sources', 0, 'date'])).toBe(swap(page, ', date: 2024-07 }', ' }'))
    expect(remove(page, ['note'])).not.toContain('dòng hai')
  })

  it('a list goes with its last item', () => {
    expect(remove('a: 1\nb:\n  - x # y\nc: 2\n', ['b', 0])).toBe('a: 1\n# y\nc: 2\n')
  })

  it('a key is put at the end, before what stands below', () => {
    expect(addKey(page, ['more'], { words: ['x', 'y z'] })).toBe(swap(page, 'last: hết\n', 'last: hết\nmore: [x, y z]\n'))
    expect(addKey('a: 1', ['b'], { lines: ['x', { group: { title: 'y' } }] })).toBe('a: 1\nb:\n  - x\n  - { title: y }\n')
  })

  it.each<[string, string, string[], string]>([
    ['one phrase changed', 'm: [a, "b", c] # x', ['a', 'B', 'c'], 'm: [a, "B", c] # x'],
    ['one in the middle out', 'm: [a, "b", c]', ['a', 'c'], 'm: [a, c]'],
    ['one more in the middle', 'm: [a, c]', ['a', 'b', 'c'], 'm: [a, b, c]'],
    ['one more in front', 'm: [a, c]', ['z', 'a', 'c'], 'm: [z, a, c]'],
    ['patterns stay', "m: [a, { pattern: '^x$' }, c]", ['a', 'b', 'c'], "m: [a, b, { pattern: '^x$' }, c]"],
    ['all phrases out but the pattern', "m: [a, { pattern: '^x$' }, c]", [], "m: [{ pattern: '^x$' }]"],
    ['a lone phrase changed', 'm: a', ['b'], 'm: b'],
    ['a lone phrase becomes two', 'm: a # x', ['a', 'b, c'], 'm: [a, "b, c"] # x'],
  ])('phrases: %s', (_, before, words, after) => {
    expect(setWords(`${before}\nlast: 1\n`, ['m'], words)).toBe(`${after}\nlast: 1\n`)
  })

  it('phrases: the key goes with the last, and comes with the first', () => {
    expect(setWords('a: 1\nm: [x]\n', ['m'], [])).toBe('a: 1\n')
    expect(setWords('a: 1\n', ['m'], ['x'])).toBe('a: 1\nm: [x]\n')
    expect(setWords('{ a: 1 }\n', ['m'], ['x', 'y'])).toBe('{ a: 1, m: [x, y] }\n')
  })

  it('refuses to take out what a comment stands in', () => {
    expect(() => remove('m: [a, # x\n  b]\n', ['m', 1])).toThrow(EditRefused)
  })
})

describe('any text anywhere', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
    fc.array(fc.constantFrom('a', ' ', '\n', ':', '#', '-', '"', "'", '{{x}}', ', ', '[', ']', '%', '---', 'ế', '|', '>', '\\', '\t', '=', '&', '*', '!', '?'), { minLength: 1, maxLength: 12 }).map((parts) => parts.join('')),
  ).map((text) => text.normalize('NFC').replaceAll('\r', '').trim()).filter((text) => text !== '')
  const places = fc.constantFrom<Path>(['id'], ['title'], ['questions', 0], ['questions', 1], ['questions', 2], ['sources', 0, 'title'], ['sources', 1, 'title'], ['sources', 1, 'number'], ['note'], ['folded'], ['related', 1], ['last'], ['new'], ['sources', 0, 'url'], ['sources', 1, 'url'])

  it('reads back as it was given, and nothing else changes: no comment, no other value', () => {
    fc.assert(fc.property(places, texts, (path, text) => {
      const changed = setText(page, path, text)
      const [before, after] = [parsed(page), parsed(changed)]
      expect(after.errors).toEqual([])
      expect(String((find(after, path)!.node as { value?: unknown }).value).trim()).toBe(text)
      expect(commentsWithin(changed, 0, changed.length)).toEqual(commentsWithin(page, 0, page.length))
      before.setIn(path, 'X')
      after.setIn(path, 'X')
      expect(after.toJS()).toEqual(before.toJS())
    }), { numRuns: 400 })
  })

  it('the same for items put in and taken out', () => {
    fc.assert(fc.property(fc.constantFrom('questions', 'related'), fc.nat(3), texts, (list, index, text) => {
      const more = insertItem(page, [list], index, text)
      const wanted = (parsed(page).toJS() as Record<string, string[]>)[list]!.toSpliced(index, 0, text)
      expect((parsed(more).toJS() as Record<string, string[]>)[list]!.map((one) => one.trim())).toEqual(wanted)
      expect(commentsWithin(more, 0, more.length)).toEqual(commentsWithin(page, 0, page.length))
      const less = remove(more, [list, index])
      expect((parsed(less).toJS() as Record<string, string[]>)[list]).toEqual((parsed(page).toJS() as Record<string, string[]>)[list])
    }), { numRuns: 200 })
  })
})
