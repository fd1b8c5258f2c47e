import pg from 'pg'
import { openStore } from '../../../src/store/open.ts'
import { OA, storeOptions, T } from '../../support/store-fixtures.ts'
import type { PostgresServer } from '../../support/postgres-server.ts'
import { contactOf } from '../load.ts'
import { everyday, type Step } from './exercise.ts'
import { fill } from './fill.ts'

/** A statement as it was carried out. */
export interface Plan {
  step: string
  statement: string
  milliseconds: number
  /** Rows it returned or changed. */
  rows: number
  /** Most rows that one scan of it looked at, those it threw away included. */
  walked: number
  /** Pages of 8 KiB, from memory and from the system. */
  pages: number
  fetched: number
  nodes: string[]
  /** Whole tables it walked. */
  whole: string[]
}

interface Node {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Actual Rows'?: number
  'Actual Loops'?: number
  'Rows Removed by Filter'?: number
  'Rows Removed by Index Recheck'?: number
  'Shared Hit Blocks'?: number
  'Shared Read Blocks'?: number
  Plans?: Node[]
}

/** Tables that grow with people and messages. `mailbox` is not one: a row stands in it only while somebody waits. */
const large = ['contacts', 'events', 'deliveries', 'consents', 'handovers', 'unanswered', 'contact_tags', 'tombstones']
/** Rows that one scan may look at beside those it returns: the largest batch is 500 and looks at some dozen rows for each. */
const mostWalked = 10_000

/**
 * Plans of every statement that a server sends, as PostgreSQL itself reports them while it carries them out (`auto_explain` with
 * `analyze` and `buffers`, told to the client that asked). Prints a table; true when one walks a large table.
 */
export async function plans(server: PostgresServer, contacts: number, deliveries: number): Promise<boolean> {
  await server.createDatabase('plans')
  await fillForPlans(server.urlOf('plans'), contacts, deliveries)
  return tell(await findPlans(server.urlOf('plans'), 3))
}

/** Does everything a server does, so many times; of each statement the plan that looked at most rows, of several the last. */
export async function findPlans(url: string, rounds: number): Promise<Plan[]> {
  const told = listen()
  const settings = [
    'session_preload_libraries=auto_explain', 'auto_explain.log_min_duration=0', 'auto_explain.log_analyze=on', 'auto_explain.log_buffers=on',
    'auto_explain.log_nested_statements=on', 'auto_explain.log_format=json', 'auto_explain.log_level=warning', 'log_min_messages=fatal',
  ]
  const store = await openStore(`${url}?options=${encodeURIComponent(settings.map((setting) => `-c ${setting}`).join(' '))}`, storeOptions)
  const found = new Map<string, Plan>()
  const note = async ({ name, work }: Step): Promise<void> => {
    told.messages.length = 0
    await work()
    for (const message of told.messages) {
      const plan = readPlan(name, message)
      if (plan === null) continue
      const before = found.get(plan.statement)
      if (before === undefined || plan.walked >= before.walked) found.set(plan.statement, { ...plan, step: before?.step ?? name })
    }
  }
  for (let round = 0; round < rounds; round++) for (const step of everyday(store, round, contactOf)) await note(step)
  await note({ name: 'a server ends', work: () => store.close() })
  told.stop()
  return [...found.values()]
}

/** Whether it walks a large table, or very many rows of an index for few. */
export const isWalk = ({ whole, walked, rows }: Plan, most = mostWalked): boolean => whole.length > 0 || walked > Math.max(most, 3 * rows)

/** Tables as they are after a busy year. */
export async function fillForPlans(url: string, contacts: number, deliveries: number, say = console.log): Promise<void> {
  const began = performance.now()
  const store = await openStore(url, { ...storeOptions, role: 'tool' })
  const client = new pg.Client({ connectionString: url, options: '-c search_path=camnang' })
  // Its end is told by whoever waits for an answer.
  client.on('error', () => undefined)
  await client.connect()
  await fill(client, { contacts, deliveries, now: T, first: 0, contactOf, keyOf: store.keyOf, conversation: JSON.stringify({ flow: 'main', list: 'x'.repeat(500) }), underWay: true })
  const { rows: [size] } = await client.query<{ size: string }>(`select pg_size_pretty(pg_database_size(current_database())) as size`)
  await client.end()
  await store.close()
  say(`${contacts} contacts, ${deliveries} deliveries, ${deliveries} events: ${size!.size}, filled in ${((performance.now() - began) / 1_000).toFixed(0)} s\n`)
}

/** What PostgreSQL tells every client that connects from now on, until `stop`. */
function listen(): { messages: string[]; stop(): void } {
  const messages: string[] = []
  const connect = pg.Client.prototype.connect
  pg.Client.prototype.connect = function connecting(this: pg.Client, ...given: unknown[]) {
    this.on('notice', ({ message }) => { if (message !== undefined) messages.push(message) })
    return (connect as (...args: unknown[]) => unknown).apply(this, given)
  } as typeof connect
  return { messages, stop: () => { pg.Client.prototype.connect = connect } }
}

function readPlan(step: string, message: string): Plan | null {
  const [, milliseconds, json] = /^duration: ([\d.]+) ms {2}plan:\s*(\{[\s\S]*)/.exec(message) ?? []
  if (milliseconds === undefined || json === undefined) return null
  const { 'Query Text': text, Plan: root } = JSON.parse(json) as { 'Query Text': string; Plan: Node }
  const scans = allNodes(root).filter((node) => (node['Actual Loops'] ?? 0) > 0)
  const walkedBy = (node: Node): number =>
    ((node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)) * (node['Actual Loops'] ?? 0)
  const named = scans.filter((node) => node['Node Type'].endsWith('Scan') && (node['Relation Name'] !== undefined || node['Index Name'] !== undefined))
  return {
    step, statement: text.replaceAll(/\s+/g, ' ').trim(), milliseconds: Number(milliseconds),
    rows: Math.round((root['Actual Rows'] ?? 0) * (root['Actual Loops'] ?? 0)) || Math.round((root.Plans?.[0]?.['Actual Rows'] ?? 0) * (root.Plans?.[0]?.['Actual Loops'] ?? 0)),
    walked: Math.round(Math.max(0, ...named.map(walkedBy))),
    pages: root['Shared Hit Blocks'] ?? 0, fetched: root['Shared Read Blocks'] ?? 0,
    nodes: [...new Set(named.map(nodeName))],
    whole: [...new Set(named.flatMap((node) => (node['Node Type'] === 'Seq Scan' && large.includes(node['Relation Name']!) ? [node['Relation Name']!] : [])))],
  }
}

const allNodes = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(allNodes)]

function nodeName(node: Node): string {
  const type = node['Node Type']
  if (type === 'Seq Scan') return `**${node['Relation Name']} whole**`
  return `${node['Index Name'] ?? node['Relation Name'] ?? ''}${type === 'Index Only Scan' ? ' (only)' : type === 'Bitmap Index Scan' ? ' (bitmap)' : ''}`
}

/** The beginning of a statement, as long as it takes to know it again. */
const shortened = (statement: string): string => {
  const text = statement.replaceAll(OA, '…').replaceAll('|', '\\|')
  return text.length <= 90 ? text : `${text.slice(0, 90)}…`
}

/** True when one of them is a walk. */
export function tell(found: readonly Plan[]): boolean {
  console.log('| | statement | rows | most rows looked at | ms | pages (read) | by |')
  console.log('|---|---|---|---|---|---|---|')
  let before = ''
  for (const { step, statement, milliseconds, rows, walked, pages, fetched, nodes } of found) {
    const indexes = nodes.filter((node) => !large.includes(node))
    console.log(`| ${step === before ? '' : step} | \`${shortened(statement)}\` | ${rows} | ${walked} | ${milliseconds.toFixed(2)} | ${pages + fetched} (${fetched}) | ${indexes.join(', ')} |`)
    before = step
  }
  const bad = found.filter((plan) => isWalk(plan))
  console.log(`\n${found.length} statements; ${bad.length} walk a large table or more than ${mostWalked} rows for few.`)
  for (const { statement, whole, walked, milliseconds } of bad) console.log(`!! ${whole.join(', ')} ${walked} rows, ${milliseconds.toFixed(1)} ms: ${statement}`)
  return bad.length > 0
}
