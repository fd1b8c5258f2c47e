/**
 * A golden dialogue as staff write it, one `.txt` file: what is said to the bot and what it must answer, word for word.
 * The form is told in `test/transcripts/README.md`. Reading and writing only; `transcript-play.ts` plays it.
 */
export interface Transcript {
  file: string
  /** After `# `. */
  title: string
  turns: Turn[]
  /** Every line that is no answer, as written, and where the answers of each turn belong. */
  lines: Line[]
}

/** One thing done, and what the bot must say to it: one text per message, none for silence. */
export interface Turn {
  /** Line number in the file, from 1. */
  line: number
  by: 'citizen' | 'direction'
  text: string
  answers: string[]
}

export type Line = { kept: string } | { answersOf: number }

/** A file that cannot be read, for staff: file, line, what is wrong. */
export class TranscriptError extends Error {
  constructor(file: string, line: number, what: string) {
    super(`${file}:${line}: ${what}`)
    this.name = 'TranscriptError'
  }
}

const marks = { '>': 'citizen', '@': 'direction' } as const

export function readTranscript(file: string, written: string): Transcript {
  const transcript: Transcript = { file, title: '', turns: [], lines: [] }
  const blocks = blocksOf(file, written.replace(/\n+$/, '').split('\n'))
  for (const { line, mark, text, source } of blocks) {
    const last = transcript.turns.at(-1)
    if (mark === '<') {
      if (last === undefined) throw new TranscriptError(file, line, 'trợ lý nói khi chưa ai nhắn gì: đặt dòng ">" hoặc "@" lên trước')
      if (last.answers.length === 0) moveAnswersHere(transcript)
      last.answers.push(text)
      continue
    }
    if (mark === '>' || mark === '@') {
      transcript.turns.push({ line, by: marks[mark], text, answers: [] })
    } else if (mark === '#' && transcript.title === '') transcript.title = text
    transcript.lines.push(...source.map((kept): Line => ({ kept })))
    if (mark === '>' || mark === '@') transcript.lines.push({ answersOf: transcript.turns.length - 1 })
  }
  if (transcript.title === '') throw new TranscriptError(file, 1, 'thiếu tiêu đề: dòng đầu là "# " và một câu kể chuyện gì xảy ra')
  return transcript
}

/** The same file with these answers, one list per turn; all else stays as it was written. */
export function writeTranscript({ lines }: Transcript, answers: readonly (readonly string[])[]): string {
  const written = lines.flatMap((line) => ('kept' in line ? [line.kept] : (answers[line.answersOf] ?? []).flatMap(answerLines)))
  return `${written.join('\n')}\n`
}

/** A message as it stands in the file: `< ` before its first line, two spaces before the others, empty lines left empty. */
export function answerLines(answer: string): string[] {
  return answer.split('\n').map((line, index) => `${index === 0 ? '< ' : line === '' ? '' : '  '}${line}`.trimEnd())
}

/** Answers written below a comment stay below it. */
function moveAnswersHere(transcript: Transcript): void {
  const answersOf = transcript.turns.length - 1
  transcript.lines = [...transcript.lines.filter((line) => 'kept' in line || line.answersOf !== answersOf), { answersOf }]
}

interface Block { line: number; mark: '#' | '@' | '>' | '<' | '/' | ''; text: string; source: string[] }

/** A marked line with the indented lines that belong to it; empty lines between those belong to it too. */
function blocksOf(file: string, lines: string[]): Block[] {
  const blocks: Block[] = []
  let empty: string[] = []
  lines.forEach((typed, index) => {
    const source = typed.trimEnd()
    const open = blocks.at(-1)
    if (source === '') return void empty.push('')
    if (source.startsWith('  ')) {
      if (open === undefined || open.mark === '/') throw new TranscriptError(file, index + 1, 'dòng thụt vào hai dấu cách phải nối tiếp một dòng ">" hoặc "<"')
      open.text += ['', ...empty, source.slice(2)].join('\n')
      open.source.push(...empty, source)
    } else {
      blocks.push(...empty.map((): Block => ({ line: index, mark: '', text: '', source: [''] })), blockOf(file, index + 1, source))
    }
    empty = []
  })
  return blocks
}

function blockOf(file: string, line: number, source: string): Block {
  if (source.startsWith('//')) return { line, mark: '/', text: '', source: [source] }
  const found = /^([#@><])(?: (.*))?$/s.exec(source)
  if (found === null) throw new TranscriptError(file, line, `dòng phải bắt đầu bằng "# ", "@ ", "> ", "< ", hai dấu cách, hoặc "//": "${source.slice(0, 40)}"`)
  return { line, mark: found[1] as Block['mark'], text: found[2] ?? '', source: [source] }
}
