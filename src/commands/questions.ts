import { createAnswerer, type LocalAnswerer } from '../answer/retrieval.ts'
import { formatProblems, loadContent, type FileSource } from '../content.ts'
import { adoptQuestion } from '../content/adopt.ts'
import { waitingQuestions } from '../content/waiting-questions.ts'
import { readContentFolders } from '../node/files.ts'
import { writeChanges } from '../node/write-files.ts'
import { wordFolders } from '../node/words.ts'
import { findProblems } from './content-check.ts'
import { readSettings, readWords, UsageError, withStore, type Command, type Terminal } from './command.ts'

const usage = 'questions list [--json] | questions adopt <mã câu hỏi> <mã mục> ["cách hỏi viết lại"]'

/** So many of the newest are looked at. */
const mostListed = 5_000

/** `questions list`: what the assistant could not answer, masked, alike ones together. `questions adopt`: one of them becomes a phrasing of an article. */
export const questions: Command = async (args, terminal) => {
  const [what, ...rest] = args
  if (what === 'list') return list(readWords(rest, { usage, flags: ['--json'] }).flags.has('--json'), terminal)
  if (what === 'adopt') {
    const { words: [id = '', article = '', ...written] } = readWords(rest, { usage, least: 2, most: Infinity })
    return adopt(id, article, written.join(' ').trim(), terminal)
  }
  throw new UsageError(`Cách dùng: ${usage}`)
}

async function list(json: boolean, terminal: Terminal): Promise<number> {
  const config = readSettings(terminal)
  const asked = await withStore(config, (store) => store.listUnanswered(mostListed))
  const files = await readContentFolders(wordFolders(config))
  const answerer = answererOf(files, terminal)
  if (answerer === null) return 1
  const groups = waitingQuestions(asked, answerer, files, Date.now())
  if (json) terminal.out(JSON.stringify(groups, null, 2))
  else for (const { count, id, question, lastDay, nearest } of groups) terminal.out([`${count} lần`, id, lastDay, harmless(question), nearest === null ? '' : `gần nhất: ${nearest}`].join('\t'))
  if (!json && groups.length === 0) terminal.out('Không có câu hỏi nào chưa trả lời được.')
  return 0
}

async function adopt(id: string, article: string, written: string, terminal: Terminal): Promise<number> {
  const config = readSettings(terminal)
  const found = await withStore(config, async (store) => (await store.listUnanswered(mostListed)).find((row) => row.id === id))
  if (found === undefined) return refuse(terminal, `Không có câu hỏi nào mang mã ${id}. Xem: questions list`)
  const files = await readContentFolders(wordFolders(config))
  const plan = adoptQuestion(files, { id, article, phrasing: written === '' ? found.question : written })
  if ('refused' in plan) return refuse(terminal, plan.refused)
  const known = new Set(formatProblems(findProblems(files, Date.now())))
  const worse = formatProblems(findProblems(plan.files, Date.now()).filter(({ file }) => file === plan.article)).filter((line) => !known.has(line))
  if (worse.length > 0) return refuse(terminal, ['Không thêm, vì kiểm tra nội dung không cho qua:', ...worse].join('\n'))
  await writeChanges(plan.changes, config)
  terminal.out(`Đã thêm cách hỏi vào ${plan.article} và câu thử vào ${plan.test}.`)
  return 0
}

function refuse(terminal: Terminal, why: string): number {
  terminal.error(why)
  return 1
}

function answererOf(files: FileSource, terminal: Terminal): LocalAnswerer | null {
  const made: LocalAnswerer[] = []
  const read = loadContent(files, { createAnswerer: (articles, options) => (made[0] = createAnswerer(articles, options)) })
  if ('problems' in read) terminal.error(formatProblems(read.problems).join('\n'))
  return made[0] ?? null
}

/** Citizens' words must not steer a terminal. */
const harmless = (text: string): string => text.replace(/[\p{C}\s]+/gu, ' ')
