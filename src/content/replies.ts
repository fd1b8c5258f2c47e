import * as z from 'zod'
import type { Problem } from '../core/problem.ts'
import { replyUses, type Replies, type ReplyKey } from '../core/replies.ts'
import { keys, readYaml, someText } from '../core/yaml.ts'
import type { TextFile } from './files.ts'
import { knownNames, placeholderProblems } from './placeholders.ts'

const replyKeys = Object.keys(replyUses) as ReplyKey[]

const schema = keys(Object.fromEntries(replyKeys.map((key) => [key, someText])) as Record<ReplyKey, typeof someText>)

/** `replies.yaml`: exactly the keys of `replyUses`, each with the placeholders it may show. */
export function parseReplies({ file, text }: TextFile, province: Readonly<Record<string, string>>): { replies: Replies | null; problems: Problem[] } {
  const { value, problems, locate } = readYaml<Record<ReplyKey, string>>(file, text, schema as z.ZodType<Record<ReplyKey, string>>)
  if (value === null) return { replies: null, problems: problems.map(sayWhatFor) }
  const wrong = replyKeys.flatMap((key) => placeholderProblems(file, locate, [key], value[key], knownNames(province, shownBy(key))))
  return { replies: wrong.length > 0 ? null : value, problems: wrong }
}

/** The placeholders that the contract names beside `{{province.KEY}}`. */
function shownBy(key: ReplyKey): string[] {
  return [...replyUses[key].matchAll(/\{\{([\w.]+)\}\}/g)].map(([, name]) => name!).filter((name) => !name.startsWith('province.'))
}

/** A missing sentence is easier to write when one knows what it is for. */
function sayWhatFor(problem: Problem): Problem {
  const key = /^thiếu khóa "(\w+)"$/.exec(problem.what)?.[1] as ReplyKey | undefined
  return key === undefined ? problem : { ...problem, todo: `thêm dòng ${key}: … (dùng cho: ${replyUses[key]})` }
}
