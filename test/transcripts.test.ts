import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { realContent } from './support/real-content.ts'
import { readTranscript, writeTranscript, type Transcript } from './support/transcript.ts'
import { describeDifferences } from './support/transcript-differences.ts'
import { knownDirections, readDirection } from './support/transcript-directions.ts'
import { playTranscript } from './support/transcript-play.ts'

const folder = fileURLToPath(new URL('transcripts/', import.meta.url))
const files = readdirSync(folder).filter((name) => name.endsWith('.txt')).sort()
/** `--mode update` works in every shell; a variable before the command does not in Windows' own. */
const updating = process.env['UPDATE_TRANSCRIPTS'] === '1' || process.env['MODE'] === 'update'
const content = await realContent()

describe('golden dialogues', () => {
  const steps = [...content.flows.values()].flatMap((flow) => Object.values(flow.steps).map((step) => ({ name: `${flow.id}/${step.id}`, step })))
  /** Where a turn ended; a step that goes on at once is known by its words. */
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
    for (const { name, step } of steps) {
      const words = step.ask.split('{{')[0]!.trim()
      if (step.goto !== null && answers.flat().some((answer) => answer.includes(words))) visitedSteps.add(name)
    }
    if (updating) {
      const said = writeTranscript(transcript, answers)
      if (said !== written) writeFileSync(folder + name, said)
      return
    }
    const differences = describeDifferences(transcript, answers)
    if (differences !== null) expect.fail(differences)
  })

  it('come to every step of every flow', () => {
    const missed = steps.flatMap(({ name }) => (visitedSteps.has(name) ? [] : [name]))
    const share = Math.floor((100 * (steps.length - missed.length)) / steps.length)
    console.log(`${files.length} transcripts: ${share} % of ${steps.length} flow steps${missed.length === 0 ? '' : `, not ${missed.join(', ')}`}; ${givenArticles.size} of ${content.articles.size} articles`)
    expect(missed, 'không cuộc trò chuyện mẫu nào đi qua các bước này; ghi thêm: npm run camnang -- chat --record test/transcripts/TÊN.txt').toEqual([])
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
