import type { Article } from '../../../src/answer/article.ts'
import { fold, words } from '../../../src/core/text.ts'

/** A library set up over the articles: best first, with whatever it calls a score. */
export interface Contender { name: string; rank(question: string): Promise<{ article: string; score: number }[]> }

/** What is used of each library: they are installed beside this file and nowhere else, so that their types are not at hand. */
interface MiniSearch { addAll(documents: unknown[]): void; search(question: string): { id: string; score: number }[] }
interface Orama {
  create(options: unknown): unknown
  insertMultiple(database: unknown, documents: unknown[]): Promise<unknown>
  search(database: unknown, query: { term: string; limit: number }): Promise<{ hits: { score: number; document: { id: string } }[] }>
}
interface NlpManager {
  addDocument(language: string, text: string, intent: string): void
  train(): Promise<void>
  process(language: string, text: string): Promise<{ classifications: { intent: string; score: number }[] }>
}

const foldedWords = (text: string): string[] => words(fold(text))
const load = async <Module>(name: string): Promise<Module> => (await import(name)) as Module

const documentsOf = (articles: readonly Article[]) =>
  articles.map(({ id, title, questions, short, details }) => ({ id, title, questions: questions.join('\n'), text: `${short}\n${details}` }))

async function minisearch(articles: readonly Article[], folding: boolean): Promise<Contender> {
  const { default: Index } = await load<{ default: new (options: unknown) => MiniSearch }>('minisearch')
  const index = new Index({ fields: ['title', 'questions', 'text'], ...(folding ? { tokenize: foldedWords } : {}) })
  index.addAll(documentsOf(articles))
  return { name: `minisearch, ${told(folding)}`, rank: async (question) => index.search(question).slice(0, 10).map(({ id, score }) => ({ article: id, score })) }
}

async function orama(articles: readonly Article[], folding: boolean): Promise<Contender> {
  const { create, insertMultiple, search } = await load<Orama>('@orama/orama')
  const tokenizer = { language: 'english', normalizationCache: new Map(), tokenize: foldedWords }
  const database = create({ schema: { id: 'string', title: 'string', questions: 'string', text: 'string' }, ...(folding ? { components: { tokenizer } } : {}) })
  await insertMultiple(database, documentsOf(articles))
  return {
    name: `@orama/orama, ${told(folding)}`,
    rank: async (question) => (await search(database, { term: question, limit: 10 })).hits.map(({ document, score }) => ({ article: document.id, score })),
  }
}

/** Learns the phrasings; it has no place for the answer's text. */
async function nodeNlp(articles: readonly Article[], folding: boolean): Promise<Contender> {
  const { NlpManager: Manager } = await load<{ NlpManager: new (options: unknown) => NlpManager }>('node-nlp')
  const manager = new Manager({ languages: ['vi'], autoSave: false, autoLoad: false, forceNER: false, nlu: { log: false } })
  const asRead = (text: string): string => (folding ? foldedWords(text).join(' ') : text)
  for (const { id, title, questions } of articles) for (const text of [title, ...questions]) manager.addDocument('vi', asRead(text), id)
  await manager.train()
  return {
    name: `node-nlp, ${told(folding)}`,
    rank: async (question) => (await manager.process('vi', asRead(question))).classifications
      .filter(({ intent }) => intent !== 'None').map(({ intent, score }) => ({ article: intent, score })),
  }
}

const told = (folding: boolean): string => (folding ? 'folding' : 'defaults')

/** In the order of the table: each with its defaults, then with words without marks. */
export const contenders: readonly ((articles: readonly Article[]) => Promise<Contender>)[] =
  [minisearch, orama, nodeNlp].flatMap((library) => [false, true].map((folding) => (articles: readonly Article[]) => library(articles, folding)))
