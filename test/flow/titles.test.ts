import { expect, it } from 'vitest'
import { commandOf } from '../../src/core/commands.ts'
import { fold } from '../../src/core/text.ts'
import { triggered } from '../../src/flow/advance.ts'
import { realContent } from '../support/real-content.ts'
import { context } from './support.ts'

const { flows } = await realContent()
const opened = (text: string): string | null => triggered(flows, context(text))?.flow ?? null
const titled = [...flows.values()].filter(({ title }) => commandOf(title) === null)

it.each(titled.map(({ id, title }) => [title, id]))('the title %j opens its flow %s', (title, id) => {
  expect(opened(title)).toBe(id)
  expect(opened(fold(title))).toBe(id)
})

it.each([
  ['kiểm tra dấu hiệu', 'dau-hieu'], ['kiểm tra lừa đảo', 'dau-hieu'], ['làm căn cước cần gì', 'lam-can-cuoc'], ['làm thẻ căn cước ở đâu', 'lam-can-cuoc'],
  ['mất căn cước', null], ['đổi căn cước', null], ['làm căn cước cho trẻ em cần gì', null],
])('%j opens %s', (text, id) => {
  expect(opened(text)).toBe(id)
  expect(opened(fold(text))).toBe(id)
})
