import { ConfigError } from '../config.ts'
import { dirname, join } from 'node:path'
import type { PostgresPlace } from './postgres/open.ts'
import type { Sync } from './sqlite/open.ts'

/** A store in files of this machine, by one server at a time. */
export type EmbeddedPlace = { engine: 'sqlite'; path: string; sync: Sync } | { engine: 'file'; path: string }
/** What a store's address says. */
export type StorePlace = EmbeddedPlace | ({ engine: 'postgres' } & PostgresPlace)

const hint = 'Hãy dùng sqlite:./data/camnang.db, file:./data hoặc postgres://người-dùng@máy/cơ-sở-dữ-liệu.'

/** Reads `STORE`. Throws `ConfigError` that names the setting; never shows what may hold a password. */
export function readStoreUrl(url: string): StorePlace {
  const colon = url.indexOf(':')
  const engine = url.slice(0, Math.max(0, colon))
  if (engine === 'postgres' || engine === 'postgresql') return readPostgresUrl(url)
  const [path = '', query = ''] = url.slice(colon + 1).split('?', 2)
  if (engine !== 'sqlite' && engine !== 'file') throw new ConfigError(`STORE: không có loại kho "${engine}". ${hint}`)
  if (path === '' || path.startsWith('//')) throw new ConfigError(`STORE: thiếu đường dẫn sau "${engine}:". ${hint}`)
  const settings = new URLSearchParams(query)
  const sync = settings.get('sync') ?? 'full'
  const known = engine === 'sqlite' ? ['sync'] : []
  const strange = [...settings.keys()].find((name) => !known.includes(name))
  if (strange !== undefined) throw new ConfigError(`STORE: không hiểu "${strange}". ${hint}`)
  if (sync !== 'full' && sync !== 'normal') throw new ConfigError('STORE: sync chỉ nhận full hoặc normal.')
  return engine === 'sqlite' ? { engine, path, sync } : { engine, path }
}

/** What the address leaves out comes from `PG*` variables; `tombstones` is ours, everything else the driver's. */
function readPostgresUrl(url: string): StorePlace {
  if (!URL.canParse(url) || !/^postgres(ql)?:\/\//.test(url)) throw new ConfigError(`STORE: địa chỉ postgres:// không đọc được. ${hint}`)
  const address = new URL(url)
  const tombstones = address.searchParams.get('tombstones')
  if (tombstones === '') throw new ConfigError('STORE: thiếu đường dẫn sau tombstones=.')
  address.searchParams.delete('tombstones')
  return { engine: 'postgres', address: address.href, tombstones }
}

/** As `readStoreUrl`, for what only stores in files can do. Throws `ConfigError`, with what to do instead. */
export function readEmbeddedUrl(url: string): EmbeddedPlace {
  const place = readStoreUrl(url)
  if (place.engine === 'postgres') throw new ConfigError('STORE: kho PostgreSQL được sao lưu và khôi phục bằng công cụ của PostgreSQL (pg_dump, pg_restore); xem docs/operating.md.')
  return place
}

/** The folder that holds the store's files; of a store on another machine, where this one keeps what belongs to it. */
export function folderOf(place: StorePlace): string {
  switch (place.engine) {
    case 'sqlite': return dirname(place.path)
    case 'file': return place.path
    case 'postgres': return place.tombstones === null ? '.' : dirname(place.tombstones)
  }
}

/** A file of this name that belongs to the store's place and not to its data: a restore leaves it where it is. */
export const besideStore = ({ engine, path }: EmbeddedPlace, name: 'erased' | 'backups'): string => (engine === 'sqlite' ? `${path}.${name}` : join(path, name))
