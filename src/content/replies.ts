import * as z from 'zod'
import type { Problem } from '../core/problem.ts'
import { replyUses, type Replies, type ReplyKey } from '../core/replies.ts'
import { keys, readYaml, someText, type Locate } from '../core/yaml.ts'
import type { TextFile } from './files.ts'
import { knownNames, placeholderProblems } from './placeholders.ts'

const replyKeys = Object.keys(replyUses) as ReplyKey[]

export const repliesSchema = keys(Object.fromEntries(replyKeys.map((key) => [key, someText])) as Record<ReplyKey, typeof someText>)
  .describe('Mọi câu trả lời soạn sẵn. Dùng được {{province.KHÓA}}, và chỗ điền riêng đã có sẵn trong câu.')

/** `replies.yaml`: exactly the keys of `replyUses`, each with the placeholders it may show. */
export function parseReplies({ file, text }: TextFile, province: Readonly<Record<string, string>>): { replies: Replies | null; locate: Locate; problems: Problem[] } {
  const { value, problems, locate } = readYaml<Record<ReplyKey, string>>(file, text, repliesSchema as z.ZodType<Record<ReplyKey, string>>)
  if (value === null) return { replies: null, locate, problems: problems.map(sayWhereFrom) }
  const wrong = replyKeys.flatMap((key) => placeholderProblems(file, locate, [key], value[key], knownNames(province, shownBy(key))))
  return { replies: wrong.length > 0 ? null : value, locate, problems: wrong }
}

/** The placeholders that the contract names beside `{{province.KEY}}`. */
function shownBy(key: ReplyKey): string[] {
  return [...replyUses[key].matchAll(/\{\{([\w.]+)\}\}/g)].map(([, name]) => name!).filter((name) => !name.startsWith('province.'))
}

/** A missing sentence is written for every installation already. */
function sayWhereFrom(problem: Problem): Problem {
  const key = /^thiếu khóa "(\w+)"$/.exec(problem.what)?.[1] as ReplyKey | undefined
  return key === undefined ? problem : { ...problem, todo: `chép dòng bắt đầu bằng "${key}:" từ tệp content/replies.yaml của dự án vào đây, rồi sửa lời nếu cần` }
}
