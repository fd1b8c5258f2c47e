import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAnswerer } from '../src/answer/retrieval.ts'
import { findProblems } from '../src/commands/content-check.ts'
import { formatProblems, loadContent, type Content } from '../src/content.ts'
import type { Problem } from '../src/core/problem.ts'
import { readContentFolders, readFolder } from '../src/node/files.ts'
import { wordFolders } from '../src/node/words.ts'
import { fixtures, today, worldWithWrong } from './content/support.ts'
import { Dialogue } from './support/dialogue.ts'
import { blockWith, draftAfterTheGuide, guide, replaceIn, type Draft } from './support/staff-guide.ts'

const withoutPlace = (line: string): string => line.replace(/:\d+:\d+:/, ':')

describe('what the guide has people do', () => {
  let draft: Draft
  let content: Content
  const files = () => readContentFolders(wordFolders(draft))
  const found = async (): Promise<string[]> => formatProblems(findProblems(await files(), today)).map((line) => line.replace(`${draft.folder}/`, ''))

  beforeAll(async () => {
    draft = draftAfterTheGuide()
    const read = loadContent(await files(), { createAnswerer })
    if ('problems' in read) throw new Error(formatProblems(read.problems).join('\n'))
    content = read.content
  })
  afterAll(() => rmSync(draft.folder, { recursive: true, force: true }))

  it('passes the check with nothing new to say', async () => {
    const before = formatProblems(findProblems(await readContentFolders(wordFolders({ flowsDir: 'flows', contentDir: 'content' })), today))
    expect(await found()).toEqual(before)
  })

  it.each([
    ['hai dua muon cuoi thi ra xa man giay chi', 'dvc-marriage'],
    ['kết hôn cần gì', 'dvc-marriage'],
    ['lớp buổi tối ở xã mẫu', 'lop-hoc-xa-mau'],
  ])('“%s” is answered by %s', async (question, article) => {
    expect(guide).toContain(question)
    expect((await content.answerer.answer(question, { now: today, lastArticle: null })).article).toBe(article)
  })

  it('the new entry is where the recording finds it', () => {
    const typed = /Gõ như bà con gõ[^:]*: (.+?), rồi `\/thoat`/.exec(guide)![1]!.replace(/`/g, '').split(', ')
    const citizen = new Dialogue(content)
    const drafts = typed.map((text) => citizen.says(text))
    expect(drafts.at(-1)!.article).toBe('lop-hoc-xa-mau')
  })

  it('the mistake made on purpose is told as printed', async () => {
    const flow = join(draft.flowsDir, 'ngay-10-10.yaml')
    replaceIn(flow, 'article: lop-hoc-xa-mau', 'article: lop-hoc-xa-mu')
    expect((await found()).map(withoutPlace)).toContain(withoutPlace(blockWith('"lop-hoc-xa-mu"').trim()))
    replaceIn(flow, 'article: lop-hoc-xa-mu', 'article: lop-hoc-xa-mau')
  })
})

describe('the table of messages', () => {
  const rows = [...guide.matchAll(/^\| ([✗○]) (.+?) \| .+ \|$/gm)].map(([line, , words = '']) => ({
    line, words, form: new RegExp(`^${words.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[^]*?')}`, 'u'),
  }))

  const wrong: { name: string; problem: Problem }[] = []
  beforeAll(async () => {
    for (const kind of ['flows', 'articles', 'content'] as const) {
      for (const { name, text } of await readFolder(`${fixtures}wrong/${kind}`)) {
        for (const problem of findProblems(worldWithWrong(kind, { name, file: name, text }), today)) wrong.push({ name: `${kind}/${name}`, problem })
      }
    }
  })

  it('has every message of every wrong file, with the mark of its weight', () => {
    const missing = wrong.filter(({ problem: { what, severity } }) => !rows.some(({ form, line }) => form.test(what) && line.includes(severity === 'error' ? '✗' : '○')))
    expect(missing.map(({ name, problem }) => `${name}: ${problem.severity} ${problem.what}`)).toEqual([])
  })

  it('has no message that nothing says', () => {
    expect(rows.length).toBeGreaterThan(80)
    expect(rows.filter(({ form }) => !wrong.some(({ problem }) => form.test(problem.what))).map(({ words }) => words)).toEqual([])
  })
})

it('every picture is there', () => {
  const pictures = [...guide.matchAll(/\]\((images\/[^)]+)\)/g)].map(([, path]) => `docs/${path}`)
  expect(pictures.length).toBeGreaterThan(3)
  expect(pictures.filter((path) => !existsSync(path))).toEqual([])
})
