import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'

/** Groups in order; a folder imports only from earlier groups or itself, siblings never from each other. */
const groups: string[][] = [
  ['src/core'],
  ['src/config'],
  ['src/flow', 'src/answer', 'src/channels', 'src/store'],
  ['src/delivery', 'src/content'],
  ['src/conversation', 'src/campaign'],
  ['webhooks', 'src/jobs', 'src/site', 'src/console'],
  ['src/app', 'src/pages', 'src/platforms'],
  ['src/node', 'src/sandbox', 'src/worker', 'src/server', 'src/cli', 'src/commands'],
]
/** The last group is what belongs to an entry: its members may use each other, one way. */
const entryOrder = ['src/node', 'src/sandbox', 'src/worker', 'src/server', 'src/commands', 'src/cli']

const sourcesIn = (root: string): string[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !name.includes('node_modules')).map((name) => join(root, name))
const files = ['src', 'webhooks'].flatMap(sourcesIn)

const unitOf = (file: string): string => {
  if (file.startsWith('webhooks/')) return 'webhooks'
  const [, first] = file.split('/')
  return `src/${first!.replace(/\.ts$/, '')}`
}
const rankOf = (unit: string): number => groups.findIndex((group) => group.includes(unit))

const imports = files.flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/(?:^|\n)\s*(?:import|export)[^'"]*?from\s*'([^']+)'|import\('([^']+)'\)/g)]
    .map((found) => ({ file, target: (found[1] ?? found[2])! })))
const runtimeImports = files.flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/(?:^|\n)\s*(?:import|export)(?! type\b)[^'"]*?from\s*'([^']+)'|import\('([^']+)'\)/g)]
    .map((found) => ({ file, target: (found[1] ?? found[2])! })))
const inside = imports.filter(({ target }) => target.startsWith('.')).map(({ file, target }) => ({ file, target: normalize(join(dirname(file), target)) }))

describe('layers', () => {
  it('every file belongs to a known folder', () => {
    expect(files.filter((file) => rankOf(unitOf(file)) === -1)).toEqual([])
  })

  it('a folder imports only from earlier groups', () => {
    const wrong = inside.filter(({ file, target }) => {
      const [from, to] = [unitOf(file), unitOf(target)]
      if (from === to) return false
      const [own, other] = [rankOf(from), rankOf(to)]
      if (own === groups.length - 1 && other === own) return entryOrder.indexOf(to) >= entryOrder.indexOf(from)
      return other >= own
    })
    expect(wrong).toEqual([])
  })

  it('no import cycles', () => {
    const edges = new Map<string, string[]>()
    for (const { file, target } of inside) edges.set(file, [...(edges.get(file) ?? []), target])
    const state = new Map<string, 'open' | 'done'>()
    const cycles: string[] = []
    const visit = (file: string, path: string[]): void => {
      if (state.get(file) === 'done') return
      if (state.get(file) === 'open') {
        cycles.push([...path.slice(path.indexOf(file)), file].join(' → '))
        return
      }
      state.set(file, 'open')
      for (const next of edges.get(file) ?? []) visit(next, [...path, file])
      state.set(file, 'done')
    }
    for (const file of files) visit(file, [])
    expect(cycles).toEqual([])
  })

  it('only entries and the embedded stores use node: modules, node:crypto apart', () => {
    const allowed = /^src\/(node|sandbox|server|cli|commands|store\/(file|sqlite|lock|open|backup|copy|private|tombstones|url|file-backup))/
    const wrong = imports.filter(({ file, target }) => target.startsWith('node:') && target !== 'node:crypto' && !allowed.test(file))
    expect(wrong).toEqual([])
  })

  it('nothing that runs on a Worker uses a node: module but node:crypto, nor a file that belongs to a machine', () => {
    const graph = reached('src/worker.ts')
    expect(graph.length).toBeGreaterThan(200)
    const wrong = runtimeImports.filter(({ file, target }) => graph.includes(file) && target.startsWith('node:') && target !== 'node:crypto')
    expect(wrong).toEqual([])
    expect(graph.filter((file) => /^src\/(sandbox|server|commands|cli|store\/(open|copy|backup|lock|url|file\/))/.test(file))).toEqual([])
  })

  it('whoever only reads and checks words loads no client of a platform', () => {
    const graph = reached('src/console/content/work.ts')
    expect(graph.length).toBeGreaterThan(100)
    expect(runtimeImports.filter(({ file, target }) => graph.includes(file) && /^(axios|telegraf|undici)\b/.test(target))).toEqual([])
  })

  it('nothing of the Worker runs on Node, and no layer below the entries asks where it runs', () => {
    expect(reached('src/cli.ts').filter((file) => /^src\/(worker|store\/d1\/open)/.test(file))).toEqual([])
    const asks = /\b(navigator\.userAgent|WebSocketPair|caches\.default|process\.versions|globalThis\.process|isWorker)\b|cloudflare:/
    const below = files.filter((file) => rankOf(unitOf(file)) < groups.length - 1)
    expect(below.filter((file) => asks.test(stripComments(readFileSync(file, 'utf8'))))).toEqual([])
  })

  it('every exported value is imported somewhere', () => {
    const imported = new Set([...files, ...sourcesIn('test')].flatMap(importedNames))
    const exported = files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/^export (?:const|let|class|(?:async )?function\*?) (\w+)/gm)].map((found) => ({ file, name: found[1]! })))
    expect(exported.length).toBeGreaterThan(1500)
    expect(exported.filter(({ file, name }) => !imported.has(`${file} ${name}`) && !imported.has(`${file} *`))).toEqual([])
  })

  it('platform words stay in webhooks/ and src/channels/', () => {
    const words = /\b(user_send_text|oa_send_\w+|is_echo|callback_query|quick_repl(?:y|ies)|hub\.challenge|access_token|psid|postback)\b/i
    const allowed = /^(webhooks|src\/(channels|sandbox|config|commands))/
    expect(files.filter((file) => !allowed.test(file) && words.test(stripComments(readFileSync(file, 'utf8'))))).toEqual([])
  })
})

/** Every file that runs when this one is started: imports of types alone are gone by then. */
function reached(entry: string): string[] {
  const seen = new Set([entry])
  for (const file of seen) {
    for (const { file: from, target } of runtimeImports) if (from === file && target.startsWith('.')) seen.add(normalize(join(dirname(from), target)))
  }
  return [...seen]
}

/** What a file takes from others, as `<file> <name>`; `<file> *`: all of it. */
function importedNames(file: string): string[] {
  const source = readFileSync(file, 'utf8')
  const targetOf = (path: string): string => normalize(join(dirname(file), path))
  const named = [...source.matchAll(/(?:^|\n)(?:import|export)\s([^'"]*?)\sfrom '(\.[^']+)'/g)].flatMap(([, names, path]) =>
    names!.replace(/[{}]/g, '').split(',').map((name) => `${targetOf(path!)} ${name.trim().replace(/^type /, '').split(' as ')[0]}`))
  return [...named, ...[...source.matchAll(/import\('(\.[^']+)'\)/g)].map(([, path]) => `${targetOf(path!)} *`)]
}

const stripComments = (source: string): string => source.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
