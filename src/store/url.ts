import { ConfigError } from '../config.ts'
import { dirname, join } from 'node:path'
import type { Sync } from './sqlite/open.ts'

/** What a store's address says. */
export type StorePlace = { engine: 'sqlite'; path: string; sync: Sync } | { engine: 'file'; path: string }

const hint = 'Hãy dùng sqlite:./data/camnang.db hoặc file:./data.'

/** Reads `STORE`. Throws `ConfigError` that names the setting; never shows what may hold a password. */
export function readStoreUrl(url: string): StorePlace {
  const colon = url.indexOf(':')
  const engine = url.slice(0, Math.max(0, colon))
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

/** The folder that holds the store's files. */
export const folderOf = ({ engine, path }: StorePlace): string => (engine === 'sqlite' ? dirname(path) : path)

/** A file of this name that belongs to the store's place and not to its data: a restore leaves it where it is. */
export const besideStore = ({ engine, path }: StorePlace, name: 'erased' | 'backups'): string => (engine === 'sqlite' ? `${path}.${name}` : join(path, name))
