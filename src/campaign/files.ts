import { copiesLast, findFile, readable, type FileSource } from '../content/files.ts'
import { fileStart, sortProblems, type Problem } from '../core/problem.ts'
import { parseCampaign, type CampaignFile } from './parse.ts'
import { parseRules, type PlatformRules } from './rules.ts'
import { parseTemplate, type PostTemplate } from './templates.ts'

/** All that people write about campaigns, read. */
export interface CampaignFiles {
  campaigns: CampaignFile[]
  templates: PostTemplate[]
  /** Null when the file is missing or wrong: then nothing can be planned or sent. */
  rules: PlatformRules | null
  problems: Problem[]
}

/** As `readCampaignFiles`, again and again: what is read keeps its result while its texts and the day are the same. */
export function rereadCampaignFiles(read: () => Promise<FileSource>, day: () => string): () => Promise<CampaignFiles> {
  let last: { content: FileSource['content']; day: string; files: CampaignFiles } | null = null
  return async () => {
    const [files, today] = [await read(), day()]
    if (last?.content !== files.content || last.day !== today) last = { content: files.content, day: today, files: readCampaignFiles(files, today) }
    return last.files
  }
}

const rulesFileName = 'platform-rules.yaml'

/** `day`: today in Viet Nam. Nothing is thrown: what cannot be used is left out and told. */
export function readCampaignFiles(files: FileSource, day: string): CampaignFiles {
  const problems: Problem[] = []
  const note = <R extends { problems: Problem[] }>(result: R): R => {
    problems.push(...result.problems)
    return result
  }
  const matching = (pattern: RegExp) => copiesLast(files.content.filter(({ name }) => pattern.test(name))).map(readable)
  const campaigns = matching(/^campaigns\/[^/]+\.ya?ml$/).flatMap((file) => note(parseCampaign(file)).read ?? [])
  const templates = matching(/^campaigns\/templates\/[^/]+\.ya?ml$/).flatMap((file) => note(parseTemplate(file)).template ?? [])
  for (const [index, { campaign: { id }, file, locate }] of campaigns.entries()) {
    const first = campaigns.findIndex(({ campaign }) => campaign.id === id)
    if (first < index) problems.push({ file, ...locate(['id']), severity: 'error', what: `mã đợt "${id}" đã có trong ${campaigns[first]!.file}`, todo: 'tệp này là bản sao thì chuyển ra ngoài thư mục; không phải thì đổi mã của tệp này' })
  }
  const rulesFile = findFile(files, rulesFileName)
  if (rulesFile === null) problems.push({ file: rulesFileName, ...fileStart, severity: 'error', what: `không tìm thấy tệp ${rulesFileName}`, todo: 'chép tệp này từ thư mục content của dự án' })
  const rules = rulesFile === null ? null : note(parseRules(readable(rulesFile), day)).rules
  return { campaigns, templates, rules, problems: sortProblems(problems) }
}
