import { describe, expect, it } from 'vitest'
import type { AuditLine } from '../../../src/core/campaign.ts'
import { DAY, HOUR, MINUTE } from '../../../src/core/time.ts'
import type { Store, StoreRow } from '../../../src/store/ports.ts'
import { rowSchemas } from '../../../src/store/rows.ts'
import { aCampaign, aPublication, batch, changeTo, idOf, ids, known, put, row, settle, settleDelivery, settlePublication, twoParts } from '../../support/campaign-fixtures.ts'
import { everythingIn, finishedAs, handled, LEASE, OA, person, T, withStore, type OpenStore } from '../../support/store-fixtures.ts'
import { verifyAudit } from '../../support/verify-audit.ts'

const an = person(1)
const binh = person(2)

const logOf = async (store: Store): Promise<AuditLine[]> => {
  const lines: AuditLine[] = []
  for await (const batch of store.auditLines()) lines.push(...batch)
  return lines
}
const rowsOf = async (store: Store, withSecrets: boolean): Promise<StoreRow[]> => {
  const rows: StoreRow[] = []
  for await (const each of store.dumpRows({ withSecrets })) rows.push(each)
  return rows
}
async function* each(rows: StoreRow[]): AsyncIterable<StoreRow> { yield* rows }

/** `share`: of the lines of a long log, for stores whose every step goes over a network. */
export function campaignRecordsContract(open: OpenStore, share = 1): void {
  describe('saveCampaign', () => {
    it('writes the record and its line together and gives both back', withStore(open, async (bench) => {
      const approval = { by: 'Mai', at: T, hash: 'h', manifest: { post: 'x' } }
      const correction = { kind: 'recall' as const, text: 'thu hồi', reason: 'sai giờ', proposedBy: 'Lan', proposedAt: T, confirmedBy: null, confirmedAt: null, posts: ['mo-dau'] }
      const record = aCampaign('tuan-le', 'paused', { approval, correction, reason: 'sai giờ' })
      expect(await bench.store.saveCampaign(await changeTo(bench.store, record))).toBe('saved')
      const store = await bench.reopen()
      expect(await store.loadCampaign('tuan-le')).toEqual({ ...record, version: 1 })
      expect(await store.loadCampaign('khac')).toBeNull()
      const log = await logOf(store)
      expect(log).toMatchObject([{ seq: 1, campaign: 'tuan-le', before: null, after: 'paused' }])
      expect(await store.auditHead()).toEqual({ seq: 1, hash: log[0]!.hash })
      expect(await store.auditStart()).toBeNull()
    }))

    it('lists without the content, the one that changed last first', withStore(open, async ({ store }) => {
      await put(store, 'mot', 'draft', [], T)
      await put(store, 'hai', 'draft', [], T + 1)
      await put(store, 'mot', 'submitted', [], T + 2)
      const { content: _, ...mot } = aCampaign('mot', 'submitted', { version: 2, changedAt: T + 2 })
      expect(await store.listCampaigns()).toEqual([mot, expect.objectContaining({ id: 'hai' })])
    }))

    it.each(['another version', 'a version of what is not there', 'none where it is there', 'a log that has grown', 'another last line', 'a gap in the log'])('changes nothing for %s', (what) => withStore(open, async ({ store }) => {
      await put(store, 'dot', 'draft')
      await put(store, 'dot', 'submitted')
      const good = await changeTo(store, aCampaign('dot', 'approved'))
      const spoilt = {
        'another version': { ...good, expectedVersion: 1 },
        'a version of what is not there': { ...good, record: aCampaign('moi', 'draft'), expectedVersion: 3 },
        'none where it is there': { ...good, expectedVersion: 0 },
        'a log that has grown': { ...good, line: { ...good.line, seq: 2 } },
        'another last line': { ...good, line: { ...good.line, previous: 'x'.repeat(64) } },
        'a gap in the log': { ...good, line: { ...good.line, seq: 4 } },
      }[what]!
      expect(await store.saveCampaign({ ...spoilt, publications: [aPublication('dot', 'bai')] })).toBe('stale')
      expect(await store.loadCampaign('dot')).toMatchObject({ status: 'submitted', version: 2 })
      expect(await store.loadCampaign('moi')).toBeNull()
      expect(await logOf(store)).toHaveLength(2)
      expect(await store.listPublications({ campaign: 'dot' })).toEqual([])
      expect(await store.saveCampaign(good)).toBe('saved')
    })())

    it('lets one of many that decide at the same moment through, and the log stays one chain', withStore(open, async ({ store }) => {
      await put(store, 'dot', 'draft')
      const changes = await Promise.all(Array.from({ length: 8 }, (_, n) => changeTo(store, n % 2 === 0 ? aCampaign('dot', 'submitted') : aCampaign(`khac-${n}`))))
      const results = await Promise.all(changes.map((change) => store.saveCampaign(change)))
      expect(results.toSorted()).toEqual(['saved', ...Array.from({ length: 7 }, () => 'stale')])
      // More than a store reads at once.
      const more = Math.max(60, Math.ceil(1_100 * share))
      for (let n = 0; n < more; n++) await put(store, 'dot', n % 2 === 0 ? 'draft' : 'submitted')
      const log = await logOf(store)
      expect(verifyAudit(log)).toMatchObject({ ok: true, lines: more + 2 })
      const after = async (seq: number): Promise<AuditLine[]> => {
        const lines: AuditLine[] = []
        for await (const batch of store.auditLines(seq)) lines.push(...batch)
        return lines
      }
      expect(await after(more - 50)).toEqual(log.slice(more - 50))
      expect(await after(more + 2)).toEqual([])
    }))

    it('refuses content that is no JSON and keeps the log as it was', withStore(open, async ({ store }) => {
      await expect(store.saveCampaign(await changeTo(store, aCampaign('dot', 'draft', { content: { n: 1n } })))).rejects.toThrow(TypeError)
      expect(await store.loadCampaign('dot')).toBeNull()
      expect(await logOf(store)).toEqual([])
    }))
  })

  describe('publications', () => {
    it('are added where their id is new, claimed when due, noted and final', withStore(open, async ({ store }) => {
      await put(store, 'dot', 'running', [aPublication('dot', 'bai'), aPublication('dot', 'mai', { dueAt: T + HOUR })])
      await put(store, 'dot', 'running', [aPublication('dot', 'bai', { dueAt: T + DAY })])
      const [claimed, ...others] = await store.claimPublications(T, LEASE, 10)
      expect(others).toEqual([])
      expect(claimed).toEqual({ ...aPublication('dot', 'bai'), status: 'publishing', claim: expect.any(String), maybePublished: false })
      expect(await store.claimPublications(T, LEASE, 10)).toEqual([])
      expect(await store.notePublication(claimed!.id, claimed!.claim, { platformIds: { article: 'a1' } }, false)).toBe(true)
      const [again] = await store.claimPublications(T + LEASE, LEASE, 10)
      expect(again).toMatchObject({ id: claimed!.id, platformIds: { article: 'a1' }, maybePublished: true })
      expect(await store.notePublication(claimed!.id, claimed!.claim, { status: 'failed' }, true)).toBe(false)
      expect(await store.notePublication(again!.id, again!.claim, { status: 'published', publishedAt: T + LEASE, platformIds: { article: 'a1', message: 'm1' } }, true)).toBe(true)
      expect(await store.notePublication(again!.id, again!.claim, { status: 'failed' }, true)).toBe(false)
      expect(await store.claimPublications(T + 3 * LEASE, LEASE, 10)).toEqual([])
      expect(await store.listPublications({ campaign: 'dot' })).toMatchObject([{ status: 'published', publishedAt: T + LEASE, platformIds: { article: 'a1', message: 'm1' } }, { status: 'planned' }])
    }))

    it('wait where they were put off, surely or perhaps', withStore(open, async ({ store }) => {
      await put(store, 'dot', 'running', [aPublication('dot', 'bai')])
      const [first] = await store.claimPublications(T, LEASE, 10)
      expect(await store.notePublication(first!.id, first!.claim, { status: 'planned', dueAt: T + MINUTE, reason: 'throttled' }, true)).toBe(true)
      expect(await store.claimPublications(T + MINUTE - 1, LEASE, 10)).toEqual([])
      const [second] = await store.claimPublications(T + MINUTE, LEASE, 10)
      expect(second).toMatchObject({ maybePublished: false, reason: 'throttled' })
      await store.notePublication(second!.id, second!.claim, { status: 'publishing', dueAt: T + HOUR, reason: null }, true)
      expect(await store.claimPublications(T + HOUR - 1, LEASE, 10)).toEqual([])
      expect(await store.claimPublications(T + HOUR, LEASE, 10)).toMatchObject([{ maybePublished: true, reason: null }])
    }))

    it('go only where the campaign runs, and come back from a killed process as perhaps up', withStore(open, async (bench) => {
      await put(bench.store, 'dot', 'paused', [aPublication('dot', 'bai')])
      expect(await bench.store.claimPublications(T, LEASE, 10)).toEqual([])
      await put(bench.store, 'dot', 'running')
      const [claimed] = await bench.store.claimPublications(T, LEASE, 10)
      const store = await bench.reopen({ now: T + 1 })
      expect(await store.claimPublications(T + 1, LEASE, 10)).toMatchObject([{ maybePublished: true }])
      expect(await store.notePublication(claimed!.id, claimed!.claim, { status: 'published' }, true)).toBe(false)
    }))

    it.each(['running', 'paused', 'finished', 'cancelled'] as const)('that nobody knows of are settled by who looked, while %s', (status) => withStore(open, async ({ store }) => {
      const posts = ['co', 'khong', 'lai', 'tam'] as const
      const [up, down, again, other] = posts.map((post) => aPublication('dot', post, { status: post === 'tam' ? 'published' : 'uncertain', reason: 'no_answer', platformIds: { article: 'a1' } }))
      await put(store, 'dot', 'running', [up!, down!, again!, other!])
      if (status !== 'running') await put(store, 'dot', status)
      const goesOn = status === 'running' || status === 'paused'
      expect(await settlePublication(store, up!.id, 'published', T + HOUR)).toBe(true)
      expect(await settlePublication(store, down!.id, 'not_published', T + HOUR)).toBe(true)
      expect(await settlePublication(store, again!.id, 'publish_again', T + HOUR)).toBe(goesOn)
      const settled = await store.listPublications({ campaign: 'dot' })
      expect(settled).toEqual([
        { ...up!, status: 'published', publishedAt: T, reason: null }, { ...down!, status: 'failed', reason: 'not_published' },
        goesOn ? { ...again!, status: 'planned', reason: null, dueAt: T + HOUR } : again!, other!,
      ])
      for (const how of ['published', 'not_published', 'publish_again'] as const) for (const id of [up!.id, down!.id, other!.id, 'khong-co', 'dot/khong-co@zalo:1']) expect(await settlePublication(store, id, how, T + HOUR)).toBe(false)
      expect(await store.listPublications({ campaign: 'dot' })).toEqual(settled)
      const claimed = [await store.claimPublications(T + HOUR - 1, LEASE, 10), await store.claimPublications(T + HOUR, LEASE, 10)]
      expect(claimed.map((rows) => rows.map(({ id, maybePublished }) => [id, maybePublished]))).toEqual([[], status === 'running' ? [[again!.id, false]] : []])
    })())

    it('that somebody was at work on are unknown once it is cancelled and their lease has run out', withStore(open, async ({ store }) => {
      await put(store, 'dot', 'running', [aPublication('dot', 'bai'), aPublication('dot', 'mai', { dueAt: T + DAY })])
      const [claimed] = await store.claimPublications(T, LEASE, 10)
      await put(store, 'dot', 'cancelled')
      const states = async () => (await store.listPublications({ campaign: 'dot' })).map(({ status, reason }) => [status, reason])
      expect(await store.stopDeliveries('dot', 'cancel', [], T + LEASE - 1)).toBe(1)
      expect(await states()).toEqual([['publishing', null], ['skipped', 'cancelled']])
      expect(await store.stopDeliveries('dot', 'cancel', [], T + LEASE)).toBe(1)
      expect(await states()).toEqual([['uncertain', 'no_answer'], ['skipped', 'cancelled']])
      expect(await store.notePublication(claimed!.id, claimed!.claim, { status: 'published' }, true)).toBe(false)
    }))

    it('that are published again lose the claim they had', withStore(open, async ({ store }) => {
      await put(store, 'dot', 'running', [aPublication('dot', 'bai')])
      const [claimed] = await store.claimPublications(T, LEASE, 10)
      await store.notePublication(claimed!.id, claimed!.claim, { status: 'uncertain', reason: 'no_answer' }, true)
      expect(await settlePublication(store, claimed!.id, 'publish_again', T + 1)).toBe(true)
      expect(await store.notePublication(claimed!.id, claimed!.claim, { status: 'published' }, true)).toBe(false)
      expect(await store.claimPublications(T + 1, LEASE, 10)).toMatchObject([{ id: claimed!.id, maybePublished: false }])
    }))

    it('keep their reach, and are corrected once up', withStore(open, async ({ store }) => {
      const { id } = aPublication('dot', 'bai')
      await put(store, 'dot', 'finished', [aPublication('dot', 'bai', { status: 'published', publishedAt: T, optedOutReached: 3 }), aPublication('dot', 'mai')])
      const reach = (of: string, value: number): Promise<boolean> => settle(store, { kind: 'reach', id: of, reach: { value, source: 'by_hand', who: 'Lan', day: '2026-11-23' } }, T)
      expect([await reach(id, 1_200), await reach(id, 1_300), await reach('dot/khong-co@zalo:1', 1)]).toEqual([true, true, false])
      expect(await store.correctPublication(id, { status: 'withdrawn', reason: 'sai giờ' })).toBe(true)
      expect(await store.correctPublication(id, { status: 'edited', reason: null })).toBe(false)
      expect(await store.correctPublication(aPublication('dot', 'mai').id, { status: 'edited', reason: null })).toBe(false)
      expect(await store.listPublications({ from: '2026-11-21', to: '2026-11-21' })).toMatchObject([
        { status: 'withdrawn', reason: 'sai giờ', reach: { value: 1_300, source: 'by_hand', who: 'Lan' }, optedOutReached: 3 }, { status: 'planned' },
      ])
      expect(await store.listPublications({ from: '2026-11-22', to: '2026-12-31' })).toEqual([])
    }))
  })

  describe('what a dead process was sending', () => {
    it.each(['killed', 'its lease ran out'])('comes before all that is queued: %s', (how) => withStore(open, async (bench) => {
      const people = Array.from({ length: 6 }, (_, n) => person(n + 1))
      for (const contact of people) await known(bench.store, contact)
      await put(bench.store, 'dot', 'running')
      for (const post of ['bai', 'sau']) await bench.store.planBatch(batch('dot', post, people.map((contact) => row(bench.store.keyOf(contact)))))
      const lost = ids(await bench.store.claimCampaignDeliveries(OA, 2, T + 1, LEASE))
      const now = how === 'killed' ? T + 2 : T + 1 + LEASE
      const store = how === 'killed' ? await bench.reopen({ now }) : bench.store
      const first = await store.claimCampaignDeliveries(OA, 2, now, LEASE)
      expect(ids(first).toSorted()).toEqual(lost.toSorted())
      expect(first.every(({ maybeSent }) => maybeSent)).toBe(true)
      const rest = await store.claimCampaignDeliveries(OA, 20, now, LEASE)
      expect(rest).toHaveLength(4)
      expect(rest.some(({ maybeSent }) => maybeSent)).toBe(false)
    })())

    it('leaves room for what is queued in the same claim', withStore(open, async (bench) => {
      const people = Array.from({ length: 6 }, (_, n) => person(n + 1))
      for (const contact of people) await known(bench.store, contact)
      await put(bench.store, 'dot', 'running')
      await bench.store.planBatch(batch('dot', 'bai', people.map((contact) => row(bench.store.keyOf(contact)))))
      await bench.store.claimCampaignDeliveries(OA, 2, T + 1, LEASE)
      const store = await bench.reopen({ now: T + 2 })
      expect((await store.claimCampaignDeliveries(OA, 5, T + 2, LEASE)).map(({ maybeSent }) => maybeSent)).toEqual([true, true, false, false, false])
    }))
  })

  describe('tags and released questions', () => {
    it('are given and taken, shown to the person, and go with the contact', withStore(open, async ({ store }) => {
      const key = await known(store, an, T, { unanswered: { question: 'câu khó', status: 'no_source_found' } })
      expect(await store.tagContact('ai-do', 'tổ trưởng', true)).toBe(false)
      for (const tag of ['xã Hòa', 'tổ trưởng', 'tổ trưởng']) expect(await store.tagContact(key, tag, true)).toBe(true)
      expect((await store.contactFacts(OA, null, 10, null))[0]!.tags).toEqual(['tổ trưởng', 'xã Hòa'])
      expect((await store.exportContact(key))!.tags).toEqual(['tổ trưởng', 'xã Hòa'])
      expect(await store.tagContact(key, 'xã Hòa', false)).toBe(true)
      expect((await store.contactFacts(OA, null, 10, null))[0]!.tags).toEqual(['tổ trưởng'])
      const [question] = await store.listUnanswered(10)
      expect(await store.releasedUnanswered('2026-11-21', '2026-11-21')).toEqual([])
      expect(await store.releaseUnanswered(question!.id, 'Lan', T + DAY)).toBe(true)
      expect(await store.releaseUnanswered('999', 'Lan', T)).toBe(false)
      expect(await store.releaseUnanswered('x', 'Lan', T)).toBe(false)
      expect(await store.releasedUnanswered('2026-11-21', '2026-11-21')).toEqual([{ question: 'câu khó', day: '2026-11-21', releasedBy: 'Lan' }])
      expect(await store.releasedUnanswered('2026-11-22', '2026-11-30')).toEqual([])
      await store.forgetContact(key, T)
      expect(await store.releasedUnanswered('2026-11-01', '2026-11-30')).toEqual([])
      expect(await everythingIn(store)).not.toContain('tổ trưởng')
    }))
  })

  describe('a copy of campaigns', () => {
    const fill = async (store: Store): Promise<void> => {
      const [keyAn, keyBinh] = [await known(store, an, T, { unanswered: { question: 'câu khó', status: 'clarify' } }), await known(store, binh)]
      await store.tagContact(keyAn, 'tổ trưởng', true)
      await store.releaseUnanswered((await store.listUnanswered(1))[0]!.id, 'Lan', T)
      await put(store, 'dot', 'draft')
      await put(store, 'dot', 'running', [aPublication('dot', 'rao', { reach: { value: 5, source: 'by_hand', who: 'Lan', day: '2026-11-21' }, status: 'published', publishedAt: T })])
      await store.planBatch(batch('dot', 'bai', [row(keyAn, { parts: twoParts }), row(keyBinh, { parts: twoParts })], { done: false }))
      await store.planBatch(batch('dot', 'sau', [row(keyAn, { dueAt: T + HOUR }), row(keyBinh, { skip: 'opted_out' })]))
      const claimed = await store.claimCampaignDeliveries(OA, 10, T, LEASE)
      await store.finishDeliveries([finishedAs(claimed[0]!, { status: 'uncertain', reason: 'no_answer' }), finishedAs(claimed[1]!, { status: 'sent', platformMessageId: 'p1' })], T)
      await settleDelivery(store, claimed[0]!.id, 'leave', T)
    }

    it('holds everything, so that the copy dumps the same and goes on', withStore(open, async ({ store, another }) => {
      await fill(store)
      const rows = await rowsOf(store, true)
      for (const { table, row: one } of rows) expect(() => rowSchemas[table].parse(one), `${table}: ${JSON.stringify(one)}`).not.toThrow()
      expect(new Set(rows.map(({ table }) => table)).size).toBe(10)
      const copy = await another()
      await copy.loadRows(each(JSON.parse(JSON.stringify(rows)) as StoreRow[]))
      expect(await rowsOf(copy, true)).toEqual(rows)
      expect(await copy.readLedger({ campaign: 'dot' })).toEqual(await store.readLedger({ campaign: 'dot' }))
      expect(await copy.planProgress('dot', 'bai', OA)).toEqual(await store.planProgress('dot', 'bai', OA))
      expect(verifyAudit(await logOf(copy))).toMatchObject({ ok: true, lines: 3 })
      const [claims, there] = [await copy.claimCampaignDeliveries(OA, 10, T + HOUR, LEASE), await store.claimCampaignDeliveries(OA, 10, T + HOUR, LEASE)]
      expect(ids(claims)).toEqual(ids(there))
      expect(claims.length).toBeGreaterThan(0)
    }))

    it('makes the contact keys anew everywhere, and plans again what was half planned without doubling anybody', withStore(open, async ({ store, another }) => {
      await fill(store)
      const copy = await another()
      await copy.loadRows(each(await rowsOf(store, false)))
      const copied = JSON.stringify(await rowsOf(copy, true))
      for (const contact of [an, binh]) expect(copied).not.toContain(store.keyOf(contact))
      expect(copied).toContain(idOf('dot', 'bai', copy.keyOf(an)))
      expect(await copy.planProgress('dot', 'bai', OA)).toEqual({ after: null, done: false, planned: 2 })
      const ledger = await copy.readLedger({ campaign: 'dot' })
      expect(await copy.planBatch(batch('dot', 'bai', [row(copy.keyOf(an), { parts: twoParts }), row(copy.keyOf(binh), { parts: twoParts })]))).toBe('planned')
      expect(await copy.readLedger({ campaign: 'dot' })).toEqual(ledger)
      expect(await copy.planProgress('dot', 'bai', OA)).toMatchObject({ done: true, planned: 2 })
    }))

    it('loads only into a store without campaigns', withStore(open, async ({ store, another }) => {
      await handled(store, an, 1, () => [])
      const rows = await rowsOf(store, true)
      const copy = await another()
      await put(copy, 'dot', 'draft')
      await expect(copy.loadRows(each(rows))).rejects.toThrow()
    }))
  })
}
