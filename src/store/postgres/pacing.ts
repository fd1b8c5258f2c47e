import type { Pacing, Place } from '../ports.ts'
import { columnsOf } from './columns.ts'
import type { Core } from './core.ts'

const make = 'insert into places (account, place) select $1, n from generate_series(0, $2::integer - 1) n on conflict do nothing'
/** The rows are chosen once: a plan that looks for them again for each row it updates would take more than were asked for. */
const take = `
  with free as materialized (
    select place from places where account = $1 and place < $2 and free_at <= $3 order by free_at limit $5 for no key update skip locked)
  update places p set free_at = $4, taken = taken + 1 from free where p.account = $1 and p.place = free.place returning p.place, p.taken`
const giveBack = `
  update places p set free_at = $2 from unnest($3::integer[], $4::bigint[]) u(place, taken) where p.account = $1 and p.place = u.place and p.taken = u.taken`

/** One row a place, taken past those that others are taking at this moment. */
export function pacing({ database }: Core): Pacing {
  /** How many places of an account are surely there. */
  const made = new Map<string, number>()
  return {
    async takePlaces(account, want, most, now, until) {
      if ((made.get(account) ?? 0) < most) {
        await database.rows(make, [account, most])
        made.set(account, most)
      }
      return database.rows<Place>(take, [account, most, now, until, want])
    },
    async givePlacesBack(account, places, freeAt) {
      await database.rows(giveBack, [account, freeAt, ...columnsOf(places, ({ place }) => place, ({ taken }) => taken)])
    },
  }
}
