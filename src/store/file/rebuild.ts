import path from 'node:path'
import type { FileSystem } from './adapter.ts'
import type { ContactDocument } from './contact-document.ts'
import type { AnonymousDocument } from './erasure.ts'
import { lookThrough } from './folder.ts'
import { contactFile, isContactKey } from './names.ts'
import { numberOf, unansweredOf } from './outcomes.ts'
import { summarise } from './summary.ts'
import type { State } from './unit.ts'

/** Reads what stands in the folder into memory: the journal's changes, then every contact's summary. */
export function rebuild(state: State, fs: FileSystem): void {
  const found = lookThrough(state.dir, fs)
  for (const file of found.unreadable) state.documents.noteUnreadable(file)
  const journaled = state.documents.recover().map((name) => path.posix.basename(name)).filter(isContactKey)
  for (const key of new Set([...found.contactKeys, ...journaled])) learnContact(state, key)
  for (const name of state.documents.names('anonymous')) learnAnonymous(state, name)
  for (const name of state.documents.names('unanswered')) {
    for (const row of unansweredOf(state.documents.read(name))) state.lastNumber = Math.max(state.lastNumber, numberOf(row))
  }
}

function learnContact(state: State, key: string): void {
  const document = state.documents.read(contactFile(key)) as ContactDocument | null
  if (document === null) return
  const summary = summarise(document)
  state.index.set(key, summary, [])
  state.lastNumber = Math.max(state.lastNumber, summary.seq)
}

function learnAnonymous(state: State, name: string): void {
  const document = state.documents.read(name) as AnonymousDocument | null
  if (document === null) return
  for (const { id, receivedAt } of document.events) state.anonymousEvents.set(id, { name, receivedAt })
  for (const { origin, status } of document.deliveries) state.index.totals.addDeliveries(origin, status, 1)
}
