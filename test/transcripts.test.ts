import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { createAnswerer } from '../src/answer/retrieval.ts'
import { loadContent, formatProblems, type Content } from '../src/content.ts'
import { readContentFolders } from '../src/node/files.ts'
import { wordFolders } from '../src/node/words.ts'
import { readTranscript, writeTranscript, type Transcript } from './support/transcript.ts'
import { describeDifferences } from './support/transcript-differences.ts'
import { knownDirections, readDirection } from './support/transcript-directions.ts'
import { playTranscript } from './support/transcript-play.ts'

const folder = fileURLToPath(new URL('transcripts/', import.meta.url))
const files = readdirSync(folder).filter((name) => name.endsWith('.txt')).sort()
const updating = process.env['UPDATE_TRANSCRIPTS'] === '1'
const content = await realContent()

async function realContent(): Promise<Content> {
  const read = loadContent(await readContentFolders(wordFolders({ flowsDir: 'flows', contentDir: 'content' })), { createAnswerer })
  if ('problems' in read) throw new Error(formatProblems(read.problems).join('\n'))
  return read.content
}

describe('golden dialogues', () => {
  const steps = new Set([...content.flows.values()].flatMap((flow) => Object.keys(flow.steps).map((step) => `${flow.id}/${step}`)))
  const visitedSteps = new Set<string>()
  const givenArticles = new Set<string>()

  it.each(files)('%s', async (name) => {
    const file = `test/transcripts/${name}`
    const written = readFileSync(folder + name, 'utf8')
    const transcript = readTranscript(file, written)
    const { answers, outcomes } = await playTranscript(transcript, content)
    for (const { flow, step, article } of outcomes) {
      if (flow !== null && step !== null) visitedSteps.add(`${flow}/${step}`)
      if (article !== null) givenArticles.add(article)
    }
    if (updating) {
      const said = writeTranscript(transcript, answers)
      if (said !== written) writeFileSync(folder + name, said)
      return
    }
    const differences = describeDifferences(transcript, answers)
    if (differences !== null) expect.fail(differences)
  })

  it('come to at least 90 % of the steps of all flows', () => {
    const missed = [...steps].filter((step) => !visitedSteps.has(step))
    const share = 1 - missed.length / steps.size
    console.log(`${files.length} transcripts: ${steps.size - missed.length} of ${steps.size} flow steps${missed.length === 0 ? '' : `, not ${missed.join(', ')}`}; ${givenArticles.size} of ${content.articles.size} articles`)
    expect(share, `không tệp nào đi qua: ${missed.join(', ')}`).toBeGreaterThanOrEqual(0.9)
  })
})

describe('a transcript', () => {
  const play = async (written: string): Promise<{ transcript: Transcript; answers: string[][] }> => {
    const transcript = readTranscript('t.txt', written)
    return { transcript, answers: (await playTranscript(transcript, content)).answers }
  }

  it('that says something else fails with file, line, both answers and what to do', async () => {
    const { transcript, answers } = await play('# Dừng\n@ kênh zalo\n> dừng\n< Không phải câu này.\n')
    expect(describeDifferences(transcript, answers)).toMatch(/^t\.txt:3: > dừng\n {2}trong tệp ghi:\n {4}< Không phải câu này\.\n {2}trợ lý nói:\n {4}< Chào bà con!.*npm run transcripts:update/s)
  })

  it('is rewritten with everything else kept, and then says what was said', async () => {
    const kept = '# Chào\n// ghi chú đầu\n\n@ lúc 2026-11-23 09:00\n> menu\n// ghi chú giữa\n\n> cảm ơn\n  nhiều nhé\n\n// ghi chú cuối\n'
    const { transcript, answers } = await play(kept.replace('giữa\n', 'giữa\n< Sai.\n\n  Sai dòng hai.\n'))
    const said = writeTranscript(transcript, answers)
    expect(said).toMatch(/> menu\n\/\/ ghi chú giữa\n< Chào bà con!.*\n\n> cảm ơn\n {2}nhiều nhé\n< Dạ/s)
    expect(writeTranscript(readTranscript('t.txt', said), [])).toBe(kept)
    const again = await play(said)
    expect(again.answers).toEqual(answers)
    expect(describeDifferences(again.transcript, again.answers)).toBeNull()
  })

  it.each([
    ['không có tiêu đề', '> chào\n', /t\.txt:1: thiếu tiêu đề/],
    ['trợ lý nói trước', '# a\n< chào\n', /t\.txt:2: trợ lý nói khi chưa ai nhắn gì/],
    ['dòng không có dấu đầu', '# a\n> chào\nchào bà con\n', /t\.txt:3: dòng phải bắt đầu bằng/],
    ['dòng thụt bơ vơ', '# a\n// ghi chú\n  tiếp\n', /t\.txt:3: dòng thụt vào/],
    ['lệnh lạ', '# a\n> chào\n@ gửi bồ câu\n', /t\.txt:3: không hiểu "@ gửi bồ câu" → viết được: "@ kênh zalo"/],
    ['nút không có', '# a\n> menu\n@ bấm Nút lạ\n', /t\.txt:3: không thấy nút "Nút lạ" trên zalo; vừa hiện: "Tài khoản VNeID"/],
    ['thời gian đi lùi', '# a\n@ lúc 2026-11-23 09:00\n> menu\n@ lúc 2026-11-23 08:00\n', /t\.txt:4: thời gian không đi lùi được/],
  ])('written wrongly is refused with its line: %s', async (_, written, problem) => {
    await expect(play(written)).rejects.toThrow(problem)
  })

  it.each(knownDirections)('may order "@ %s", which the README explains', (direction) => {
    expect(readDirection(direction)).not.toBeNull()
    expect(readFileSync(`${folder}README.md`, 'utf8')).toContain(`\`@ ${direction}\``)
  })
})
