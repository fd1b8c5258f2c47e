import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ChannelName } from '../../src/core/contact.ts'
import type { EventBody } from '../../src/core/event.ts'
import { SECOND } from '../../src/core/time.ts'
import { call, openRehearsal, type Rehearsal } from './target.ts'
import type { Citizen } from '../../src/sandbox/citizen.ts'

let rehearsal: Rehearsal
beforeAll(async () => {
  rehearsal = await openRehearsal()
})
afterAll(() => rehearsal.close())
beforeEach(() => {
  rehearsal.events.length = 0
})

/** What a person does, and what our own webhook makes of the bytes and the proof that came. */
const acts: { name: string; channel: ChannelName; first?: (citizen: Citizen) => Promise<unknown>; act: (citizen: Citizen) => Promise<number | null>; understood: EventBody | null }[] = [
  ...(['zalo', 'facebook', 'telegram'] as const).flatMap((channel) => [
    { name: 'says Vietnamese', channel, act: (citizen: Citizen) => citizen.says('Hồ sơ của tôi tới đâu rồi?'), understood: { kind: 'text', text: 'Hồ sơ của tôi tới đâu rồi?' } as const },
    { name: 'taps an old button', channel, act: (citizen: Citizen) => citizen.taps('c:main:menu:1'), understood: { kind: 'tap', payload: 'c:main:menu:1' } as const },
    { name: 'sends an image', channel, act: (citizen: Citizen) => citizen.sendsImage(), understood: { kind: 'attachment', mediaType: 'image' } as const },
    { name: 'sends a sticker', channel, act: (citizen: Citizen) => citizen.sendsSticker(), understood: { kind: 'attachment', mediaType: 'sticker' } as const },
    { name: 'starts', channel, act: (citizen: Citizen) => citizen.starts(), understood: { kind: 'start', ref: null } as const },
  ]),
  { name: 'opens a QR code that Zalo does not pass on', channel: 'zalo', act: (citizen) => citizen.starts('mot-cua'), understood: { kind: 'start', ref: null } },
  { name: 'starts once only', channel: 'zalo', first: (citizen) => citizen.says('a'), act: (citizen) => citizen.starts(), understood: null },
  { name: 'follows', channel: 'zalo', act: (citizen) => citizen.follows(), understood: { kind: 'follow' } },
  { name: 'leaves', channel: 'zalo', act: (citizen) => citizen.leaves(), understood: { kind: 'unfollow' } },
  { name: 'hears from staff', channel: 'zalo', act: (citizen) => citizen.hearsFromStaff('Chào bác.'), understood: { kind: 'staff_message', automatic: false, platformMessageId: expect.any(String) } },
  { name: 'opens a QR code as a stranger', channel: 'facebook', act: (citizen) => citizen.starts('mot-cua'), understood: { kind: 'start', ref: 'mot-cua' } },
  { name: 'opens a QR code again', channel: 'facebook', first: (citizen) => citizen.says('a'), act: (citizen) => citizen.starts('mot-cua'), understood: { kind: 'start', ref: 'mot-cua' } },
  { name: 'leaves untold', channel: 'facebook', act: (citizen) => citizen.leaves(), understood: null },
  { name: 'hears from staff', channel: 'facebook', act: (citizen) => citizen.hearsFromStaff('Chào bác.'), understood: { kind: 'staff_message', automatic: false, platformMessageId: expect.any(String) } },
  { name: 'opens a QR code', channel: 'telegram', act: (citizen) => citizen.starts('mot-cua'), understood: { kind: 'start', ref: 'mot-cua' } },
  { name: 'blocks', channel: 'telegram', act: (citizen) => citizen.leaves(), understood: { kind: 'unfollow' } },
  { name: 'unblocks', channel: 'telegram', act: (citizen) => citizen.returns(), understood: { kind: 'follow' } },
  { name: 'hears nothing from staff', channel: 'telegram', act: (citizen) => citizen.hearsFromStaff('Chào bác.'), understood: null },
]

describe('what a person does arrives as the platform would tell it', () => {
  for (const { name, channel, first, act, understood } of acts) {
    it(`${channel}: ${name}`, async () => {
      const platform = rehearsal.sandbox.platforms[channel]
      const citizen = platform.newCitizen()
      await first?.(citizen)
      rehearsal.events.length = 0
      expect(await act(citizen)).toBe(understood === null ? null : 200)
      expect(rehearsal.events).toEqual(understood === null ? [] : [expect.objectContaining({
        ...understood, contact: { channel, accountId: platform.accountId, userId: citizen.userId },
      })])
    })
  }

  it('a repeat is the same event', async () => {
    for (const platform of Object.values(rehearsal.sandbox.platforms)) {
      const citizen = platform.newCitizen()
      rehearsal.events.length = 0
      await citizen.says('hai lần')
      await citizen.repeats()
      expect(rehearsal.events.map(({ id }) => id)).toEqual([rehearsal.events[0]!.id, rehearsal.events[0]!.id])
    }
  })

  it('one person is posted in the order of their acts', async () => {
    const citizen = rehearsal.sandbox.platforms.zalo.newCitizen()
    await Promise.all(['1', '2', '3', '4', '5'].map((text) => citizen.says(text)))
    expect(rehearsal.events.map((event) => event.kind === 'text' && event.text)).toEqual(['1', '2', '3', '4', '5'])
  })

  it('a quoted answer names the message', async () => {
    for (const platform of Object.values(rehearsal.sandbox.platforms)) {
      rehearsal.events.length = 0
      await platform.newCitizen().says('tin này', { quotes: '4711' })
      expect(rehearsal.events[0]).toMatchObject({ kind: 'text', quotedMessageId: '4711' })
    }
  })
})

describe('what our server sends arrives', () => {
  const sendTo = (citizen: Citizen, text: string): Promise<unknown> =>
    call(`${rehearsal.sandbox.origin}/v3.0/oa/message/cs`, { recipient: { user_id: citizen.userId }, message: { text } }, { access_token: rehearsal.sandbox.settings.zalo.accounts[0]!.accessToken! })

  it('hears() gives each message once, in turn, those there before and those to come', async () => {
    const citizen = rehearsal.sandbox.platforms.zalo.newCitizen()
    await citizen.says('a')
    await sendTo(citizen, 'một')
    const later = citizen.hears().then(async ({ text }) => [text, (await citizen.hears()).text])
    await sendTo(citizen, 'hai')
    expect(await later).toEqual(['một', 'hai'])
  })

  it('waitFor() finds an old message and one to come, and says what it missed', async () => {
    const citizen = rehearsal.sandbox.platforms.zalo.newCitizen()
    await citizen.says('a')
    const coming = citizen.waitFor(({ text }) => text === 'hai')
    await sendTo(citizen, 'một')
    await sendTo(citizen, 'hai')
    expect((await coming).text).toBe('hai')
    expect((await citizen.waitFor(({ text }) => text === 'một')).text).toBe('một')
    await expect(citizen.waitFor(({ text }) => text === 'ba', 1)).rejects.toThrow('no such message within 1 ms; 2 were received')
  })

  it('comes back as an echo and a receipt', async () => {
    const citizen = rehearsal.sandbox.platforms.zalo.newCitizen()
    await citizen.says('a')
    await sendTo(citizen, 'một')
    const { id } = await citizen.hears()
    const about = ({ contact }: { contact: { userId: string } }): boolean => contact.userId === citizen.userId
    expect(await rehearsal.event((event) => about(event) && event.kind === 'staff_message')).toMatchObject({ platformMessageId: id, automatic: true })
    expect(await rehearsal.event((event) => about(event) && event.kind === 'receipt')).toMatchObject({ platformMessageIds: [id], status: 'delivered' })
    await citizen.reads()
    expect(await rehearsal.event((event) => about(event) && event.kind === 'receipt' && event.status === 'read')).toMatchObject({ platformMessageIds: [id] })
  })
})

it('a refused webhook stands in the conversation', async () => {
  const broken = await openRehearsal()
  const citizen = broken.sandbox.platforms.telegram.newCitizen()
  const { port } = new URL(broken.sandbox.origin)
  await broken.close()
  expect(port).not.toBe('0')
  expect(await citizen.says('có ai không')).toBe(0)
  expect(citizen.conversation().map(({ by }) => by)).toEqual(['citizen', 'note'])
}, 10 * SECOND)
