import path from 'node:path'
import { listFolder, TEMPORARY, type FileSystem } from './adapter.ts'
import type { AnonymousDocument } from './erasure.ts'
import type { Undo } from './leases.ts'
import { contactFile, isContactKey } from './names.ts'
import { summarise } from './summary.ts'
import type { ContactDocument } from './contact-document.ts'
import type { State } from './unit.ts'

/** Reads what stands in the folder into memory: the journal's changes, then every contact's summary. */
export function rebuild(state: State, fs: FileSystem): void {
  const touched = state.documents.recover()
  for (const key of contactKeys(state.dir, touched, fs)) learnContact(state, key)
  for (const name of state.documents.names('anonymous')) learnAnonymous(state, name)
}

function contactKeys(dir: string, touched: readonly string[], fs: FileSystem): Set<string> {
  const keys = new Set<string>()
  const contacts = path.join(dir, 'contacts')
  for (const folder of listFolder(contacts, fs)) {
    for (const file of listFolder(path.join(contacts, folder), fs)) {
      const key = file.slice(0, -'.json'.length)
      if (file.endsWith(TEMPORARY)) fs.unlinkSync(path.join(contacts, folder, file))
      else if (file.endsWith('.json') && isContactKey(key)) keys.add(key)
    }
  }
  for (const name of touched) {
    const key = path.posix.basename(name)
    if (isContactKey(key) && name === contactFile(key)) keys.add(key)
  }
  return keys
}

function learnContact(state: State, key: string): void {
  const document = state.documents.read(contactFile(key)) as ContactDocument | null
  if (document === null) return
  const summary = summarise(document)
  state.index.set(key, summary, unused)
  unused.length = 0
  state.lastNumber = Math.max(state.lastNumber, summary.seq)
}

/** Nothing of a start is taken back. */
const unused: Undo = []

function learnAnonymous(state: State, name: string): void {
  const document = state.documents.read(name) as AnonymousDocument | null
  if (document === null) return
  for (const { id, receivedAt } of document.events) state.anonymousEvents.set(id, { name, receivedAt })
  for (const { origin, status } of document.deliveries) state.index.totals.addDeliveries(origin, status, 1)
}
