import { describe, expect, it } from 'vitest'
import { nameOf } from '../../src/flow/graph.ts'
import type { Flow } from '../../src/flow/flow.ts'
import { Dialogue } from '../support/dialogue.ts'
import { realContent } from '../support/real-content.ts'

/** The menus a province starts with, `flows/*.yaml`: what citizens find by tapping alone. */
const content = await realContent()
const flowNamed = (id: string): Flow => content.flows.get(id)!

/**
 * Asked most: the nine topics with the most questions in `test/eval` (six or more of 587), six of those with five, and five
 * that counters and banks hear every day.
 */
const askedMost = [
  'dvc-birth-bundle', 'dvc-forgot-password', 'dvc-late-result', 'dvc-feedback-complaint', 'dvc-marriage', 'dvc-driving-licence',
  'pay-wrong-transfer', 'scam-fake-police', 'scammed-what-to-do',
  'vneid-forgot-passcode', 'vneid-register-level2', 'vneid-activate-error', 'dvc-how-to-submit', 'dvc-track-status', 'dvc-supplement-returned',
  'dvc-login-vneid', 'pay-qr-how', 'pay-biometric-10m', 'scam-otp', 'dx-day-1010',
]

/** Where a topic is answered step by step instead of by its article. */
const guided: Readonly<Record<string, string>> = { 'bi-lua/dung': 'scammed-what-to-do' }

describe('from the greeting', () => {
  const arrived = () => {
    const citizen = new Dialogue(content, { greeted: false })
    return { citizen, shown: citizen.on({ kind: 'start', ref: null }).messages.at(-1)!.choices! }
  }

  it('two taps lead to each of the twenty topics asked most', () => {
    const found = arrived().shown.flatMap(({ payload: first }) => {
      const answeredBy = (second: string | null): string | null => {
        const { citizen } = arrived()
        const drafts = [citizen.taps(first), ...(second === null ? [] : [citizen.taps(second)])]
        const at = citizen.conversation.flow.at
        return drafts.at(-1)!.article ?? (at === null ? null : guided[nameOf(at)] ?? null)
      }
      const { citizen } = arrived()
      const next = citizen.taps(first).messages.at(-1)!.choices ?? []
      return [answeredBy(null), ...next.map(({ payload }) => answeredBy(payload))]
    })
    expect(askedMost).toHaveLength(20)
    expect(askedMost.filter((topic) => !found.includes(topic))).toEqual([])
  })

  it('taps alone lead to every article', () => {
    const reached = new Set<string>()
    const steps = new Set<string>()
    const open = ['main/menu']
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (steps.has(name)) continue
      steps.add(name)
      const [flow = '', step = ''] = name.split('/')
      const { choices, goto } = flowNamed(flow).steps[step]!
      if (goto !== null) open.push(nameOf(goto))
      for (const { title, then } of choices) {
        if (title !== null && then.to === 'article') reached.add(then.article)
        if (title !== null && then.to === 'step') open.push(nameOf(then.target))
      }
    }
    expect([...content.articles.keys()].filter((id) => !reached.has(id))).toEqual([])
  })
})

const levels = [...content.flows.values()].flatMap((flow) => Object.values(flow.steps).map((step) => ({ name: `${flow.id}/${step.id}`, step })))

it.each(levels)('$name: at most seven entries, none twice', ({ step }) => {
  const titles = step.choices.flatMap(({ title }) => (title === null ? [] : [title]))
  expect(titles.length).toBeLessThanOrEqual(7)
  expect(new Set(titles).size).toBe(titles.length)
})

describe('the flow that looks for signs of fraud', () => {
  const { steps } = flowNamed('dau-hieu')
  const said = (...answers: string[]): string => {
    const citizen = new Dialogue(content)
    citizen.says('kiểm tra dấu hiệu lừa đảo')
    return answers.map((answer) => citizen.hears(answer).join('\n')).at(-1)!
  }

  it.each([
    [['không', 'không', 'không', 'không', 'không'], 'chưa thấy dấu hiệu rõ'],
    [['có', 'không', 'không', 'không', 'không'], 'Có 1 dấu hiệu'],
    [['không', 'không', 'không', 'không', 'có'], 'Có 1 dấu hiệu'],
    [['không', 'có', 'không', 'có', 'không'], 'Có 2 dấu hiệu'],
    [['không', 'không', 'không', 'có', 'có'], 'Có 2 dấu hiệu'],
    [['có', 'có', 'có'], 'Đã có 3 dấu hiệu'],
    [['không', 'không', 'có', 'có', 'có'], 'Đã có 3 dấu hiệu'],
  ])('%j: %s', (answers, told) => expect(said(...answers)).toContain(told))

  it('counts the same signs whatever way it was come to a question', () => {
    for (const step of Object.values(steps)) {
      const found = /^cau-(\d)(?:-(\d))?$/.exec(step.id)
      if (found === null) continue
      const [question, signs] = [Number(found[1]), Number(found[2] ?? 0)]
      const after = (more: number): string => signs + more === 3 ? 'ba' : question < 5 ? `cau-${question + 1}-${signs + more}` : ['khong-thay', 'mot', 'hai'][signs + more]!
      expect(step.choices.map(({ then }) => (then.to === 'step' ? then.target.step : null)), step.id).toEqual([after(1), after(0)])
    }
  })

  it('asks the same question in the same words', () => {
    for (const question of [2, 3, 4, 5]) {
      const asked = Object.values(steps).filter(({ id }) => id.startsWith(`cau-${question}-`)).map(({ ask }) => ask)
      expect(new Set(asked).size, `câu ${question}`).toBe(1)
    }
  })

  it('never says that something is safe', () => {
    expect(Object.values(steps).filter(({ ask }) => /an toàn|yên tâm|không sao|đáng tin/iu.test(ask)).map(({ id }) => id)).toEqual([])
  })
})

describe('the ten lessons', () => {
  const lessons = [...content.articles.values()].filter(({ id }) => id.startsWith('tv-')).sort((a, b) => a.id.localeCompare(b.id))

  it('are ten, the first of them the rule about passwords', () => {
    expect(lessons.map(({ id }) => id.slice(0, 5))).toEqual(['tv-01', 'tv-02', 'tv-03', 'tv-04', 'tv-05', 'tv-06', 'tv-07', 'tv-08', 'tv-09', 'tv-10'])
    expect(lessons[0]!.short).toContain('không bao giờ giữ hộ mật khẩu, mã OTP')
    expect(flowNamed('to-vien').steps['menu']!.ask).toContain('không bao giờ giữ hộ mật khẩu, mã OTP')
  })

  it.each(lessons)('$id says what to say, what to show, what to warn of', ({ details }) => {
    expect(details.match(/^(Nói|Chỉ|Dặn):$/gmu)).toEqual(['Nói:', 'Chỉ:', 'Dặn:'])
  })
})
