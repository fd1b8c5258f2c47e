import { nearest, type Problem } from '../core/problem.ts'
import type { Locate, Path } from '../core/yaml.ts'

/** Which names a text may show. `examples` are what a message to staff suggests. */
export interface Known { has(name: string): boolean; examples: readonly string[] }

/** A piece of a text that is wrong; `cause` as in `Problem`. */
export interface WrongPlaceholder extends Pick<Problem, 'what' | 'todo' | 'cause'> { raw: string }

/** Placeholders in `text` that are broken or name nothing. */
export function wrongPlaceholders(text: string, known: Known): WrongPlaceholder[] {
  return [...text.matchAll(/\{\{[^{}\n]{0,80}\}{0,2}|(?<!\{)\{(?:text|today|saved\.|province\.|calendar\.)[^{}\n]{0,40}\}+/g)].flatMap(([raw]) => {
    const name = /^\{\{\s*([\w.-]+)\s*\}\}$/.exec(raw)?.[1]
    if (name === undefined) return [{ raw, what: `chỗ điền "${raw}" viết hỏng`, todo: 'viết đúng dạng {{tên}}, đủ hai ngoặc mở và hai ngoặc đóng' }]
    if (known.has(name)) return []
    const near = nearest(name, known.examples)
    const all = known.examples.map((example) => `{{${example}}}`).join(', ')
    const cause = name.startsWith('province.') ? { cause: `province:${name}` } : {}
    return [{ raw, ...cause, what: `chỗ điền {{${name}}} không có`, todo: near === null ? `dùng được ở đây: ${all}` : `có phải {{${near}}}? Dùng được ở đây: ${all}` }]
  })
}

/** The same as problems of a YAML file. */
export function placeholderProblems(file: string, locate: Locate, path: Path, text: string, known: Known): Problem[] {
  return wrongPlaceholders(text, known).map(({ raw, ...wrong }) => ({ file, ...locate(path, raw), severity: 'error', ...wrong }))
}

/** `province.KEY` for the keys of `province.yaml`, and `others` by name. */
export function knownNames(province: Readonly<Record<string, string>>, others: readonly string[]): Known {
  const examples = [...others, ...Object.keys(province).map((key) => `province.${key}`)]
  const names = new Set(examples)
  return { has: (name) => names.has(name), examples }
}
