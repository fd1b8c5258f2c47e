import { noAnonymous, type AnonymousDocument } from './erasure.ts'
import type { State, Unit } from './unit.ts'

/** Takes out all contacts and counts: what a copy that failed half-way leaves behind. */
export function removeEverything(unit: Unit, state: State): void {
  for (const key of [...state.index.keys()]) {
    const document = unit.contact(key)
    if (document !== null) unit.removeContact(document)
  }
  for (const name of state.documents.names('anonymous')) {
    const { events, deliveries } = unit.read<AnonymousDocument>(name) ?? noAnonymous
    unit.forgetAnonymousEvents(events.map(({ id }) => id))
    for (const { origin, status } of deliveries) state.index.totals.addDeliveries(origin, status, -1)
    unit.write(name, null)
  }
  for (const folder of ['outcomes', 'unanswered', 'campaigns', 'audit']) for (const name of state.documents.names(folder)) unit.write(name, null)
}
