import { fileStart, nearest, sortProblems, type Problem } from '../core/problem.ts'
import { vietnamDay, type Millis } from '../core/time.ts'
import { checkFlows } from '../flow/check.ts'
import { checkArticles } from './check-articles.ts'
import { checkEntry } from './entry.ts'
import { articleFiles, findFile, flowFiles, type FileSource } from './files.ts'
import { oldWords } from './old-words.ts'
import { readFiles, type Parts } from './read.ts'

/**
 * Everything that is wrong or doubtful in the files, sorted. Beside what stops them from being used at all
 * (`loadContent`) this names what works but is not good: steps nobody reaches, links, lengths, doubles, old words.
 */
export function checkContent(files: FileSource, now: Millis): Problem[] {
  const { parts, problems } = readFiles(files)
  const texts = [...flowFiles(files), ...articleFiles(files)]
  return sortProblems([
    ...problems,
    ...strangeFiles(files),
    ...(articleFiles(files).length === 0 ? [noArticles] : []),
    ...texts.flatMap(oldWords),
    ...(parts === null ? [] : checkParts(files, parts, vietnamDay(now))),
  ])
}

function checkParts(files: FileSource, parts: Parts, day: string): Problem[] {
  const flows = new Set(parts.flows.map(({ flow }) => flow.id))
  const articles = new Set(parts.articles.map(({ article }) => article.id))
  return [
    ...checkFlows(parts.flows),
    ...checkArticles(parts.articles, { day, phones: knownPhones(parts) }),
    ...checkEntry(parts.entry, { flow: (id) => id === 'main' || flows.has(id), article: (id) => articles.has(id) }),
    ...sampleProvince(files, parts),
  ]
}

/** The list, and the province's own numbers. Null where nobody keeps a list to compare with. */
function knownPhones({ phones, province }: Parts): ReadonlySet<string> | null {
  const own = Object.values(province.province.values).flatMap((text) => text.match(/\+?\d(?:[ .]?\d){2,12}/g) ?? [])
  return phones === null ? null : new Set([...phones, ...own.map((number) => number.replace(/\D/g, ''))])
}

function sampleProvince(files: FileSource, parts: Parts): Problem[] {
  const found = findFile(files, 'province.yaml')
  if (found === null || !parts.province.sample) return []
  const at = found.lent ? fileStart : parts.province.locate(['sample'])
  return [{ file: found.file, ...at, severity: 'warning', what: 'thông tin của tỉnh còn là bản mẫu', todo: 'điền tên, đường dây nóng, giờ trực của tỉnh vào province.yaml rồi bỏ dòng sample: true' }]
}

const noArticles: Problem = { file: 'content', ...fileStart, severity: 'warning', what: 'chưa có mục hỏi–đáp nào', todo: 'kiểm tra CONTENT_DIR: các mục nằm trong articles/, tệp .md' }

const contentFiles = ['replies.yaml', 'entry.yaml', 'synonyms.yaml', 'province.yaml', 'contacts.yaml']

/** A misnamed file would silently not be read. */
function strangeFiles({ content }: FileSource): Problem[] {
  return content.filter(({ name }) => /^[^/]+\.ya?ml$/.test(name) && !contentFiles.includes(name)).map(({ name, file }) => {
    const near = nearest(name, contentFiles)
    return { file, ...fileStart, severity: 'warning', what: `tệp "${name}" không được đọc`, todo: near === null ? `tên đúng là một trong: ${contentFiles.join(', ')}` : `có phải "${near}"?` }
  })
}
