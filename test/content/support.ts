import { fileURLToPath } from 'node:url'
import type { Answerer } from '../../src/answer/answerer.ts'
import type { ContentOptions, FileSource, TextFile } from '../../src/content.ts'
import { replyUses } from '../../src/core/replies.ts'
import { readFolder } from '../../src/node/files.ts'

export const fixtures = fileURLToPath(new URL('../fixtures/content/', import.meta.url))

const flows = await readFolder(`${fixtures}good/flows`)
const content = await readFolder(`${fixtures}good/content`)

/** The small good world, with files put in, or put in place of those of the same name. */
export function world(put: { flows?: TextFile[]; content?: TextFile[]; defaults?: TextFile[] } = {}): FileSource {
  return { flows: replaced(flows, put.flows ?? []), content: replaced(content, put.content ?? []).map(withAllReplies), defaults: put.defaults ?? [] }
}

/** Sentences that came to be after the file was written stand at its end; a line `# thiếu: late` leaves one out. */
function withAllReplies(one: TextFile): TextFile {
  if (one.name !== 'replies.yaml') return one
  const missing = Object.keys(replyUses).filter((key) => !new RegExp(`^(?:${key}:|# thiếu: ${key}$)`, 'm').test(one.text))
  return { ...one, text: [one.text.trimEnd(), ...missing.map((key) => `${key}: "${key.slice(0, 20)}"`), ''].join('\n') }
}

const replaced = (files: TextFile[], put: TextFile[]): TextFile[] => [...files.filter(({ name }) => !put.some((other) => other.name === name)), ...put]

export type WrongKind = 'flows' | 'articles' | 'content'

/** The good world with one wrong file of `fixtures/content/wrong/` in it, by the place it is put. `name` inside its folder there. */
export function worldWithWrong(kind: WrongKind, one: TextFile): FileSource {
  if (kind === 'content') return world({ content: [{ ...one, name: one.name.split('/')[1]! }] })
  if (kind === 'articles') return world({ content: [{ ...one, name: `articles/z/${ownName(one)}` }] })
  return world({ flows: [{ ...one, name: `z/${ownName(one)}` }], content: /^id: thu$/m.test(one.text) ? [entryLeadingToIt] : [] })
}

/** What the file would rightly be called: only `misnamed` is to be told of that. */
function ownName({ name, text }: TextFile): string {
  const id = name.startsWith('misnamed') ? 'z-misnamed' : /^id: *([\w-]+)$/m.exec(text)?.[1]
  return id === undefined ? name : `${id}${name.slice(name.lastIndexOf('.'))}`
}

const entry = content.find(({ name }) => name === 'entry.yaml')!
/** That nobody comes to the flow would be a second fault. */
const entryLeadingToIt: TextFile = { ...entry, text: `${entry.text.trimEnd()}\n  thu-nghiem: flow:thu\n` }

export const file = (name: string, text: string): TextFile => ({ name, file: name, text })

/** Knows which articles it was given, and nothing else. */
export const options: ContentOptions = {
  createAnswerer: (articles): Answerer => ({
    answer: () => ({ status: 'no_source_found', article: null, reply: null, candidates: articles.map(({ id }) => ({ article: id, score: 0 })) }),
  }),
}

export const today = Date.parse('2026-11-21T08:00:00+07:00')
