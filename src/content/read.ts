import * as z from 'zod'
import { parseArticle, type ArticleFile } from '../answer/parse-article.ts'
import { parseSynonyms, type ConceptGroup } from '../answer/concepts.ts'
import { fileStart, isError, nearest, type Position, type Problem } from '../core/problem.ts'
import type { Replies } from '../core/replies.ts'
import { idWritten } from '../core/written-id.ts'
import { readYaml, type Locate } from '../core/yaml.ts'
import type { FlowSet } from '../flow/flow.ts'
import { parseFlows, type FlowFile } from '../flow/parse.ts'
import { noAssets, parseAssets, assetsFileName, type Asset, type AssetsFile } from './assets.ts'
import { readCalendars, type Calendars } from './calendar.ts'
import { parseContacts, type Contacts } from './contacts.ts'
import { parseEntry, type EntryFile } from './entry.ts'
import { articleFiles, findFile, flowFiles, missingFile, noticeFiles, notUtf8, readable, withoutEchoes, type FileSource, type TextFile } from './files.ts'
import { knownArticles, type KnownArticles } from './known-articles.ts'
import { knownNames, placeholderProblems, wrongPlaceholders, type Known } from './placeholders.ts'
import { parseProvince, type ProvinceFile } from './province.ts'
import { parseReplies } from './replies.ts'
import { parseSavedReplies, type SavedReply } from './saved-replies.ts'
import { parseSite } from './site.ts'
import type { ShownText } from './shown-text.ts'

/** All files parsed, with the ways back to their lines. */
export interface Parts {
  flowSet: FlowSet
  flows: FlowFile[]
  /** In use. */
  articles: ArticleFile[]
  /** Not answered any more. */
  withdrawn: ArticleFile[]
  known: KnownArticles
  assets: AssetsFile
  calendars: Calendars
  /** Their words as written. */
  calendarTexts: readonly ShownText[]
  replies: Replies
  repliesFile: { file: string; lent: boolean; locate: Locate }
  entry: EntryFile
  province: ProvinceFile
  synonyms: ConceptGroup[]
  /** What answers may name. `lent`: the folder keeps no list of its own, the project's is only advice. Null without any. */
  contacts: (Contacts & { lent: boolean }) | null
  savedReplies: readonly SavedReply[]
  /** What the folders of articles are called. */
  groups: Readonly<Record<string, string>>
}

/**
 * Reads every file. The parts are null when something must be mended before anything can be answered from it; `readable`
 * is then what can be looked at all the same, null when not even that.
 */
export function readFiles(files: FileSource, by: { parseArticle?: typeof parseArticle } = {}): { parts: Parts | null; readable: Parts | null; problems: Problem[] } {
  const problems: Problem[] = []
  const note = <R extends { problems: Problem[] }>(result: R): R => {
    problems.push(...result.problems)
    return result
  }
  const one = (name: string): (TextFile & { lent: boolean }) | null => {
    const found = findFile(files, name)
    if (found !== null) note({ problems: notUtf8(found) })
    return found === null ? null : readable(found)
  }

  const provinceFile = one('province.yaml')
  const province = provinceFile === null ? null : note(parseProvince(provinceFile)).read
  const values = province?.province.values ?? {}

  note({ problems: noticeFiles(files).flatMap((file) => [...notUtf8(file), ...emptyNotice(file)]) })
  const flows = note(readFlows(files))
  const all = note(readArticles(files, values, by.parseArticle ?? parseArticle))
  const [articles, withdrawn] = [all.articles.filter(({ article }) => article.withdrawn === null), all.articles.filter(({ article }) => article.withdrawn !== null)]
  const known = knownArticles(articles, withdrawn, all.unread)
  if (province !== null) {
    note({ problems: [...articleFiles(files), ...noticeFiles(files)].flatMap((file) => placeholdersOfLines(readable(file), values)) })
    note({ problems: flowPlaceholders(flows.files, values, leftOutFlows(files)) })
  }
  note({ problems: [...unknownArticles(flows.files, known), ...unknownReplacements(withdrawn, known)] })

  const assetsFile = files.content.find(({ name }) => name === assetsFileName)
  if (assetsFile !== undefined) note({ problems: notUtf8(assetsFile) })
  const assets = assetsFile === undefined ? noAssets : note(parseAssets(readable(assetsFile))).read
  if (assets !== null) note({ problems: unknownAssets(all.articles, assets.assets) })

  const { calendars, texts: calendarTexts } = note(readCalendars(files, values))

  const synonymsFile = one('synonyms.yaml')
  const synonyms = synonymsFile === null ? [] : note(readSynonyms(synonymsFile)).groups
  const contactsFile = one('contacts.yaml')
  const contacts = contactsFile === null ? null : note(parseContacts(contactsFile)).contacts
  const repliesFile = one('replies.yaml')
  const replies = repliesFile === null || province === null ? null : note(parseReplies(repliesFile, values))
  const entryFile = one('entry.yaml')
  const entry = entryFile === null || province === null ? null : note(parseEntry(entryFile, values)).read
  const savedFile = one('saved-replies.yaml')
  const savedReplies = savedFile === null || province === null ? [] : note(parseSavedReplies(savedFile, values)).savedReplies
  const siteFile = one('site.yaml')
  const groups = siteFile === null ? {} : note(parseSite(siteFile)).groups
  if (provinceFile === null) problems.push(missingFile('province.yaml'))
  if (repliesFile === null) problems.push(missingFile('replies.yaml'))
  if (entryFile === null) problems.push(missingFile('entry.yaml'))
  if (contactsFile === null) problems.push(missingFile('contacts.yaml'))

  if (province === null || repliesFile === null || replies === null || replies.replies === null || entry === null || assets === null) return { parts: null, readable: null, problems: withoutEchoes(problems) }
  const parts: Parts = { flowSet: flows.flows, flows: flows.files, articles, withdrawn, known, assets, calendars, calendarTexts, replies: replies.replies, repliesFile: { file: repliesFile.file, lent: repliesFile.lent, locate: replies.locate }, entry, province, synonyms, contacts: contacts === null ? null : { ...contacts, lent: contactsFile?.lent === true }, savedReplies, groups }
  return { parts: problems.some(isError) ? null : parts, readable: parts, problems: withoutEchoes(problems) }
}

function readFlows(files: FileSource): { flows: FlowSet; files: FlowFile[]; problems: Problem[] } {
  const texts = flowFiles(files).map(readable)
  const parsed = parseFlows(texts, leftOutFlows(files))
  return { ...parsed, problems: [...(texts.length === 0 ? [noFlows] : []), ...texts.flatMap(notUtf8), ...parsed.problems] }
}

const leftOutFlows = ({ leftOut = [] }: FileSource): TextFile[] => leftOut.filter(({ name }) => /\.ya?ml$/.test(name))

/** Rather a misspelt folder than a wish to say nothing. */
const noFlows: Problem = { file: 'flows', ...fileStart, severity: 'error', what: 'không có kịch bản nào', todo: 'kiểm tra FLOWS_DIR: thư mục phải có ít nhất một tệp .yaml' }

function readArticles(files: FileSource, province: Readonly<Record<string, string>>, parse: typeof parseArticle): { articles: ArticleFile[]; unread: ReadonlySet<string>; problems: Problem[] } {
  const problems: Problem[] = []
  const byId = new Map<string, ArticleFile>()
  const unread = new Set((files.leftOut ?? []).filter(({ name }) => name.endsWith('.md')).flatMap(idsMeant))
  for (const file of articleFiles(files).map(readable)) {
    const { read, problems: found } = parse(file.file, file.text, province)
    problems.push(...notUtf8(file), ...found)
    if (read === null) {
      for (const id of idsMeant(file)) unread.add(id)
      continue
    }
    const same = byId.get(read.article.id)
    if (same === undefined) byId.set(read.article.id, read)
    else problems.push({ file: file.file, ...read.locate(['id']), severity: 'error', what: `mã mục "${read.article.id}" đã có trong ${same.article.file}`, todo: 'tệp này là bản sao thì chuyển ra ngoài thư mục; không phải thì đổi mã của tệp này' })
  }
  return { articles: [...byId.values()], unread, problems }
}

/** What an article that cannot be read is called: the name of its file, and what it says itself. */
const idsMeant = ({ name, text }: TextFile): string[] =>
  [/([^/]+)\.md$/.exec(name)?.[1], idWritten(text)].filter((id) => id !== undefined)

/** The greeting leads there, and the law wants it read: a page of nothing is no notice. */
const emptyNotice = (file: TextFile): Problem[] =>
  (readable(file).text.trim() !== '' ? [] : [{ file: file.file, ...fileStart, severity: 'error', what: 'thông báo về dữ liệu cá nhân đang trống', todo: 'chép lại bản trước đó; muốn dùng bản của dự án thì xóa tệp này' }])

/** The YAML first: its faults are told in the same words for every file. */
function readSynonyms({ file, text }: TextFile): { groups: ConceptGroup[]; problems: Problem[] } {
  const { problems } = readYaml(file, text, z.unknown())
  return problems.length > 0 ? { groups: [], problems } : parseSynonyms(text, file)
}

function placeholdersOfLines({ file, text }: TextFile, province: Readonly<Record<string, string>>): Problem[] {
  const known = knownNames(province, [])
  return text.split('\n').flatMap((line, index) => wrongPlaceholders(line, known).map(({ raw, ...wrong }): Problem =>
    ({ file, line: index + 1, column: line.indexOf(raw) + 1, severity: 'error', ...wrong })))
}

/** What a flow that was left out would have saved may still be named: it is then empty. */
function flowPlaceholders(files: readonly FlowFile[], province: Readonly<Record<string, string>>, leftOut: readonly TextFile[]): Problem[] {
  const lost = leftOut.flatMap(({ text }) => [...text.matchAll(/\bsave: *["']?(\w+)/g)].map(([, name]) => `saved.${name}`))
  const saved = new Set(files.flatMap(({ flow }) => Object.values(flow.steps).flatMap((step) =>
    [...step.choices.map(({ save }) => save), step.otherwise.to === 'step' ? step.otherwise.save : null].flatMap((name) => (name === null ? [] : [`saved.${name}`])))))
  const known = withCalendars(knownNames(province, ['text', 'today', ...saved, ...lost]))
  return files.flatMap(({ flow, written, locate }) => Object.values(flow.steps).flatMap((step) => [
    ...placeholderProblems(flow.file, locate, ['steps', step.id, written.steps[step.id]?.ask === undefined ? 'say' : 'ask'], step.ask, known),
    ...step.choices.flatMap((choice, index) => placeholderProblems(flow.file, locate, ['steps', step.id, 'choices', index, 'title'], choice.title ?? '', known)),
  ]))
}

/** A campaign may end and its file go: the step then says that nothing is to come. */
const withCalendars = (known: Known): Known => ({ ...known, has: (name) => known.has(name) || /^calendar\.[a-z0-9-]+$/.test(name) })

function unknownArticles(files: readonly FlowFile[], known: KnownArticles): Problem[] {
  return files.flatMap(({ flow, locate }) => Object.values(flow.steps).flatMap((step) => step.choices.flatMap(({ then }, index): Problem[] => {
    const standing = then.to === 'article' ? known.standing(then.article) : 'used'
    if (then.to !== 'article' || standing === 'used' || standing === 'unread') return []
    const at = { file: flow.file, ...locate(['steps', step.id, 'choices', index, 'article']), severity: 'error' } as const
    if (standing === 'withdrawn') return [{ ...at, severity: 'warning', what: `mục hỏi–đáp "${then.article}" đã rút, bà con chọn thì được báo như vậy`, todo: known.instead(then.article) }]
    const near = nearest(then.article, known.used)
    return [{
      ...at, cause: `article:${then.article}`,
      what: `không có mục hỏi–đáp "${then.article}"`, todo: near === null ? 'viết mục này trong content/articles, hoặc sửa mã' : `có phải "${near}"?`,
    }]
  })))
}

function unknownReplacements(withdrawn: readonly ArticleFile[], known: KnownArticles): Problem[] {
  return withdrawn.flatMap(({ article, locate }): Problem[] => {
    const instead = article.withdrawn?.replacedBy ?? null
    const standing = instead === null ? 'used' : known.standing(instead)
    if (instead === null || standing === 'used' || standing === 'unread') return []
    if (standing === 'unknown') return [unknown(article.file, locate(['replaced_by']), 'mục hỏi–đáp đang dùng', instead, known.used)]
    return [{ file: article.file, ...locate(['replaced_by']), severity: 'warning', what: `mục thay "${instead}" cũng đã rút`, todo: known.instead(instead) }]
  })
}

function unknownAssets(articles: readonly ArticleFile[], assets: ReadonlyMap<string, Asset>): Problem[] {
  return articles.flatMap(({ article, locate }) => [
    ...article.assets.flatMap((id, index) => (assets.has(id) ? [] : [unknown(article.file, locate(['assets', index]), 'tệp', id, assets.keys())])),
    ...article.audio.flatMap(({ asset }, index) => {
      const found = assets.get(asset)
      const at = locate(['audio', index, 'asset'])
      if (found === undefined) return [unknown(article.file, at, 'tệp', asset, assets.keys())]
      const notHeard: Problem = { file: article.file, ...at, severity: 'error', what: `tệp "${asset}" không phải bản ghi âm`, todo: 'ghi mã của một tệp ghi âm (kind: audio) trong assets.yaml' }
      return found.kind === 'audio' ? [] : [notHeard]
    }),
  ])
}

function unknown(file: string, at: Position, what: string, id: string, known: Iterable<string>): Problem {
  const near = nearest(id, known)
  return { file, ...at, severity: 'error', what: `không có ${what} "${id}"`, todo: near === null ? 'sửa mã, hoặc bỏ dòng này' : `có phải "${near}"?` }
}
