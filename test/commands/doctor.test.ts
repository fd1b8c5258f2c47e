import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { namesWorkerDatabase } from '../../src/commands/doctor.ts'

it('warns of data abroad once somebody has entered a database of theirs, and not before', () => {
  const shipped = readFileSync('wrangler.toml', 'utf8')
  expect(namesWorkerDatabase(null)).toBe(false)
  expect(namesWorkerDatabase(shipped)).toBe(false)
  expect(namesWorkerDatabase(shipped.replace(/database_id = ".*"/, 'database_id = "4f1c2b7e-9a53-4d0e-8c1f-0a2b3c4d5e6f"'))).toBe(true)
})
