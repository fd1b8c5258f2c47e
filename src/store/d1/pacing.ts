import type { Pacing, Place } from '../ports.ts'
import type { Core } from './core.ts'
import { quiet, rowsOf, statement } from './database.ts'

const make = `
  insert into places (account, place)
  select ?1, n from (with recursive places_wanted (n) as (select 0 union all select n + 1 from places_wanted where n + 1 < ?2) select n from places_wanted)
  where not exists (select 1 from places where account = ?1 and place = ?2 - 1) on conflict do nothing`
const take = `
  update places set free_at = ?4, taken = taken + 1 where account = ?1 and place in (
    select place from places where account = ?1 and place < ?2 and free_at <= ?3 order by free_at limit ?5) returning place, taken`
const giveBack = `
  update places set free_at = ?2 where account = ?1 and (place, taken) in (select value ->> 0, value ->> 1 from json_each(?3))`

/** One row a place. */
export const pacing = ({ database }: Core): Pacing => ({
  async takePlaces(account, want, most, now, until) {
    const [, taken] = await database.run(quiet(statement(make, account, most)), rowsOf<Place>(take, account, most, now, until, want))
    return taken
  },
  async givePlacesBack(account, places, freeAt) {
    await database.rows(giveBack, account, freeAt, JSON.stringify(places.map(({ place, taken }) => [place, taken])))
  },
})
