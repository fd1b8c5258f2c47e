import { fileStart, isError, nearest, sortProblems, type Problem } from '../core/problem.ts'
import { vietnamDay, type Millis } from '../core/time.ts'
import { checkFlows } from '../flow/check.ts'
import { mainFlow } from '../flow/flow.ts'
import type { FlowFile } from '../flow/parse.ts'
import { adoptedFile } from './adopt.ts'
import { checkAssets } from './assets.ts'
import { checkArticles } from './check-articles.ts'
import { checkEntry, type Targets } from './check-entry.ts'
import { checkArticleLinks, checkEntryLinks, checkTexts, type Known } from './check-links.ts'
import { checkWording } from './check-wording.ts'
import { articleFiles, findFile, flowFiles, noticeFiles, ownFiles, type FileSource, type TextFile } from './files.ts'
import type { KnownArticles } from './known-articles.ts'
import { linksIn } from './links.ts'
import { oldWords } from './old-words.ts'
import { readFiles, type Parts } from './read.ts'
import { shownTexts } from './texts.ts'

/**
 * Everything that is wrong or doubtful in the files, sorted. Beside what stops them from being used at all
 * (`loadContent`) this names what works but is not good: steps nobody reaches, links, lengths, doubles, old words.
 * Files that cannot be used are not looked at any further; the others are.
 */
export function checkContent(files: FileSource, now: Millis): Problem[] {
  const { readable, problems } = readFiles(files)
  const broken = new Set(problems.filter(isError).map(({ file }) => file))
  const doubts = [
    ...strangeFiles(files),
    ...(articleFiles(files).length === 0 ? [noArticles] : []),
    ...writtenTexts(files, readable).flatMap(oldWords),
    ...(readable === null ? [] : checkParts(files, readable, vietnamDay(now), broken.size > 0)),
  ]
  return sortProblems([...problems, ...doubts.filter(({ file }) => !broken.has(file))])
}

function checkParts(files: FileSource, parts: Parts, day: string, broken: boolean): Problem[] {
  const texts = shownTexts(files, parts)
  const known = knownContacts(parts)
  return [
    ...checkFlows(parts.flows, { broken }),
    ...checkArticles(parts.articles, day, parts.known),
    ...checkFacts(parts.flows, parts.known),
    ...checkAssets(parts.assets, files.assets ?? null),
    ...checkWording(texts, articlesAhead(parts)),
    ...(known === null ? [] : [...checkTexts(texts, known), ...parts.articles.flatMap((article) => checkArticleLinks(article, known))]),
    ...(findFile(files, 'entry.yaml')?.lent === true ? [] : [
      ...(broken ? [] : checkEntry(parts.entry, targetsOf(parts))),
      ...(known === null ? [] : checkEntryLinks(parts.entry, known)),
    ]),
    ...sampleProvince(files, parts),
    ...lentLists(files),
  ]
}

/** The list, with the province's own numbers and pages. Null where nobody keeps a list to compare with. */
function knownContacts({ contacts, province }: Parts): Known | null {
  if (contacts === null) return null
  const own = Object.values(province.province.values)
  return {
    phones: new Set([...contacts.phones, ...own.flatMap((text) => text.match(/\+?\d(?:[ .]?\d){2,12}/g) ?? []).map((number) => number.replace(/\D/g, ''))]),
    sites: [...contacts.sites, ...own.flatMap(linksIn).map(({ host }) => host)],
    press: contacts.press,
    unsure: contacts.unsure,
    advice: contacts.lent,
  }
}

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
  return [...flowFiles(files), ...articleFiles(files).filter(({ file }) => !withdrawn.has(file)), ...noticeFiles(files), ...own]
}

function sampleProvince(files: FileSource, parts: Parts): Problem[] {
  const found = findFile(files, 'province.yaml')
  if (found === null || found.lent) return []
  if (!parts.province.sample) return leftOvers(found.file, parts)
  return [{ file: found.file, ...parts.province.locate(['sample']), severity: 'warning', what: 'thông tin của tỉnh còn là bản mẫu', todo: 'điền tên, đường dây nóng, giờ trực của tỉnh vào province.yaml rồi bỏ dòng sample: true' }]
}

/** One flag does not make a sample a province: what was left in it would be told to citizens as true. */
function leftOvers(file: string, { province: { province, locate } }: Parts): Problem[] {
  return Object.entries(province.values).filter(([, value]) => /MẪU|\.example(?![\p{L}\p{N}-])/u.test(value.normalize('NFC'))).map(([key, value]): Problem => ({
    file, ...locate(['values', key]), severity: 'error', what: `"${key}" còn là giá trị mẫu: ${value}`, todo: 'điền giá trị thật của tỉnh, hoặc để sample: true cho đến khi điền xong',
  }))
}

/** A folder without them works, with what the project lends; what that costs has to be known. */
function lentLists(files: FileSource): Problem[] {
  const lost: Readonly<Record<string, { what: string; todo: string }>> = {
    'province.yaml': { what: 'chưa có tệp province.yaml riêng: bà con thấy tên, số máy, giờ trực mẫu của dự án', todo: 'chép province.yaml từ thư mục content của dự án rồi điền theo tỉnh' },
    'contacts.yaml': { what: 'chưa có tệp contacts.yaml riêng: chỉ so với danh bạ của dự án, trang riêng của tỉnh không được kiểm (trang lạ chỉ là lưu ý)', todo: 'chép contacts.yaml từ thư mục content của dự án rồi thêm số máy, trang của tỉnh' },
  }
  return ownFiles.filter((name) => findFile(files, name)?.lent === true).map((name) => ({ file: name, ...fileStart, severity: 'warning', ...lost[name]! }))
}

/** Steps that lean on an article nobody answers from any more: their facts have no owner and no date. */
function checkFacts(flows: readonly FlowFile[], known: KnownArticles): Problem[] {
  return flows.flatMap(({ flow, written, locate }) => Object.values(flow.steps).flatMap((step) => step.facts.flatMap((id, index): Problem[] => {
    const standing = known.standing(id)
    if (standing === 'used' || standing === 'unread') return []
    const near = nearest(id, known.used)
    const path = ['steps', step.id, 'facts', ...(Array.isArray(written.steps[step.id]?.facts) ? [index] : [])]
    return [{
      file: flow.file, ...locate(path), severity: 'warning', what: standing === 'withdrawn' ? `bước "${step.id}" dựa vào mục "${id}" đã rút` : `bước "${step.id}" dựa vào mục "${id}" không có`,
      todo: standing === 'withdrawn' ? 'xem lại thông tin của bước, rồi ghi mục thay nó' : near === null ? 'sửa mã, hoặc bỏ dòng facts' : `có phải "${near}"?`,
    }]
  })))
}

const noArticles: Problem = { file: 'content', ...fileStart, severity: 'warning', what: 'chưa có mục hỏi–đáp nào', todo: 'kiểm tra CONTENT_DIR: các mục nằm trong articles/, tệp .md' }

const contentFiles = ['replies.yaml', 'saved-replies.yaml', 'entry.yaml', 'synonyms.yaml', 'province.yaml', 'contacts.yaml', 'site.yaml', 'platform-rules.yaml', adoptedFile]

/** A misnamed file would silently not be read. */
function strangeFiles({ content }: FileSource): Problem[] {
  return content.filter(({ name }) => /^[^/]+\.ya?ml$/.test(name) && !contentFiles.includes(name)).map(({ name, file }) => {
    const near = nearest(name, contentFiles)
    return { file, ...fileStart, severity: 'warning', what: `tệp "${name}" không được đọc`, todo: near === null ? `tên đúng là một trong: ${contentFiles.join(', ')}` : `có phải "${near}"?` }
  })
}
