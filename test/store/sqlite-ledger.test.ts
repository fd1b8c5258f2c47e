import { readdirSync, readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { inLedger, schemaSteps } from '../../src/store/sqlite/schema.ts'

const folder = 'src/store/sqlite'

/** What of deliveries the ledger of campaigns counts by. */
const counted = /\b(?:status|reason|finished_at|noted_at) = /

it('every statement that changes what the ledger counts by names it, or is about rows that are in no campaign', () => {
  const statements = readdirSync(folder).filter((name) => name !== 'schema.ts').flatMap((name) =>
    [...readFileSync(`${folder}/${name}`, 'utf8').matchAll(/(['`])\s*update deliveries set ((?:(?!\1)[^])*)/g)].map(([, , what]) => ({ name, what: what! })))
  expect(statements.length).toBeGreaterThan(15)
  const unseen = statements.filter(({ what }) => counted.test(what.split(/\bwhere\b/)[0]!) && !/^\$\{(?:inLedger|ledger)\}/.test(what))
  expect(unseen.map(({ name, what }) => `${name}: ${what.replaceAll(/\s+/g, ' ').slice(0, 40)}`)).toEqual([
    // A claim of what is in no campaign: `claimDue` looks for `line_id is null`, and the others for one of a contact's lanes.
    `delivery-claims.ts: status = 'sending', due_at = ?, noted_at`,
    // The first of a lane, in which no planned row stands.
    'lanes.ts: due_at = ?1, noted_at = ?1 where seq = ?',
    // Replies only.
    `lanes.ts: status = 'skipped', reason = ?, due_at =`,
  ])
})

it('goes on from the books of the version before', () => {
  const db = new DatabaseSync(':memory:')
  for (const step of schemaSteps.slice(0, 5)) db.exec(step)
  db.exec(`insert into deliveries (id, contact_id, account_id, origin, status, queued_at, noted_at, line_id, part_no) values ('dot/bai/an/1', 1, 1, 2, 'queued', 0, 0, 7, 1)`)
  for (const step of schemaSteps.slice(5)) db.exec(step)
  db.exec(`update deliveries set ${inLedger}, status = 'sent', finished_at = 90000000`)
  expect(db.prepare('select line_id, day, status, count, people from campaign_counts where count <> 0').all()).toEqual([{ line_id: 7, day: 1, status: 'sent', count: 1, people: 1 }])
})
