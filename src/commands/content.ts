import { readWords, UsageError, type Command } from './command.ts'
import { build } from './content-build.ts'
import { check } from './content-check.ts'
import { due } from './content-due.ts'
import { writeSchemas } from './content-schemas.ts'

const usage = 'content check [--json] | content due [--json] | content schemas | content build [--site THƯ_MỤC [--url https://…]] | content export --xlsx TỆP | content export --csv THƯ_MỤC | content import TỆP [--yes]'

/** `content check`, `content due`, `content build` …: what editors run before and between. */
export const content: Command = async (args, terminal) => {
  const [what, ...rest] = args
  if (what === 'check') return check(readWords(rest, { usage, flags: ['--json'] }).flags.has('--json'), terminal)
  if (what === 'due') return due(readWords(rest, { usage, flags: ['--json'] }).flags.has('--json'), terminal)
  if (what === 'schemas') {
    readWords(rest, { usage })
    return writeSchemas(terminal)
  }
  if (what === 'build') return build(rest, terminal)
  if (what === 'export') return (await import('./sheets.ts')).exportSheets(rest, terminal)
  if (what === 'import') return (await import('./sheets.ts')).importSheets(rest, terminal)
  throw new UsageError(`Cách dùng: ${usage}`)
}
