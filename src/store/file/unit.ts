import type { StoreOptions } from '../ports.ts'
import type { Millis } from '../../core/time.ts'
import { vietnamDay } from '../../core/time.ts'
import { contactFile, historyFile, isContactKey } from './names.ts'
import { noHistory, type ContactDocument, type HistoryDocument } from './contact-document.ts'
import type { ContactIndex } from './contact-index.ts'
import { laneSubject } from './contact-index.ts'
import type { Change, Documents } from './documents.ts'
import { noAnonymous, type AnonymousDocument } from './erasure.ts'
import { archive } from './history.ts'
import type { Leases, Undo } from './leases.ts'
import type { Lane } from './outbox.ts'
import type { Document } from './patch.ts'
import { summarise } from './summary.ts'

/** What one open store holds in memory. */
export interface State {
  readonly dir: string
  readonly options: StoreOptions
  readonly documents: Documents
  readonly index: ContactIndex
  readonly turnLeases: Leases
  readonly laneLeases: Leases
  readonly publicationLeases: Leases
  /** Events of erased contacts, and in which document their ids are kept. */
  readonly anonymousEvents: Map<string, { name: string; receivedAt: Millis }>
  /** The highest number given to a row. */
  lastNumber: number
}

/** Changes that are recorded together. Everything it does in memory can be taken back. */
export class Unit {
  readonly #state: State
  readonly #changes = new Map<string, Change>()
  readonly #undo: Undo = []
  readonly #erased: { key: string; at: Millis }[] = []

  constructor(state: State) {
    this.#state = state
  }

  readonly nextNumber = (): number => ++this.#state.lastNumber

  /** Later numbers are higher than this one, which is in use. */
  passNumber(number: number): void {
    this.#state.lastNumber = Math.max(this.#state.lastNumber, number)
  }

  /** How far it got: what `takeBack` returns to. */
  get mark(): number { return this.#undo.length }
  get changes(): readonly Change[] { return [...this.#changes.values()] }
  /** Who was erased, when: for the tombstones. */
  get erased(): readonly { key: string; at: Millis }[] { return this.#erased }

  takeBack(mark = 0): void {
    while (this.#undo.length > mark) this.#undo.pop()!()
  }

  /** The documents of a folder, new ones of this unit included. */
  names(folder: string): string[] {
    const changed = [...this.#changes.keys()].filter((name) => name.startsWith(`${folder}/`))
    return [...new Set([...this.#state.documents.names(folder), ...changed])]
  }

  /** Null when there is none. */
  read<T extends object = Document>(name: string): T | null {
    const change = this.#changes.get(name)
    return (change === undefined ? this.#state.documents.read(name) : change.after) as T | null
  }

  /** Null removes it. */
  write(name: string, after: object | null): void {
    const known = this.#changes.get(name)
    this.#changes.set(name, { name, before: known === undefined ? this.#state.documents.read(name) : known.before, after: after as Document | null })
    this.#undo.push(() => (known === undefined ? this.#changes.delete(name) : this.#changes.set(name, known)))
  }

  /** Null when it is not known, or its file was set aside as unreadable. */
  contact(key: string): ContactDocument | null {
    if (!isContactKey(key) || this.#state.index.get(key) === null) return null
    const document = this.read<ContactDocument>(contactFile(key))
    if (document === null) this.#state.index.set(key, null, this.#undo)
    return document
  }

  /** Saves the contact, its older rows moved to the history when there are many. */
  saveContact(document: ContactDocument): void {
    const archived = archive(document, () => this.history(document))
    if (archived !== null) this.write(historyFile(document.key), archived.history)
    this.#save(archived?.document ?? document)
  }

  /** Saves both as they are. */
  saveContactWith(document: ContactDocument, history: HistoryDocument): void {
    if (document.history !== null) this.write(historyFile(document.key), history)
    else if (this.read(historyFile(document.key)) !== null) this.write(historyFile(document.key), null)
    this.#save(document)
  }

  history(document: ContactDocument): HistoryDocument {
    if (document.history === null) return noHistory
    return this.read<HistoryDocument>(historyFile(document.key)) ?? noHistory
  }

  noteErasure(key: string, at: Millis): void {
    this.#erased.push({ key, at })
    this.#undo.push(() => this.#erased.pop())
  }

  /** The contact and its history are gone, with all claims on it. */
  removeContact(document: ContactDocument): void {
    if (document.history !== null) this.write(historyFile(document.key), null)
    this.write(contactFile(document.key), null)
    this.#state.index.set(document.key, null, this.#undo)
    this.dropClaims(document.key)
  }

  dropClaims(key: string): void {
    this.releaseTurn(key)
    this.releaseLane(key, 'direct')
    this.releaseLane(key, 'campaign')
    this.releaseLane(key, 'planned')
  }

  /** Adds what is kept of an erased contact, its dedupe keys among it. */
  keepAnonymous(rows: Partial<AnonymousDocument>, now: Millis): void {
    const name = `anonymous/${vietnamDay(now)}`
    const kept = this.read<AnonymousDocument>(name) ?? noAnonymous
    const events = rows.events ?? []
    const deliveries = rows.deliveries ?? []
    const all: AnonymousDocument = {
      events: [...kept.events, ...events], deliveries: [...kept.deliveries, ...deliveries],
      consents: [...kept.consents, ...(rows.consents ?? [])], handovers: [...kept.handovers, ...(rows.handovers ?? [])],
    }
    this.write(name, all)
    const { anonymousEvents, index } = this.#state
    for (const { id, receivedAt } of events) anonymousEvents.set(id, { name, receivedAt })
    for (const { origin, status } of deliveries) index.totals.addDeliveries(origin, status, 1)
    this.#undo.push(() => {
      for (const { id } of events) anonymousEvents.delete(id)
      for (const { origin, status } of deliveries) index.totals.addDeliveries(origin, status, -1)
    })
  }

  /** Their document was written without them. */
  forgetAnonymousEvents(ids: Iterable<string>): void {
    const { anonymousEvents } = this.#state
    const gone = [...ids].flatMap((id) => { const where = anonymousEvents.get(id); return where === undefined ? [] : [[id, where] as const] })
    for (const [id] of gone) anonymousEvents.delete(id)
    this.#undo.push(() => { for (const [id, where] of gone) anonymousEvents.set(id, where) })
  }

  claimTurn(key: string, since: Millis, until: Millis): string {
    return this.#lease(key, () => this.#state.turnLeases.grant(key, since, until, this.#undo))
  }

  renewTurn(key: string, since: Millis, until: Millis): void {
    this.#lease(key, () => this.#state.turnLeases.renew(key, since, until, this.#undo))
  }

  releaseTurn(key: string): void {
    this.#lease(key, () => this.#state.turnLeases.release(key, this.#undo))
  }

  claimLane(key: string, lane: Lane, since: Millis, until: Millis): string {
    return this.#lease(key, () => this.#state.laneLeases.grant(laneSubject(key, lane), since, until, this.#undo))
  }

  claimPublication(id: string, since: Millis, until: Millis): string {
    return this.#state.publicationLeases.grant(id, since, until, this.#undo)
  }

  releasePublication(id: string): void {
    this.#state.publicationLeases.release(id, this.#undo)
  }

  releaseLane(key: string, lane: Lane): void {
    this.#lease(key, () => this.#state.laneLeases.release(laneSubject(key, lane), this.#undo))
  }

  /** The schedule follows the lease, forwards and when it is taken back. */
  #lease<T>(key: string, change: () => T): T {
    this.#undo.push(() => this.#state.index.reschedule(key))
    const result = change()
    this.#state.index.reschedule(key)
    return result
  }

  #save(document: ContactDocument): void {
    this.write(contactFile(document.key), document)
    this.#state.index.set(document.key, summarise(document), this.#undo)
  }
}
