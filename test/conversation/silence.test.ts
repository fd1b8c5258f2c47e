import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sampleContent } from '../support/content.ts'
import { DAY, World } from '../support/world.ts'

const content = sampleContent({
  answers: {
    'quên mật khẩu, tôi tên là Hoàng Văn Thái, số 0912345678': { status: 'answered', article: 'dvc-forgot-password' },
    'chưa rõ': { status: 'clarify', candidates: [{ article: 'dvc-forgot-password', score: 0.5 }, { article: 'pay-qr-how', score: 0.4 }] },
    'cảm ơn': { status: 'small_talk', reply: 'thanks' },
  },
})
const question = 'quên mật khẩu, tôi tên là Hoàng Văn Thái, số 0912345678'
let world: World
beforeEach(async () => void (world = await World.open(content)))
afterEach(() => world.close())

const taps = (payload: string) => world.hears('lan', { kind: 'tap', payload })
const noted = async () => (await world.store.listUnanswered(10)).map((row) => [row.question, row.status])

describe('“Chưa đúng ý”', () => {
  it('notes the question behind the answer, masked, once', async () => {
    await world.hears('lan', question)
    world.now += 1_000
    await world.hears('lan', 'cảm ơn')
    await taps('n:dvc-forgot-password')
    await taps('n:dvc-forgot-password')
    expect(await noted()).toEqual([['quên mật khẩu, tôi tên là [tên], số [số]', 'not_helpful']])
  })

  it('notes the question when it is said in words', async () => {
    await world.hears('lan', question)
    world.now += 1_000
    await world.hears('lan', 'không đúng ý tôi')
    expect(await noted()).toHaveLength(1)
  })

  it('notes the question when none of the choices offered fits, or the one chosen does not', async () => {
    for (const payload of ['k:none', 'n:pay-qr-how']) {
      world.now += 1_000
      await world.hears('lan', 'chưa rõ')
      world.now += 1_000
      await taps('a:pay-qr-how')
      await taps(payload)
    }
    expect(await noted()).toEqual([['chưa rõ', 'not_helpful'], ['chưa rõ', 'none_of_these']])
  })

  it('notes nothing for an article from the menu, and nothing once the words are gone', async () => {
    await world.hears('lan', question)
    await taps('n:pay-qr-how')
    await world.pass(8 * DAY)
    await taps('n:dvc-forgot-password')
    expect(await noted()).toEqual([])
  })

  it('is told to the person, and erased with them', async () => {
    await world.hears('lan', question)
    world.now += 1_000
    await taps('n:dvc-forgot-password')
    await world.hears('lan', 'dữ liệu của tôi')
    expect(JSON.stringify(world.channels.zalo)).toContain('[tên]')
    expect(await world.store.forgetContact(world.store.keyOf(world.contact('lan')), world.now)).toBe(true)
    expect(await noted()).toEqual([])
  })
})
