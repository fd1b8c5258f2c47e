import { createInterface } from 'node:readline'
import { createAnswerer, type LocalAnswerer } from '../answer/retrieval.ts'
import { loadContent, formatProblems, type Content } from '../content.ts'
import { expiredAnswer } from '../conversation/compose.ts'
import { decide } from '../conversation/decide.ts'
import { newConversation } from '../conversation/state.ts'
import { HOUR, type Millis } from '../core/time.ts'
import { readContentFolders } from '../node/files.ts'
import { wordFolders } from '../node/words.ts'
import { readWordSettings, readWords, UsageError, type Command, type Terminal } from './command.ts'

const usage = 'ask "câu hỏi", ask --explain "câu hỏi", hoặc ask --jsonl'

/** Emergency and Answerer only: no commands, flows or store. */
export const ask: Command = async (args, terminal) => {
  const lines = args.includes('--jsonl')
  const { words, flags } = readWords(args, lines ? { usage, flags: ['--jsonl'] } : { usage, least: 1, most: Infinity, flags: ['--explain'] })
  const question = words.join(' ').trim()
  if (!lines && question === '') throw new UsageError(`Cách dùng: ${usage}`)
  const loaded = await loadAnswerer(terminal)
  if (loaded === null) return 1
  if (lines) return answerLines(loaded.answerer, terminal)
  const context = { now: Date.now(), lastArticle: null }
  const first = beforeAnswerer(loaded.content, question, context.now)
  if (flags.has('--explain')) {
    terminal.out(JSON.stringify({ ...loaded.answerer.explain(question, context), conversation: first }, null, 2))
    return 0
  }
  const answer = loaded.answerer.answer(question, context)
  const article = answer.article === null ? null : loaded.content.articles.get(answer.article)
  terminal.out(`${answer.status}${answer.article === null ? '' : ` ${answer.article}`}`)
  if (article) terminal.out(`\n${answer.status === 'expired_article' ? expiredAnswer(loaded.content, article).text : article.short}`)
  else if (answer.status === 'clarify') for (const { article: id, score } of answer.candidates.slice(0, 3)) terminal.out(`  ${id} (${score.toFixed(2)})`)
  if (first !== null) terminal.out(`\n${describe(first, loaded.content)}`)
  return 0
}

/** What a conversation that has just begun does with a text without asking the Answerer. */
interface First { status: string; flow: string | null; step: string | null; article: string | null }

/** Commands, the words of the main menu and the triggers of flows come before a free question; null where the text is one, or an emergency. */
function beforeAnswerer(content: Content, text: string, now: Millis): First | null {
  const decision = decide({
    event: { id: 'ask', contact: { channel: 'zalo', accountId: 'ask', userId: 'ask' }, sentAt: now, receivedAt: now, orderAt: now, kind: 'text', text },
    conversation: { ...newConversation, greeted: true },
    content,
    now,
    settings: { handoverPause: HOUR, staleAfter: HOUR, floodPerMinute: 0, privacyUrl: null, publicUrl: null, retention: { eventText: HOUR } },
  })
  if (decision.kind === 'question') return null
  if (decision.kind === 'export') return { status: 'command', flow: null, step: null, article: null }
  const { status, conversation, article = null } = decision.draft
  if (status === 'emergency') return null
  const at = status === 'flow' ? conversation.flow.at : null
  return { status, flow: at?.flow ?? null, step: at?.step ?? null, article }
}

function describe({ status, flow, step, article }: First, content: Content): string {
  const what = flow !== null ? `mở kịch bản ${flow} (${content.flows.get(flow)?.title ?? flow}), bước ${step ?? ''}` : article !== null ? `mở mục ${article}` : `được hiểu là lệnh (${status})`
  return `Trong cuộc trò chuyện, câu này ${what}, không tới phần trên.`
}

async function loadAnswerer(terminal: Terminal): Promise<{ answerer: LocalAnswerer; content: Content } | null> {
  const config = readWordSettings(terminal)
  const made: LocalAnswerer[] = []
  const read = loadContent(await readContentFolders(wordFolders(config)), {
    createAnswerer(articles, options) {
      made.push(createAnswerer(articles, options))
      return made[0]!
    },
  })
  if ('problems' in read) {
    terminal.error(formatProblems(read.problems).join('\n'))
    return null
  }
  return { answerer: made[0]!, content: read.content }
}

/** `{"id","q"}` in, `{"id","status","article","candidates","ms"}` out, one line each, in order. */
async function answerLines(answerer: LocalAnswerer, { input, out, error }: Terminal): Promise<number> {
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    if (line.trim() === '') continue
    const { id, q } = readQuestion(line)
    if (typeof q !== 'string') {
      error(`Bỏ qua một dòng không đúng dạng {"id": …, "q": "câu hỏi"}.`)
      continue
    }
    const began = performance.now()
    const { status, article, candidates } = answerer.answer(q, { now: Date.now(), lastArticle: null })
    const ms = Math.round((performance.now() - began) * 1000) / 1000
    out(JSON.stringify({ id, status, article, candidates: candidates.slice(0, 10), ms }))
  }
  return 0
}

/** Nothing of a line that is not what was asked for. */
function readQuestion(line: string): { id?: unknown; q?: unknown } {
  try {
    return Object(JSON.parse(line)) as { id?: unknown; q?: unknown }
  } catch {
    return {}
  }
}
