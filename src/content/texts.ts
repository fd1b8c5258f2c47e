import type { ArticleFile } from '../answer/parse-article.ts'
import type { Position } from '../core/problem.ts'
import type { FlowFile } from '../flow/parse.ts'
import { withoutUnseen } from './check-letters.ts'
import type { EntryFile } from './entry.ts'
import { findFile, noticeFiles, readable, type FileSource, type TextFile } from './files.ts'
import type { Parts } from './read.ts'
import type { ShownText } from './shown-text.ts'

/** Everything citizens read that this folder's staff wrote: articles, flows, calendars, replies, greeting and menus, assets, notice. Lent files are not theirs to mend. */
export function shownTexts(files: FileSource, parts: Parts): ShownText[] {
  return textsIn(files, parts).map((shown) => ({ ...shown, text: withoutUnseen(shown.text) }))
}

function textsIn(files: FileSource, parts: Parts): ShownText[] {
  return [
    ...parts.articles.flatMap((article) => textsOfArticle(article, files.content.find(({ file }) => file === article.article.file))),
    ...parts.flows.flatMap(textsOfFlow),
    ...parts.calendarTexts,
    ...(parts.repliesFile.lent ? [] : textsOfReplies(parts)),
    ...(findFile(files, 'entry.yaml')?.lent === false ? textsOfEntry(parts.entry) : []),
    ...textsOfSavedReplies(files, parts),
    ...textsOfAssets(parts),
    ...noticeFiles(files).map(readable).map((file) => ({ file: file.file, text: withoutComments(file.text), locate: inFile(file.text) })),
  ]
}

function textsOfArticle({ article, locate, locateBody }: ArticleFile, written: TextFile | undefined): ShownText[] {
  return [
    { file: article.file, text: article.title, locate: (piece) => locate(['title'], piece) },
    ...toldApart(bodyOf(written === undefined ? '' : readable(written).text)).map((text) => ({ file: article.file, text, locate: locateBody })),
    ...article.actions.map(({ title }, index): ShownText => ({ file: article.file, text: title, locate: () => locate(['actions', index, 'title']) })),
  ]
}

function textsOfFlow({ flow, written, locate }: FlowFile): ShownText[] {
  return Object.values(flow.steps).flatMap((step) => {
    const said = ['steps', step.id, written.steps[step.id]?.ask === undefined ? 'say' : 'ask']
    return [
      { file: flow.file, text: step.ask, locate: (piece) => locate(said, piece) },
      ...step.choices.flatMap(({ title }, index): ShownText[] =>
        title === null ? [] : [{ file: flow.file, text: title, locate: () => locate(['steps', step.id, 'choices', index, 'title']) }]),
    ]
  })
}

function textsOfReplies({ replies, repliesFile: { file, locate } }: Parts): ShownText[] {
  return Object.entries(replies).map(([key, sentence]) => ({ file, text: sentence, locate: (piece) => locate([key], piece) }))
}

function textsOfSavedReplies(files: FileSource, { savedReplies }: Parts): ShownText[] {
  const own = files.content.find(({ name }) => name === 'saved-replies.yaml')
  return own === undefined ? [] : savedReplies.map(({ text }) => ({ file: own.file, text, locate: inFile(own.text) }))
}

function textsOfAssets({ assets: { assets, file, locate } }: Parts): ShownText[] {
  return [...assets.values()].flatMap(({ title, alt }, index) => Object.entries({ title, alt }).map(([key, text]): ShownText =>
    ({ file, text, locate: (piece) => locate(['assets', index, key], piece) })))
}

function textsOfEntry({ entry, file, locate }: EntryFile): ShownText[] {
  return [
    { file, text: entry.greeting, locate: (piece) => locate(['greeting'], piece) },
    ...entry.persistentMenu.map(({ title }, index) => ({ file, text: title, locate: () => locate(['persistent_menu', index, 'title']) })),
    ...entry.iceBreakers.map(({ title }, index) => ({ file, text: title, locate: () => locate(['ice_breakers', index, 'title']) })),
    ...entry.commands.map(({ description }, index) => ({ file, text: description, locate: () => locate(['commands', index, 'description']) })),
  ]
}

/** Below the front matter, without what citizens never see. */
const bodyOf = (text: string): string =>
  withoutComments(text.normalize('NFC').replaceAll('\r\n', '\n').replace(/^---[ \t]*\n[\s\S]*?\n---[ \t]*(?:\n|$)/, ''))

/** What is told apart: the short answer, the steps, what is read out. Each has to be good alone. */
function toldApart(body: string): string[] {
  const [answer = '', ...sections] = body.trim().split(/^(?=## )/mu)
  const [short = '', ...steps] = answer.split(/\n\s*\n/)
  return [short, steps.join('\n\n'), ...sections].filter((text) => text.trim() !== '')
}

const withoutComments = (text: string): string => text.replace(/<!--[\s\S]*?-->/g, '')

const inFile = (text: string) => (piece: string): Position => {
  const before = text.slice(0, Math.max(0, text.indexOf(piece))).split('\n')
  return { line: before.length, column: before.at(-1)!.length + 1 }
}
