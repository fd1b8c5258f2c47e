import { answerLines, type Transcript } from './transcript.ts'

/** Where what was said differs from what the file says, for staff to read; null when nowhere. */
export function describeDifferences({ file, turns }: Transcript, answers: readonly (readonly string[])[]): string | null {
  const differences = turns.flatMap(({ line, by, text, answers: written }, index) => {
    const said = answers[index] ?? []
    if (written.length === said.length && written.every((answer, n) => shown([answer]) === shown([said[n]!]))) return []
    return [`${file}:${line}: ${by === 'citizen' ? '>' : '@'} ${text}\n  trong tệp ghi:\n${shown(written)}\n  trợ lý nói:\n${shown(said)}`]
  })
  return differences.length === 0 ? null : [...differences, howToUpdate].join('\n\n')
}

const howToUpdate = 'Nếu câu trả lời mới là đúng: npm run transcripts:update, rồi đọc lại từng chỗ đã đổi trước khi lưu.'

const shown = (answers: readonly string[]): string =>
  answers.length === 0 ? '    (im lặng)' : answers.flatMap(answerLines).map((line) => `    ${line}`.trimEnd()).join('\n')
