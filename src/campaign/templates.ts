import * as z from 'zod'
import { fill } from '../core/fill.ts'
import type { Problem } from '../core/problem.ts'
import type { Millis } from '../core/time.ts'
import { keys, readYaml, someText } from '../core/yaml.ts'
import type { Post } from './campaign.ts'
import { writtenTime } from './export.ts'
import { postFrom } from './parse.ts'
import { postSchema } from './written.ts'

/** Posts ready to be filled in: `content/campaigns/templates/*.yaml`. */

export interface PostTemplate {
  id: string
  title: string
  /** When to take it. */
  use: string
  fields: TemplateField[]
  /** Names or shows people: who they are and where their consent is kept must be told. */
  needsConsent: boolean
  /** A post as it is written in a campaign file, without id and time, with `{{field.NAME}}`. */
  post: Record<string, unknown>
}

export interface TemplateField { name: string; title: string; example: string }

/** What staff fill in. */
export interface TemplateValues {
  id: string
  at: Millis
  fields: Readonly<Record<string, string>>
  people?: readonly { name: string; consent: string }[]
}

const schema = keys({
  id: someText.regex(/^[a-z0-9-]{1,40}$/, 'mã mẫu viết sai → dùng chữ thường không dấu, số, dấu gạch ngang'),
  title: someText,
  use: someText,
  needs_consent: z.enum(['true', 'false'], 'needs_consent chỉ nhận true hoặc false → viết lại').optional(),
  fields: z.array(keys({ name: z.string().regex(/^[a-z][a-z0-9_]*$/, 'tên ô viết sai → dùng chữ thường không dấu, số, gạch dưới'), title: someText, example: someText })).optional(),
  post: z.record(z.string(), z.unknown()),
})

/** A template is good when its own examples make a post of it; null otherwise. */
export function parseTemplate({ file, text }: { file: string; text: string }): { template: PostTemplate | null; problems: Problem[] } {
  const { value, problems, locate } = readYaml(file, text, schema)
  if (value === null) return { template: null, problems }
  const template: PostTemplate = { id: value.id, title: value.title, use: value.use, fields: value.fields ?? [], needsConsent: value.needs_consent === 'true', post: value.post }
  const wrong = (path: (string | number)[], what: string, todo: string): Problem => ({ file, ...locate(path), severity: 'error', what, todo })
  const named = namesIn(template.post)
  const known = new Set(template.fields.map(({ name }) => name))
  const faults = [
    ...[...named].filter((name) => !known.has(name)).map((name) => wrong(['post'], `ô {{field.${name}}} chưa khai trong fields`, `thêm { name: ${name}, title: …, example: … } dưới fields`)),
    ...template.fields.flatMap(({ name }, index) => (named.has(name) ? [] : [wrong(['fields', index, 'name'], `ô "${name}" không dùng ở đâu`, 'bỏ ô này, hoặc dùng nó trong post')])),
  ]
  if (faults.length > 0) return { template: null, problems: faults }
  const tried = postFromTemplate(template, exampleValues(template))
  return 'post' in tried ? { template, problems: [] } : { template: null, problems: tried.refused.map(({ path, what, todo }) => wrong(['post', ...path], what, todo)) }
}

/** As staff would fill it in, with the template's own examples. */
export const exampleValues = ({ fields, needsConsent }: PostTemplate): TemplateValues => ({
  id: 'bai-mau', at: 0, fields: Object.fromEntries(fields.map(({ name, example }) => [name, example])),
  ...(needsConsent && { people: [{ name: 'Người mẫu', consent: 'Bản đồng ý mẫu' }] }),
})

export interface TemplateRefusal { path: (string | number)[]; what: string; todo: string }

/** The post, with `{{province.…}}` and `{{campaign.…}}` left to be filled when it is sent; or all that is missing or wrong. */
export function postFromTemplate({ fields, needsConsent, post }: PostTemplate, values: TemplateValues): { post: Post } | { refused: TemplateRefusal[] } {
  const refused: TemplateRefusal[] = [
    ...fields.flatMap(({ name, title, example }) => ((values.fields[name] ?? '').trim() === '' ? [{ path: ['fields', name], what: `chưa điền "${title}"`, todo: `điền, ví dụ: ${example}` }] : [])),
    ...fields.flatMap(({ name, title }) => (/\{\{|\}\}/.test(values.fields[name] ?? '') ? [{ path: ['fields', name], what: `"${title}" có dấu {{ hoặc }}`, todo: 'viết bằng chữ thường, không dùng chỗ điền trong ô' }] : [])),
    ...(needsConsent && (values.people ?? []).length === 0 ? [{ path: ['people'], what: 'bài nêu tên hoặc ảnh mà chưa ghi ai và bản đồng ý', todo: 'ghi tên từng người và nơi giữ bản đồng ý của họ' }] : []),
  ]
  if (refused.length > 0) return { refused }
  const fillOne = (text: string): string => fill(text, (name) => (name.startsWith('field.') ? values.fields[name.slice('field.'.length)]!.trim() : `{{${name}}}`))
  const written = { ...(mapTexts(post, fillOne) as object), id: values.id, time: writtenTime(values.at), ...(values.people !== undefined && { people: values.people }) }
  const checked = postSchema.safeParse(written)
  if (checked.success) return { post: postFrom(checked.data) }
  return {
    refused: checked.error.issues.map(({ path, message }) => {
      const [what = message, todo = 'sửa lại chỗ này'] = message.split(' → ')
      return { path: path.map((step) => (typeof step === 'number' ? step : String(step))), what, todo }
    }),
  }
}

/** Every text in it, however deep, through `change`. */
function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((inner) => mapTexts(inner, change))
  return value !== null && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapTexts(inner, change)])) : value
}

function namesIn(post: unknown): Set<string> {
  const names = new Set<string>()
  mapTexts(post, (text) => {
    for (const [, name] of text.matchAll(/\{\{\s*field\.(\w+)\s*\}\}/g)) names.add(name!)
    return text
  })
  return names
}
