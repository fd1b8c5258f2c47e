import { expect, it } from 'vitest'
import { renderZalo } from '../../src/channels/zalo-message.ts'
import type { Channel } from '../../src/channels/channel.ts'
import { warmUp } from '../../src/conversation/warm-up.ts'
import { sampleContent } from '../support/content.ts'
import { monday9, settings } from '../support/dialogue.ts'

it('answers phrasings of the handbook with marks and without, renders them, and lets others go first in between', async () => {
  const content = sampleContent()
  const asked: string[] = []
  const rendered: string[] = []
  const answerer = { answer: (question: string, context: Parameters<typeof content.answerer.answer>[1]) => { asked.push(question); return content.answerer.answer(question, context) } }
  const channel = { render: (message: Parameters<typeof renderZalo>[0]) => { rendered.push(message.text); return renderZalo(message) } } as Channel
  const done = warmUp({ content: { ...content, answerer }, channels: [channel], settings, now: monday9 })
  expect(asked).toEqual([])
  await done
  expect(asked).toEqual(expect.arrayContaining(['Hỏi dvc-forgot-password', 'hoi dvc-forgot-password']))
  expect(rendered.some((text) => text.includes('Bà con cần giúp việc gì?'))).toBe(true)
})
