import { randomBytes } from 'node:crypto'
import { rememberedKeys } from '../contact-keys.ts'
import type { StoreRow } from '../ports.ts'
import { CONTACT_KEY_SECRET } from '../rows.ts'
import type { Value } from './binding.ts'
import { statement, type Statement } from './database.ts'
import { finish, openLoader } from './load.ts'
import { schemaSteps } from './schema.ts'

/**
 * A copy as SQL for a new D1 database: tables, rows, and what follows from them. Into a database that has our tables it does not go: its first statement
 * fails there. Throws, while it is read, at a row that is none.
 */
export function sqlOfCopy(rows: AsyncIterable<StoreRow>): { statements: AsyncIterable<string>; rows(): number } {
  let secret = randomBytes(32).toString('base64url')
  let count = 0
  const loader = openLoader({ keyOf: rememberedKeys(() => secret) }, (value) => {
    secret = value
  })

  async function* statements(): AsyncIterable<string> {
    yield 'create table schema_version (version integer primary key) strict;\n'
    for (const [n, step] of schemaSteps.entries()) yield [...step, `insert into schema_version values (${n + 1})`].map((sql) => `${sql.trim()};\n`).join('')
    yield textOf(statement('insert into entries (name, value, version) values (?1, ?2, 1)', CONTACT_KEY_SECRET, secret))
    for await (const row of rows) {
      yield textOf(loader(row))
      count++
    }
    for (const sql of finish) yield `${sql.trim()};\n`
  }
  return { statements: statements(), rows: () => count }
}

const textOf = ({ sql, values }: Statement): string => `${sql.trim().replace(/\?(\d+)/g, (_, n: string) => literal(values[Number(n) - 1]!))};\n`
const literal = (value: Value): string => (typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value))
