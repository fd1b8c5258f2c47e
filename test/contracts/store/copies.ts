import { describe, expect, it } from 'vitest'
import { MINUTE } from '../../../src/core/time.ts'
import type { Store, StoreRow } from '../../../src/store/ports.ts'
import { rowSchemas } from '../../../src/store/rows.ts'
import { anEvent, anOutcome, aReply, aText, claimOne, finishedAs, handled, LEASE, OA, person, T, withStore, type OpenStore } from '../../support/store-fixtures.ts'

const an = person(1)
const binh = person(2)

/** Everything a store can hold: claimed and waiting, in flight, final and queued, erased, dead. */
async function fill(store: Store): Promise<void> {
  await store.writeEntry('secret:zalo:tokens', 'canary-token', 0)
  await store.writeEntry('account:zalo', 'open', 0)
  await store.writeEntry('account:zalo', 'stopped', (await store.readEntry('account:zalo'))!.version)
  await handled(store, an, 1, (id) => [aReply(id, 0), aReply(id, 1), aReply(id, 0, { id: `tet/post1:${store.keyOf(an)}#0`, origin: 'campaign' })], {
    conversation: { at: 'menu' }, outcome: anOutcome(), handover: { kind: 'open', reason: 'asked' }, unanswered: { question: 'câu khó', status: 'clarify' },
    consents: [{ purpose: 'answer', given: true, at: T, notice: 'n1', eventId: 'e' }], profile: { optedOut: true, remembered: { role: 'nông dân' } },
  })
  const [, invited] = await store.claimDeliveries(OA, 10, T, LEASE)
  await store.finishDeliveries([finishedAs(invited!, { status: 'sent', platformMessageId: 'p1' })], T)
  await store.recordEvents([aText(an, 2, T + 1), aText(an, 3, T + 1)], T + 1)
  await claimOne(store, T + 1)
  await handled(store, binh, 1, (id) => [aReply(id, 0, { part: { text: 'tạm biệt' } })], { erase: true })
  await store.recordEvents([anEvent(person(3), 'bad', T, { kind: 'submitted_info', fields: { n: 1n as unknown as string } })], T)
}

const rowsOf = async (store: Store, withSecrets: boolean): Promise<StoreRow[]> => {
  const rows: StoreRow[] = []
  for await (const row of store.dumpRows({ withSecrets })) rows.push(row)
  return rows
}
async function* each(rows: StoreRow[]): AsyncIterable<StoreRow> { yield* rows }

export function copiesContract(open: OpenStore): void {
  describe('dumpRows and loadRows', () => {
    it('copies everything, so that the copy dumps the same', withStore(open, async ({ store, another }) => {
      await fill(store)
      const rows = await rowsOf(store, true)
      for (const { table, row } of rows) expect(() => rowSchemas[table].parse(row), `${table}: ${JSON.stringify(row)}`).not.toThrow()
      const copy = await another()
      expect(await copy.loadRows(each(rows))).toBe(rows.length)
      expect(await rowsOf(copy, true)).toEqual(rows)
      expect(copy.keyOf(an)).toBe(store.keyOf(an))
    }))

    it('goes on in the copy where the first one stood, claims given up', withStore(open, async ({ store, another }) => {
      await fill(store)
      const copy = await another()
      await copy.loadRows(each(JSON.parse(JSON.stringify(await rowsOf(store, true)))))
      const turns = await copy.claimTurns(10, T + MINUTE, LEASE)
      expect(turns).toMatchObject([{ contact: an, version: 1, attempt: 2, conversation: { at: 'menu' }, profile: { optedOut: true }, waiting: [{ text: 'hỏi 2' }, { text: 'hỏi 3' }] }])
      const deliveries = await copy.claimDeliveries(OA, 10, T + MINUTE, LEASE)
      expect(deliveries.map((one) => [one.id, one.maybeSent])).toEqual([[`${aText(an, 1).id}#0`, true], [`${aText(binh, 1).id}#0`, false]])
      expect(await copy.recordEvents([aText(an, 1), aText(an, 2)], T + MINUTE)).toEqual(['duplicate', 'duplicate'])
      expect(await copy.findContact(copy.keyOf(binh))).toBeNull()
      expect(await copy.deadEvents(10)).toHaveLength(1)
      expect(await copy.load(T)).toMatchObject({ waitingEvents: 2, openHandovers: 1, deadEvents: 1 })
      expect((await copy.countDeliveries()).reduce((sum, row) => sum + row.count, 0)).toBe(4)
    }))

    it('leaves secrets out unless asked, and makes the contact keys anew everywhere', withStore(open, async ({ store, another }) => {
      await fill(store)
      const rows = await rowsOf(store, false)
      expect(JSON.stringify(rows)).not.toContain('canary-token')
      expect(rows.filter((row) => row.table === 'entry').map(({ row }) => row.name)).toEqual(['account:zalo'])
      const copy = await another()
      await copy.loadRows(each(rows))
      expect(copy.keyOf(an)).not.toBe(store.keyOf(an))
      expect(await copy.exportContact(copy.keyOf(an))).toMatchObject({ contact: an, profile: { optedOut: true }, consents: [{}], handovers: [{ contactKey: copy.keyOf(an) }] })
      const copied = JSON.stringify(await rowsOf(copy, true))
      expect(copied).not.toContain(store.keyOf(an))
      expect(copied).toContain(`tet/post1:${copy.keyOf(an)}#0`)
    }))

    it('loads only into an empty store', withStore(open, async ({ store, another }) => {
      await fill(store)
      const rows = await rowsOf(store, true)
      await expect(store.loadRows(each(rows))).rejects.toThrow()
      const copy = await another()
      await copy.recordEvents([aText(an, 9)], T)
      await expect(copy.loadRows(each(rows))).rejects.toThrow()
      expect(await rowsOf(store, true)).toEqual(rows)
    }))

    it('takes all rows or none', withStore(open, async ({ store, another }) => {
      await fill(store)
      const rows = await rowsOf(store, true)
      const copy = await another()
      await expect(copy.loadRows(each([...rows, { table: 'event', row: { id: 'half' } }]))).rejects.toThrow()
      expect((await copy.load(T)).contacts).toBe(0)
      expect(await copy.loadRows(each(rows))).toBe(rows.length)
    }))
  })
}
