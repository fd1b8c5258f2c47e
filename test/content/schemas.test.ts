import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import * as z from 'zod'
import { editorSchema, schemas, schemaText } from '../../src/commands/content-schemas.ts'
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
