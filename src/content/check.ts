import { fileStart, isError, nearest, type Problem } from '../core/problem.ts'
import { barePhrase } from '../core/text.ts'
import { vietnamDay, type Millis } from '../core/time.ts'
import { checkFlows } from '../flow/check.ts'
import { mainFlow } from '../flow/flow.ts'
import { adoptedFile } from './adopt.ts'
import { checkAssets } from './assets.ts'
import { calendarsAlone } from './calendar.ts'
import { checkArticles } from './check-articles.ts'
import { checkEntry, type Targets } from './check-entry.ts'
import { checkContacts } from './check-contacts.ts'
import { checkFacts } from './check-facts.ts'
import { checkArticleLinks, checkEntryLinks, checkProvinceLinks, checkTexts } from './check-links.ts'
import { checkLetters } from './check-letters.ts'
import { checkNames } from './check-names.ts'
import { checkProvince } from './check-province.ts'
import { checkWaysIn } from './check-ways-in.ts'
import { checkWording } from './check-wording.ts'
import { flowsLeaning } from './due.ts'
import { articleFiles, findFile, flowFiles, noticeFiles, type FileSource, type TextFile } from './files.ts'
import { knownContacts, type Known } from './known-contacts.ts'
import { leftOvers } from './left-overs.ts'
import { oldWords } from './old-words.ts'
import { readFiles, type Parts } from './read.ts'
import { shownTexts } from './texts.ts'
import { toldOnce } from './told-once.ts'

/**
 * Everything that is wrong or doubtful in the files, sorted. Beside what stops them from being used at all
 * (`loadContent`) this names what works but is not good: steps nobody reaches, links, lengths, doubles, old words.
 * Files that cannot be used are not looked at any further; the others are.
 */
export const checkContent = (files: FileSource, now: Millis): Problem[] => toldOnce(checkEach(files, now), files)

/** The same, every place told apart and in no order. `read`: the files as they were read, where somebody has done it already. */
export function checkEach(files: FileSource, now: Millis, { readable, problems } = readFiles(files)): Problem[] {
  const broken = new Set(problems.filter(isError).map(({ file }) => file))
  const doubts = [
    ...strangeFiles(files),
    ...(articleFiles(files).length === 0 ? [noArticles] : []),
    ...writtenTexts(files, readable).flatMap(oldWords),
    ...checkLetters([...files.flows, ...files.content]),
    ...(readable === null ? [] : checkParts(files, readable, vietnamDay(now), broken.size > 0)),
  ]
  return [...problems, ...doubts.filter(({ file }) => !broken.has(file))]
}

function checkParts(files: FileSource, parts: Parts, day: string, broken: boolean): Problem[] {
  const texts = shownTexts(files, parts)
  const known = knownContacts(parts.contacts, parts.province.province.values)
  return [
    ...checkFlows(parts.flows, { broken }),
    ...checkArticles(parts.articles, { day, known: parts.known, leaning: flowsLeaning(parts.flowSet), openers: openersOf(parts) }),
    ...checkFacts(parts.flows, parts.known, parts.calendars),
    ...checkAssets(parts.assets, files.assets ?? null),
    ...checkWording(texts, articlesAhead(parts)),
    ...leftOvers(texts),
    ...checkNames(files, parts),
    ...(broken ? [] : checkWaysIn(files, parts)),
    ...(known === null ? [] : [...checkTexts(texts, known), ...parts.articles.flatMap((article) => checkArticleLinks(article, known))]),
    ...(findFile(files, 'entry.yaml')?.lent === true ? [] : [
      ...(broken ? [] : checkEntry(parts.entry, targetsOf(parts))),
      ...(known === null ? [] : checkEntryLinks(parts.entry, known)),
    ]),
    ...checkContacts(files, day),
    ...checkProvince(files, parts, day),
    ...strangeTexts(files),
    ...ownLinks(files, parts, known),
  ]
}

/** By bare words, the file of the flow they open. */
const openersOf = ({ flows }: Parts): ReadonlyMap<string, string> =>
  new Map(flows.flatMap(({ flow }) => flow.triggers.flatMap((trigger) => ('words' in trigger ? [[barePhrase(trigger.words), flow.file] as const] : []))))

/** By flow file, the articles it leads to: they explain the short forms on its buttons. */
function articlesAhead({ flows, articles }: Parts): ReadonlyMap<string, string> {
  const said = new Map(articles.map(({ article: { id, title, short, details } }) => [id, `${title}\n${short}\n${details}`]))
  return new Map(flows.map(({ flow }) => [flow.file, Object.values(flow.steps)
    .flatMap(({ choices }) => choices.map(({ then }) => (then.to === 'article' ? said.get(then.article) ?? '' : ''))).join('\n')]))
}

function targetsOf(parts: Parts): Targets {
  const flows = new Set(parts.flows.map(({ flow }) => flow.id))
  return { flow: (id) => id === mainFlow || flows.has(id), articles: parts.known }
}

/** Whatever staff of this folder wrote for citizens; withdrawn articles speak of the past. */
function writtenTexts(files: FileSource, parts: Parts | null): TextFile[] {
  const withdrawn = new Set(parts?.withdrawn.map(({ article }) => article.file))
  const own = files.content.filter(({ name }) => ['replies.yaml', 'saved-replies.yaml', 'entry.yaml', 'province.yaml'].includes(name))
  return [...flowFiles(files), ...articleFiles(files).filter(({ file }) => !withdrawn.has(file)), ...noticeFiles(files), ...calendarsAlone(files), ...own]
}

function ownLinks(files: FileSource, { province }: Parts, known: Known | null): Problem[] {
  const found = findFile(files, 'province.yaml')
  return known === null || found === null || found.lent ? [] : checkProvinceLinks(province, found.file, known)
}

/** Notepad adds `.txt` of itself: the file lies there, and nobody reads it. */
const strangeTexts = ({ strange = [] }: FileSource): Problem[] =>
  strange.map(({ file, meant }) => ({ file, ...fileStart, severity: 'warning', what: 'tệp này không được đọc vì sai đuôi tên', todo: `đổi tên thành ${meant}` }))

const noArticles: Problem = { file: 'content', ...fileStart, severity: 'warning', what: 'chưa có mục hỏi–đáp nào', todo: 'kiểm tra CONTENT_DIR: các mục nằm trong articles/, tệp .md' }

const contentFiles = ['replies.yaml', 'saved-replies.yaml', 'entry.yaml', 'synonyms.yaml', 'province.yaml', 'contacts.yaml', 'site.yaml', 'platform-rules.yaml', adoptedFile]

/** A misnamed file would silently not be read. */
function strangeFiles({ flows, content }: FileSource): Problem[] {
  const misplaced = [
    ...content.filter(({ name }) => /^[^/]+\.md$/.test(name) && !['privacy.md', 'README.md'].includes(name)).map((file) => ({ ...file, todo: 'mục hỏi–đáp thì chuyển vào một thư mục trong content/articles' })),
    ...content.filter(({ name }) => /^articles\/.*\.ya?ml$/.test(name)).map((file) => ({ ...file, todo: 'mục hỏi–đáp là tệp .md; kịch bản .yaml thì chuyển vào thư mục flows' })),
    ...flows.filter(({ name }) => /\.md$/.test(name) && !/(^|\/)README\.md$/.test(name)).map((file) => ({ ...file, todo: 'kịch bản là tệp .yaml; mục hỏi–đáp .md thì chuyển vào một thư mục trong content/articles' })),
  ].map(({ file, name, todo }): Problem => ({ file, ...fileStart, severity: 'warning', what: `tệp "${name}" không được đọc ở chỗ này`, todo }))
  const misnamed = content.filter(({ name }) => /^[^/]+\.ya?ml$/.test(name) && !contentFiles.includes(name)).map(({ name, file }): Problem => {
    const near = nearest(name, contentFiles)
    return { file, ...fileStart, severity: 'warning', what: `tệp "${name}" không được đọc`, todo: near === null ? `tên đúng là một trong: ${contentFiles.join(', ')}` : `có phải "${near}"?` }
  })
  return [...misplaced, ...misnamed]
}
