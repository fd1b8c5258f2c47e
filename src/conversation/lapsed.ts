import type { Handover } from '../store/ports.ts'
import { hasLapsed } from './person.ts'
import type { TurnPorts } from './turn-ports.ts'

/**
 * Whoever asks for a person has one request open at most, and an old one, never answered or not to the end, would take the new one in unheard.
 * So it ends first. Safe to repeat: the new one is made in the turn that follows. A backlog (`stale`) asks for nobody and
 * adds to what is open.
 */
export async function endLapsed({ store, content, now }: Pick<TurnPorts, 'store' | 'content' | 'now'>, contactKey: string, reason: Handover['reason']): Promise<void> {
  if (reason === 'stale') return
  const kept = await store.exportContact(contactKey)
  const { hours } = content().province
  for (const { id, askedAt, firstStaffAnswerAt, closedAt, reason: asked } of kept?.handovers ?? []) {
    if (closedAt === null && asked !== 'erasure' && hasLapsed(hours, firstStaffAnswerAt ?? askedAt, now())) await store.closeHandover(id, now())
  }
}
