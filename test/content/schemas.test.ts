import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import * as z from 'zod'
import { parseArticle } from '../../src/answer/parse-article.ts'
import { editorSchema, schemas, schemaText } from '../../src/commands/content-schemas.ts'
import { formatProblems, type Problem } from '../../src/core/problem.ts'
import { readYaml } from '../../src/core/yaml.ts'
import { readFolder } from '../../src/node/files.ts'

/** `npm run camnang -- content schemas` writes the files anew. */
describe('the schemas for editors', () => {
  it.each(Object.entries(schemas))('%s.json is up to date', (name, schema) => {
    expect(readFileSync(`content/schemas/${name}.json`, 'utf8')).toBe(schemaText(schema))
  })

  const wired = (JSON.parse(readFileSync('.vscode/settings.json', 'utf8')) as { 'yaml.schemas': Record<string, string> })['yaml.schemas']

  it('are wired for every YAML file', () => {
    expect(Object.keys(wired).map((path) => /([\w-]+)\.json$/.exec(path)![1]!).concat('article').sort()).toEqual(Object.keys(schemas).sort())
  })

  it('describe in Vietnamese what stands at the top of each file', () => {
    expect(Object.entries(schemas).filter(([, schema]) => !/[à-ỹđ]/u.test(schema.description ?? '')).map(([name]) => name)).toEqual([])
  })
})

describe('what VS Code does by itself for articles, whose front matter no schema reaches', () => {
  const json = (name: string): unknown => JSON.parse(readFileSync(`.vscode/${name}`, 'utf8'))

  it('the frame of a new one holds what has to stand there, and can be read', () => {
    const { body } = Object.values(json('muc-hoi-dap.code-snippets') as Record<string, { body: string[] }>)[0]!
    const typed = body.join('\n').replace(/\$\{(?:CURRENT_YEAR|CURRENT_MONTH|CURRENT_DATE)\}/g, (name) => (name.includes('YEAR') ? '2026' : '11'))
      .replace(/\$\{TM_FILENAME_BASE\}/g, 'muc-moi').replace(/\$\{\d+:năm-tháng-ngày\}/g, '2026-12-01').replace(/\$\{\d+:([^}]*)\}/g, '$1')
    const { read, problems } = parseArticle('x.md', typed, {})
    expect(problems).toEqual([])
    expect(read?.article).toMatchObject({ id: 'muc-moi', short: 'Câu trả lời ngắn, tối đa 300 ký tự.', details: '1. Bước một.' })
    expect(read?.article.questions).toHaveLength(6)
  })

  it('the task knows each line of the check, errors from remarks', () => {
    const { tasks } = json('tasks.json') as { tasks: { problemMatcher: { severity: string; pattern: { regexp: string } }[] }[] }
    const problem: Problem = { file: 'content/articles/a/b.md', line: 3, column: 4, severity: 'error', what: 'sai: ở đây', todo: 'sửa' }
    const heard = (told: Problem) => tasks[0]!.problemMatcher.flatMap(({ severity, pattern }) => {
      const found = new RegExp(pattern.regexp).exec(formatProblems([told])[0]!)
      return found === null ? [] : [[severity, ...found.slice(1)]]
    })
    expect(heard(problem)).toEqual([['error', 'content/articles/a/b.md', '3', '4', 'sai: ở đây → sửa']])
    expect(heard({ ...problem, severity: 'warning' })).toEqual([['warning', 'content/articles/a/b.md', '3', '4', 'sai: ở đây → sửa']])
  })
})

describe('what is wrong with a file is told to staff in Vietnamese, whatever stands in it', () => {
  const samples: readonly [string, string][] = [
    ['flow', 'flows/bi-lua.yaml'], ['campaign', 'content/campaigns/ngay-10-10-2026.yaml'], ['assets', 'content/assets/assets.yaml'],
    ...['province', 'contacts', 'entry', 'saved-replies', 'site'].map((name): [string, string] => [name, `content/${name}.yaml`]),
  ]
  const places = (value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] => [path, ...(Array.isArray(value)
    ? value.slice(0, 2).flatMap((item: unknown, index) => places(item, [...path, index]))
    : typeof value === 'object' && value !== null ? Object.entries(value).slice(0, 8).flatMap(([key, item]) => places(item, [...path, key])) : [])]
  const put = (value: unknown, [step, ...rest]: readonly (string | number)[], odd: unknown): unknown => {
    if (step === undefined) return odd
    if (Array.isArray(value)) return value.map((item: unknown, index) => (index === step ? put(item, rest, odd) : item))
    return Object.fromEntries(Object.entries(value as object).flatMap(([key, item]: [string, unknown]) => (key !== step ? [[key, item]] : rest.length === 0 && odd === undefined ? [] : [[key, put(item, rest, odd)]])))
  }

  it.each(samples)('%s', (name, path) => {
    const good: unknown = parse(readFileSync(path, 'utf8'), { schema: 'failsafe' })
    const told = places(good).slice(0, 60).flatMap((place) => [undefined, [], [['a']], { la: 'x' }, 'Sai Rồi !!', '2026-02-31'].flatMap((odd) =>
      readYaml('x.yaml', stringify(put(good, place, odd) ?? {}), schemas[name]!).problems.flatMap(({ what, todo }) => [what, todo])))
    expect(told.length).toBeGreaterThan(20)
    expect(told.filter((text) => !/[à-ỹđ]/iu.test(text) || /\b(?:invalid|expected|received|required|undefined|null|NaN|object|regex|too (?:small|big)|must|unrecognized)\b/i.test(text))).toEqual([])
  })

  it('and says what a missing key is for', () => {
    const { problems } = readYaml('x.md', readFileSync('content/articles/dich-vu-cong/dvc-marriage.md', 'utf8').split(/^---[ \t]*$/m)[1]!.replace(/^owner:.*\n/m, ''), schemas['article']!)
    expect(problems).toMatchObject([{ what: 'thiếu khóa "owner"', todo: 'thêm dòng owner: … (Ai chịu trách nhiệm rà soát)' }])
  })
})

/** Read as an editor reads it: `true` is a truth value, `1022` a number. */
const asEditor = (name: string) => z.fromJSONSchema(JSON.parse(JSON.stringify(editorSchema(schemas[name]!))) as z.core.JSONSchema.JSONSchema)

const nameOf: readonly [RegExp, string][] = [
  [/^flows\/[^/]+\.yaml$/, 'flow'], [/^content\/campaigns\/[^/]+\.yaml$/, 'campaign'], [/^content\/assets\/assets\.yaml$/, 'assets'],
  [/^content\/(province|contacts|entry|replies|saved-replies|synonyms|site)\.yaml$/, ''], [/^content\/articles\/.*\.md$/, 'article'],
]

describe('an editor finds no fault with the files as they are', async () => {
  const files = [...await readFolder('flows'), ...await readFolder('content')].flatMap(({ file, text }) => {
    const [pattern, kind] = nameOf.find(([one]) => one.test(file)) ?? []
    if (pattern === undefined || file.endsWith('README.md')) return []
    const name = kind === '' ? pattern.exec(file)![1]! : kind!
    return [{ file, name, text: name === 'article' ? text.split(/^---[ \t]*$/m)[1]! : text }]
  })

  it.each(files)('$file', ({ name, text }) => expect(asEditor(name).safeParse(parse(text)).error).toBeUndefined())
})

describe('an editor sees', () => {
  const flow = { id: 'thu', title: 'Thử', steps: { a: { ask: 'Gì?', choices: [{ title: 'Cán bộ', handover: true }] } } }
  it.each<[string, unknown]>([
    ['a key nobody knows', { ...flow, tilte: 'Thử' }],
    ['a missing title', { ...flow, title: undefined }],
    ['an id in capitals', { ...flow, id: 'THU' }],
    ['handover: false', { ...flow, steps: { a: { ask: 'Gì?', choices: [{ title: 'Cán bộ', handover: false }] } } }],
    ['something to remember that cannot be', { ...flow, steps: { a: { ask: 'Gì?', choices: [{ title: 'Cán bộ', remember: 'phone', handover: true }] } } }],
  ])('%s', (_, wrong) => {
    expect(asEditor('flow').safeParse(flow).success).toBe(true)
    expect(asEditor('flow').safeParse(JSON.parse(JSON.stringify(wrong))).success).toBe(false)
  })
})
