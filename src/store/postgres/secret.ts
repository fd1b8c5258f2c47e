import { randomBytes } from 'node:crypto'
import { CONTACT_KEY_SECRET } from '../rows.ts'
import type { Database } from './database.ts'

/** Made once for each store and never changed, because every contact key depends on it. */
export interface KeySecret {
  read(): string
  /** A copy brought its own. */
  use(value: string): void
}

export async function openKeySecret(database: Database): Promise<KeySecret> {
  await database.rows('insert into entries (name, value, version) values ($1, $2, 1) on conflict do nothing', [CONTACT_KEY_SECRET, randomBytes(32).toString('base64url')])
  const [row] = await database.rows<{ value: string }>('select value from entries where name = $1', [CONTACT_KEY_SECRET])
  let secret = row!.value
  return {
    read: () => secret,
    use(value) {
      secret = value
    },
  }
}
