import { describe, expect, it } from 'vitest'
import { checkFlows } from '../../src/flow/check.ts'
import { parseFlows } from '../../src/flow/parse.ts'
import { hasBlindBoundary } from '../../src/flow/word-boundary.ts'

/** Complaints about flows given as `id: steps`, each step written on one line. */
function complaints(...flows: [id: string, steps: string, more?: string][]): string[] {
  const files = flows.map(([id, steps, more = '']) => ({ file: `${id}.yaml`, text: `id: ${id}\ntitle: Thử\n${more}steps:\n${steps.split('\n').map((step) => `  ${step.trim()}`).join('\n')}\n` }))
  const parsed = parseFlows(files)
  expect(parsed.problems).toEqual([])
  return checkFlows(parsed.files).map(({ file, what }) => `${file}: ${what}`)
}

describe('loops without a way out', () => {
  const loop = (step: string) => expect.stringContaining(`từ bước "${step}" bà con đi vòng mãi`)
  it.each<[string, [string, string][], unknown[]]>([
    ['two steps that lead to each other and take no question', [['thu', `a: { ask: A, choices: [{ title: B, goto: b }], otherwise: a }
      b: { ask: B, choices: [{ title: A, goto: a }], otherwise: b }`]], [loop('a')]],
    ['a step that only repeats itself', [['thu', 'a: { ask: A, otherwise: a }']], [loop('a')]],
    ['through a step that goes on at once', [['thu', `a: { ask: A, otherwise: b }
      b: { say: B, goto: a }`]], [loop('a')]],
    ['across two flows', [['thu', 'a: { ask: A, otherwise: hai }'], ['hai', 'b: { ask: B, otherwise: thu }']], [loop('a')]],
    ['only the loop, not what leads into it', [['thu', `dau: { ask: Đầu, otherwise: a }
      a: { ask: A, otherwise: a }`]], [loop('a')]],
    ['loops below a loop, once', [['thu', `dau: { ask: Đầu, choices: [{ title: A, goto: a }, { title: B, goto: b }], otherwise: dau }
      a: { ask: A, otherwise: a }
      b: { ask: B, otherwise: b }`]], [loop('dau')]],
    ['none where any other text is a question', [['thu', `a: { ask: A, choices: [{ title: B, goto: b }] }
      b: { ask: B, choices: [{ title: A, goto: a }], otherwise: b }`]], []],
    ['none where a person can be asked for', [['thu', 'a: { ask: A, choices: [{ title: Gặp người, handover: true }], otherwise: a }']], []],
    ['none where an article answers', [['thu', 'a: { ask: A, choices: [{ title: Xem, article: x }], otherwise: a }']], []],
    ['none where the main menu is reached, though nobody wrote it', [['thu', 'a: { ask: A, choices: [{ title: Menu, goto: main }], otherwise: a }']], []],
  ])('%s', (_, flows, found) => expect(complaints(...flows)).toEqual(found))
})

describe('triggers that are orders', () => {
  it.each(['menu', 'gặp cán bộ', 'Gap can bo', 'dừng', 'nhận tin', 'dữ liệu của tôi', 'xóa dữ liệu', 'nói chuyện với người', 'bắt đầu lại'])('%s', (words) => {
    expect(complaints(['thu', 'a: { ask: A, otherwise: answer }', `triggers: [${words}]\n`])).toEqual([expect.stringContaining(`trigger "${words}" là lệnh sẵn có`)])
  })
  it.each(['nộp hồ sơ', 'gặp nạn', 'nhận tiền', 'menu quán ăn'])('%s is none', (words) => {
    expect(complaints(['thu', 'a: { ask: A, otherwise: answer }', `triggers: [${words}]\n`])).toEqual([])
  })
})

describe('\\b beside a letter with marks', () => {
  it.each([
    '\\bhồ sơ\\b', '\\bđổi', '(cũ|moi)\\b', '(moi|cũ)\\b', '\\b(?:đổi|x)', '\\p{L}\\b', '[ăâ]\\b', '((a|ở)|b)\\b', '\\b(?P<ten>ông|ba)', 'hồ sơ+\\b',
  ])('%s does not work', (pattern) => expect(hasBlindBoundary(pattern)).toBe(true))
  it.each([
    '\\bho so\\b', '\\bma \\d+\\b', 'hồ sơ số \\d{3}\\b', '^đổi$', '(moi|cu)\\b', '\\bthẻ\\s', '\\(ơ\\)', '[^ơ]x\\b',
  ])('%s does', (pattern) => expect(hasBlindBoundary(pattern)).toBe(false))
})
