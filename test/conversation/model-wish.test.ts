import { expect, it } from 'vitest'
import type { Answer } from '../../src/answer/answerer.ts'
import { modelArticles } from '../../src/conversation/model-wish.ts'
import { newConversation } from '../../src/conversation/state.ts'
import { unsureContent } from '../support/model-world.ts'

const seen = (change: Partial<Answer>): string[] | null => {
  const answer: Answer = { status: 'clarify', article: null, candidates: [{ article: 'passport', score: 0.5 }, { article: 'residence', score: 0.4 }], reply: null, ...change }
  return modelArticles({ question: 'chưa rõ', answer, conversation: newConversation, content: unsureContent(), sentAt: 0, attempt: 1, now: 0 })?.map(({ id }) => id) ?? null
}

it('the model sees the choices but for those that may only be offered', () => {
  expect(seen({})).toEqual(['passport', 'residence'])
  expect(seen({ neverSure: ['passport'] })).toEqual(['residence'])
})

it('the model is not asked where every choice may only be offered', () => {
  expect(seen({ neverSure: ['passport', 'residence'] })).toBeNull()
})
