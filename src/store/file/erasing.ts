import type { Millis } from '../../core/time.ts'
import { isFinal, noHistory, type ContactDocument } from './contact-document.ts'
import { erased } from './erasure.ts'
import { forgetUnanswered } from './outcomes.ts'
import type { Unit } from './unit.ts'

/** Erases, except a farewell that has yet to be sent. The tombstone is for what a restored backup would bring back. */
export function eraseContact(unit: Unit, document: ContactDocument, now: Millis, how: { farewell: readonly string[]; tombstone: boolean }): void {
  const { stays, anonymous } = erased(document, unit.history(document), how.farewell, now)
  unit.keepAnonymous(anonymous, now)
  unit.removeContact(document)
  forgetUnanswered(unit, document.key)
  if (stays !== null) unit.saveContactWith(stays, noHistory)
  if (how.tombstone) unit.noteErasure(document.key, now)
}

/** Saves the contact; one that stayed only for its farewell goes when that is final. */
export function saveOrFinishFarewell(unit: Unit, document: ContactDocument, now: Millis): void {
  if (document.farewell && document.deliveries.every((row) => isFinal(row.status))) eraseContact(unit, document, now, { farewell: [], tombstone: false })
  else unit.saveContact(document)
}
