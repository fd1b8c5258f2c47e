import type { Millis } from '../../core/time.ts'

/** Steps that take back what a group of changes did in memory, when it could not be recorded. */
export type Undo = (() => void)[]

interface Lease { claim: string; since: Millis; until: Millis }

/**
 * Who works on what, until when. Only in memory: one process owns the folder, so that a restart frees everything at
 * once. A lease that ran out still counts as held until somebody else takes it.
 */
export class Leases {
  readonly #bySubject = new Map<string, Lease>()
  readonly #byClaim = new Map<string, string>()
  readonly #newClaim: () => string

  constructor(newClaim: () => string) {
    this.#newClaim = newClaim
  }

  /** The new claim; an older one on the same subject is lost. */
  grant(subject: string, since: Millis, until: Millis, undo: Undo): string {
    const lease = { claim: this.#newClaim(), since, until }
    this.#set(subject, lease, undo)
    return lease.claim
  }

  /** Null when the claim is lost. */
  subjectOf(claim: string): string | null {
    return this.#byClaim.get(claim) ?? null
  }

  holds(subject: string, claim: string): boolean {
    return this.#bySubject.get(subject)?.claim === claim
  }

  /** Since when and until when the subject is taken; null when nobody has it. */
  of(subject: string): { since: Millis; until: Millis } | null {
    return this.#bySubject.get(subject) ?? null
  }

  renew(subject: string, since: Millis, until: Millis, undo: Undo): void {
    const lease = this.#bySubject.get(subject)
    if (lease !== undefined) this.#set(subject, { ...lease, since, until }, undo)
  }

  release(subject: string, undo: Undo): void {
    if (this.#bySubject.has(subject)) this.#set(subject, null, undo)
  }

  #set(subject: string, lease: Lease | null, undo: Undo | null): void {
    const before = this.#bySubject.get(subject) ?? null
    if (before !== null) this.#byClaim.delete(before.claim)
    if (lease === null) this.#bySubject.delete(subject)
    else {
      this.#bySubject.set(subject, lease)
      this.#byClaim.set(lease.claim, subject)
    }
    undo?.push(() => this.#set(subject, before, null))
  }
}
