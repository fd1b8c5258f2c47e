import { expect, it } from 'vitest'
import type { Article } from '../../src/answer/article.ts'
import { loadContent, remembering, type ContentOptions, type FileSource } from '../../src/content.ts'
import { findProblems } from '../../src/commands/content-check.ts'
import { file, options, today, world } from './support.ts'

function watched() {
  const built: Article[][] = []
  const given: ContentOptions = { createAnswerer: (articles, more) => { built.push(articles); return options.createAnswerer(articles, more) } }
  return { built, ...remembering(given) }
}
const contentOf = (files: FileSource, by: ContentOptions) => {
  const loaded = loadContent(files, by)
  if ('problems' in loaded) throw new Error(loaded.problems.map(({ what }) => what).join('; '))
  return loaded.content
}
const articleFile = world().content.find(({ name }) => name.endsWith('.md'))!
const edited = { ...articleFile, text: articleFile.text.replace('8 ký tự', '9 ký tự') }
const asked = { now: today, lastArticle: null }

it('keeps the articles and the Answerer while only flows change', () => {
  const { built, options: by } = watched()
  const first = contentOf(world(), by)
  first.answerer.answer('x', asked)
  const second = contentOf(world({ flows: [file('z-thu.yaml', 'id: thu\ntitle: Thử\nsteps: { a: { ask: Chào } }\n')] }), by)
  second.answerer.answer('x', asked)
  expect(second.flows.has('thu')).toBe(true)
  expect([...second.articles.values()]).toEqual([...first.articles.values()])
  expect(built).toHaveLength(1)
})

it('looks at changed articles anew, when asked or told to finish and not before', () => {
  const { built, options: by, finish } = watched()
  contentOf(world(), by)
  expect(built).toHaveLength(0)
  finish()
  finish()
  expect(built).toHaveLength(1)
  const changed = contentOf(world({ content: [edited] }), by)
  expect(built).toHaveLength(1)
  expect(changed.articles.get('dvc-forgot-password')?.details).toContain('9 ký tự')
  changed.answerer.answer('x', asked)
  expect(built.at(-1)!.find(({ id }) => id === 'dvc-forgot-password')?.details).toContain('9 ký tự')
})

it('sees a changed province in every article, and a mended file again', () => {
  const { options: by } = watched()
  contentOf(world(), by)
  const province = world().content.find(({ name }) => name === 'province.yaml')!
  const own = { ...articleFile, text: articleFile.text.replace('8 ký tự', '{{province.name}}') }
  expect(contentOf(world({ content: [own] }), by).articles.get('dvc-forgot-password')?.details).toContain('tỉnh Mẫu')
  const renamed = { ...province, text: province.text.replaceAll('tỉnh Mẫu', 'Tỉnh Khác') }
  expect(contentOf(world({ content: [own, renamed] }), by).articles.get('dvc-forgot-password')?.details).toContain('Tỉnh Khác')
  const broken = { ...articleFile, text: articleFile.text.replace('title:', 'titel:') }
  expect(loadContent(world({ content: [broken] }), by)).toHaveProperty('problems')
  expect(contentOf(world(), by).articles.has('dvc-forgot-password')).toBe(true)
})

it('still knows the lines of a file it did not read again', () => {
  const { options: by } = watched()
  contentOf(world(), by)
  const files = world({ flows: [file('z-thu.yaml', 'id: dich-vu-cong\ntitle: Thử\nsteps: { a: { ask: Chào } }\n')], content: [{ ...edited, name: 'articles/z/hai.md', file: 'hai.md' }] })
  const loaded = loadContent(files, by)
  expect(loaded).toEqual({ problems: expect.arrayContaining([expect.objectContaining({ file: 'hai.md', line: 2 })]) as unknown })
  expect(findProblems(files, today).length).toBeGreaterThan(0)
})
