import type { Problem } from '../core/problem.ts'
import { abolishedIn } from './old-words.ts'
import type { ShownText } from './shown-text.ts'
import { longestSentence, longSentences, unexplained } from './wording.ts'

/** Sentences that are too long, and short forms nobody explained. `context` adds, by file, words that citizens see beside it. */
export function checkWording(texts: readonly ShownText[], context: ReadonlyMap<string, string>): Problem[] {
  const whole = new Map<string, string>(context)
  for (const { file, text } of texts) whole.set(file, `${whole.get(file) ?? ''}\n${text}`)
  return texts.flatMap(({ file, text, locate }) => [
    ...longSentences(text).map(({ sentence, words }): Problem => ({
      file, ...locate(sentence), severity: 'warning', what: `câu dài ${words} chữ, tối đa ${longestSentence}: “${sentence.split(/\s+/).slice(0, 6).join(' ')}…”`, todo: 'tách làm hai câu, hoặc mỗi ý một dòng',
    })),
    ...unexplained(withoutAbolished(text), whole.get(file) ?? '').map((form): Problem => ({
      file, ...locate(form), severity: 'warning', what: `chữ viết tắt "${form}" chưa được giải thích`, todo: `viết đầy đủ một lần, ví dụ: ${form} (tên đầy đủ)`,
    })),
  ])
}

/** An abolished name is told as such; that it is short too is no second fault. */
const withoutAbolished = (text: string): string => text.split('\n').map((line) => abolishedIn(line).reduce((rest, { name }) => rest.replaceAll(name, ' · '), line)).join('\n')
