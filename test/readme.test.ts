import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { settingsTable } from '../src/config.ts'

const [from, to] = ['<!-- settings -->\n', '<!-- /settings -->']
const table = [
  '| name | default | meaning |\n|---|---|---|\n',
  ...settingsTable.map(({ name, default: standard, meaning }) => `| \`${name}\` | ${standard === null ? '' : `\`${standard}\``} | ${meaning} |\n`),
].join('')

/** `UPDATE_README=1 npx vitest run test/readme.test.ts` writes the table anew. */
describe('README', () => {
  const readme = readFileSync('README.md', 'utf8')

  it('holds every setting as the program reads it', () => {
    const [before, rest] = readme.split(from) as [string, string]
    const [written, after] = rest.split(to) as [string, string]
    if (process.env['UPDATE_README'] === '1') writeFileSync('README.md', before + from + table + to + after)
    else expect(written).toBe(table)
  })

  it('names every command', () => {
    const commands = [...readFileSync('src/cli.ts', 'utf8').matchAll(/^ {2}(\w+): async/gm)].map(([, name]) => name!)
    expect(commands.length).toBeGreaterThan(10)
    expect(commands.filter((name) => !new RegExp(`\`${name}[ \`]`).test(readme))).toEqual([])
  })

  it('opens with one sentence, then the two lines; .ci/run runs the second', () => {
    const lines = readme.split('\n').filter((line) => line !== '')
    expect(lines[1]).toMatch(/^[^.]+\.$/)
    expect(lines.filter((line) => line.startsWith('    npm ci'))).toEqual(['    npm ci && npm start', '    npm ci && npm test'])
    expect(readFileSync('.ci/run', 'utf8')).toContain('\nnpm ci && npm test\n')
  })
})

describe('the operating guide', () => {
  const guide = readFileSync('docs/operating.md', 'utf8')
  const start: string = JSON.parse(readFileSync('package.json', 'utf8')).scripts.start

  it('starts the server itself: npm does not pass SIGTERM on through its shell', () => {
    const started = [/^ {4}ExecStart=(.*)$/m, /^ {4}CMD (.*)$/m].map((line) => line.exec(guide)?.[1])
    expect(started).toEqual([`/opt/camnang/node_modules/.bin/${start}`, JSON.stringify(start.split(' ')).replaceAll(',', ', ')])
  })

  it('gives service and container the same memory and the same place for what is compiled', () => {
    const settings = [/^ {4}Environment=(.*)$/m, /^ {4}ENV (.*)$/m].map((line) => line.exec(guide)?.[1]?.match(/(MALLOC_\w+|NODE_COMPILE_CACHE)=\S+/g))
    expect(settings[0]).toHaveLength(3)
    expect(settings[1]).toEqual(settings[0])
  })

  it('gives service and commands the same settings', () => {
    const [service, command] = [/^ {4}Environment=(.*)$/m, /^ {4}set -a\n {4}(.*)$/m].map((line) => line.exec(guide)?.[1])
    expect(command).toBe(service)
  })

  it('copies into an image nothing that a checkout has gathered', () => {
    const kept = readFileSync('.dockerignore', 'utf8').split('\n')
    const gathered = readFileSync('.gitignore', 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('test/'))
    expect(gathered.filter((line) => !kept.includes(line))).toEqual([])
    expect(kept).toEqual(expect.arrayContaining(['.git/', 'test/']))
  })
})
