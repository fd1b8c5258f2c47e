import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ConfigError } from '../../src/config.ts'
import { contactKey } from '../../src/core/contact.ts'
import { openStore } from '../../src/store/open.ts'
import { StoreUnavailable, type StoreOptions } from '../../src/store/ports.ts'
import { CONTACT_KEY_SECRET } from '../../src/store/rows.ts'
import { migrate, type SchemaStep } from '../../src/store/sqlite/migrate.ts'
import { schemaSteps } from '../../src/store/sqlite/schema.ts'
import { batch, put, row } from '../support/campaign-fixtures.ts'
import { aReply, aText, claimOne, handled, LEASE, OA, person, sent, storeOptions, T, turnOf } from '../support/store-fixtures.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'camnang-open-'))
  file = join(folder, 'data', 'camnang.db')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const open = (more: Partial<StoreOptions> = {}) => openStore(`sqlite:${file}`, { ...storeOptions, ...more })
const an = person(1)

describe('STORE', () => {
  it.each([
    ['redis://here', 'redis'], ['camnang.db', 'sqlite:'], ['sqlite:', 'đường dẫn'], ['sqlite://host/a.db', 'đường dẫn'],
    ['sqlite:./a.db?sync=off', 'sync'], ['sqlite:./a.db?mode=ro', 'mode'], ['file:', 'đường dẫn'], ['postgres:user:canary@host/db', 'postgres://'], ['postgres://user:canary@ho st/db', 'postgres://'],
  ])('refuses %s, names the setting and shows no password', async (url, part) => {
    const error: unknown = await openStore(url, storeOptions).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(ConfigError)
    expect((error as Error).message).toMatch(/^STORE: /)
    expect((error as Error).message).toContain(part)
    expect((error as Error).message).not.toContain('canary')
  })
})

describe('the file', () => {
  it('is readable by its owner only, and so is everything beside it', async () => {
    const store = await open()
    await store.recordEvents([aText(an, 1)], T)
    await store.forgetContact(store.keyOf(an), T)
    for (const suffix of ['', '-wal', '.lock', '.erased']) expect(statSync(file + suffix).mode & 0o777, suffix).toBe(0o600)
    expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700)
    await store.close()
  })

  it('of another program is refused', async () => {
    file = join(folder, 'other.db')
    const other = new DatabaseSync(file)
    other.exec('create table theirs (a)')
    other.close()
    await expect(open()).rejects.toThrow(/^STORE: .*không phải kho/)
    writeFileSync(file, 'not a database, but long enough to look like one'.repeat(100))
    await expect(open()).rejects.toThrow(/^STORE: .*không phải kho/)
  })

  it('of a newer version is refused, and left as it is', async () => {
    await (await open()).close()
    const db = new DatabaseSync(file)
    db.exec(`pragma user_version = ${schemaSteps.length + 1}`)
    db.close()
    const before = readFileSync(file)
    await expect(open()).rejects.toThrow(/bản mới hơn/)
    expect(readFileSync(file)).toEqual(before)
  })
})

describe('one server at a time', () => {
  it('refuses the second with a sentence, and lets it in after the first has closed', async () => {
    const first = await open()
    await expect(open()).rejects.toThrow(/^STORE: một máy chủ khác đang dùng/)
    await first.close()
    await first.close()
    await (await open()).close()
  })

  it('lets tools in beside it, whose work it sees and who see its work', async () => {
    const server = await open()
    const tool = await open({ role: 'tool' })
    await server.recordEvents([aText(an, 1)], T)
    const claimed = await claimOne(server)
    expect(await tool.claimTurns(10, T, LEASE)).toEqual([])
    expect(await tool.forgetContact(tool.keyOf(an), T)).toBe(true)
    expect(await server.commitTurns([turnOf(claimed)], T)).toEqual(['stale'])
    await tool.writeEntry('pause', 'x', 0)
    expect(await server.writeEntry('pause', 'y', 0)).toBe(false)
    await tool.close()
    await server.close()
  })

  it('keeps what the server holds when a tool comes and goes', async () => {
    const server = await open()
    const event = await handled(server, an, 1, (id) => [aReply(id)])
    const [delivery] = await server.claimDeliveries(OA, 1, T, LEASE)
    await server.recordEvents([aText(an, 2)], T)
    const claimed = await claimOne(server)
    await (await open({ role: 'tool' })).close()
    expect(delivery!.id).toBe(`${event.id}#0`)
    expect(await server.finishDeliveries([sent(delivery!)], T)).toEqual([true])
    expect(await server.commitTurns([turnOf(claimed)], T)).toEqual(['committed'])
    await server.close()
  })

  it('gives back what a tool held when it closes', async () => {
    const server = await open()
    const tool = await open({ role: 'tool' })
    await server.recordEvents([aText(an, 1)], T)
    const claimed = await claimOne(tool)
    await tool.close()
    expect(await claimOne(server)).toMatchObject({ attempt: 2 })
    expect(await server.commitTurns([turnOf(claimed)], T)).toEqual(['stale'])
    await server.close()
    await expect(server.recordEvents([aText(an, 2)], T)).rejects.toBeInstanceOf(StoreUnavailable)
    await expect(server.load(T)).rejects.toBeInstanceOf(StoreUnavailable)
  })
})

describe('a new version of the tables', () => {
  const newest = schemaSteps.length
  const next: SchemaStep = 'alter table contacts add column nickname text; update contacts set nickname = user_id'
  const version = (db: DatabaseSync): unknown => db.prepare('pragma user_version').get()?.user_version

  it('is reached step by step, after a copy of the old file was made', async () => {
    const store = await open()
    await store.recordEvents([aText(an, 1)], T)
    await store.close()
    const db = new DatabaseSync(file)
    expect(await migrate(db, file, [...schemaSteps, next])).toBe(`${file}.before-${newest + 1}`)
    expect([version(db), db.prepare('select nickname from contacts').get()?.nickname]).toEqual([newest + 1, an.userId])
    expect(await migrate(db, file, [...schemaSteps, next])).toBeNull()
    db.close()
    expect(statSync(`${file}.before-${newest + 1}`).mode & 0o777).toBe(0o600)
    const old = new DatabaseSync(`${file}.before-${newest + 1}`)
    expect([version(old), old.prepare('select count(*) as n from contacts').get()?.n]).toEqual([newest, 1])
    old.close()
  })

  it('changes nothing when a step fails', async () => {
    await (await open()).close()
    const db = new DatabaseSync(file)
    await expect(migrate(db, file, [...schemaSteps, 'create table half (a); no such statement'])).rejects.toThrow()
    expect([version(db), db.prepare(`select 1 from sqlite_schema where name = 'half'`).get()]).toEqual([newest, undefined])
    db.close()
    await (await open()).close()
  })

  it('is reached after all when the process was killed in the middle of a step', async () => {
    const store = await open()
    await store.recordEvents([aText(an, 1)], T)
    await store.close()
    const script = `
      import { DatabaseSync } from 'node:sqlite'
      import { migrate } from ${JSON.stringify(join(import.meta.dirname, '../../src/store/sqlite/migrate.ts'))}
      import { schemaSteps } from ${JSON.stringify(join(import.meta.dirname, '../../src/store/sqlite/schema.ts'))}
      await migrate(new DatabaseSync(process.argv[1]), process.argv[1], [...schemaSteps, (db) => {
        db.exec('alter table contacts add column nickname text')
        process.kill(process.pid, 'SIGKILL')
      }])`
    expect(spawnSync(process.execPath, ['--input-type=module', '-e', script, file], { timeout: 30_000 }).signal).toBe('SIGKILL')
    expect(existsSync(`${file}.before-${newest + 1}`)).toBe(true)
    const db = new DatabaseSync(file)
    expect(version(db)).toBe(newest)
    await migrate(db, file, [...schemaSteps, next])
    expect([version(db), db.prepare('select nickname from contacts').get()?.nickname]).toEqual([newest + 1, an.userId])
    db.close()
  })

  it('2: what waited in the first version waits in the mailbox', async () => {
    mkdirSync(join(folder, 'data'))
    const db = new DatabaseSync(file)
    await migrate(db, file, schemaSteps.slice(0, 1))
    const key = contactKey(an, 'x'.repeat(43))
    db.exec(`
      insert into entries values ('${CONTACT_KEY_SECRET}', '${'x'.repeat(43)}', 1);
      insert into accounts values (1, '${OA}', ${T});
      insert into contacts (id, contact_key, account_id, user_id, first_seen_at, last_inbound_at, last_event_at, last_event_day, waiting, head, attempts, claims, claimed_by, due_at, noted_at, version, conversation)
        values (7, '${key}', 1, '${an.userId}', ${T}, ${T}, ${T}, 0, 1, 1, 2, 5, 99, ${T + LEASE}, ${T}, 3, '{"said":"lời thoại"}');
      insert into events (seq, id, contact_id, account_id, status, kind, sent_at, received_at, order_at, body)
        values (1, 'e1', 7, 1, 'waiting', 'text', ${T}, ${T}, ${T}, '{"kind":"text","text":"còn đợi"}');
      insert into unanswered (question, status, at) values ('câu khó', 'clarify', ${T})`)
    db.close()
    const store = await open()
    const [turn] = await store.claimTurns(10, T, LEASE)
    expect(turn).toMatchObject({ contactKey: key, attempt: 3, version: 3, conversation: { said: 'lời thoại' }, profile: { lastInboundAt: T }, waiting: [{ id: 'e1', text: 'còn đợi' }] })
    expect(await store.commitTurns([turnOf(turn!)], T)).toEqual(['committed'])
    expect(await store.claimTurns(10, T + LEASE, LEASE)).toEqual([])
    expect(await store.listUnanswered(10)).toHaveLength(1)
    await store.close()
  })

  it('3: what the second version held is there, claims and questions with it, and campaigns find its contacts', async () => {
    mkdirSync(join(folder, 'data'))
    const db = new DatabaseSync(file)
    await migrate(db, file, schemaSteps.slice(0, 2))
    const [key, secret] = [contactKey(an, 'x'.repeat(43)), 'x'.repeat(43)]
    db.exec(`
      insert into entries values ('${CONTACT_KEY_SECRET}', '${secret}', 1);
      insert into accounts values (1, '${OA}', ${T});
      insert into contacts (id, contact_key, account_id, user_id, first_seen_at, last_inbound_at, last_event_at, last_event_day, version)
        values (7, '${key}', 1, '${an.userId}', ${T}, ${T}, ${T}, 0, 3);
      insert into deliveries (id, contact_id, account_id, origin, status, queued_at, due_at, noted_at, part) values
        ('e1#0', 7, 1, 0, 'queued', ${T}, ${T}, ${T}, '{"text":"còn đợi"}'),
        ('dot/bai:${key}#1', 7, 1, 2, 'sending', ${T}, ${T + LEASE}, ${T}, '{"text":"lời mời cũ"}');
      update deliveries set claimed_by = 99, claims = 1, attempts = 1 where origin = 2;
      insert into delivery_counts values (0, 'queued', 1), (2, 'sending', 1);
      insert into unanswered (question, status, at, contact_id) values ('câu khó', 'clarify', ${T}, 7)`)
    db.close()
    const store = await open()
    expect(existsSync(`${file}.before-3`)).toBe(true)
    const claimed = await store.claimDeliveries(OA, 10, T, LEASE)
    expect(claimed.map(({ id, maybeSent }) => [id, maybeSent])).toEqual([['e1#0', false], [`dot/bai:${key}#1`, true]])
    expect(await store.finishDeliveries(claimed.map(sent), T)).toEqual([true, true])
    expect(await store.readLedger({ campaign: 'dot' })).toEqual([])
    await put(store, 'tuan-le', 'running')
    expect(await store.planBatch(batch('tuan-le', 'bai', [row(key)]))).toBe('planned')
    expect(await store.claimCampaignDeliveries(OA, 10, T, LEASE)).toMatchObject([{ contactKey: key, contact: an }])
    expect(await store.releaseUnanswered((await store.listUnanswered(1))[0]!.id, 'Lan', T)).toBe(true)
    await store.close()
  })
})

describe('every statement of the store', () => {
  it('finds its rows by an index: none walks the ledger, and none looks for one contact among all that a campaign planned', async () => {
    const prepare = vi.spyOn(DatabaseSync.prototype, 'prepare')
    const store = await open()
    const statements = new Set(prepare.mock.calls.map(([sql]) => sql))
    prepare.mockRestore()
    const db = new DatabaseSync(file)
    const plans = [...statements].filter((sql) => sql.includes('deliveries')).map((sql) => db.prepare(`explain query plan ${sql}`).all().map(({ detail }) => `${sql.trim()} => ${String(detail)}`))
    db.close()
    await store.close()
    const steps = plans.flat()
    expect(plans.length).toBeGreaterThan(40)
    expect(steps.filter((step) => /=> SCAN (deliveries|d|b|n|o)\b(?!.* USING INDEX deliveries_due)/.test(step))).toEqual([])
    expect(steps.filter((step) => /contact_id = \?/.test(step) && /=> SEARCH .*INDEX planned_(queued|due)/.test(step))).toEqual([])
  })
})
