import type { Consent } from '../store/ports.ts'
import type { Situation } from './turn.ts'

/** The record of a yes or no, with the notice that was shown. */
export function consentRecord({ event, content, now }: Situation, purpose: Consent['purpose'], given: boolean): Consent {
  return { purpose, given, at: now, notice: content.version, eventId: event.id }
}
