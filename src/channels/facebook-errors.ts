import type { SendOutcome } from '../core/delivery.ts'
import { MINUTE } from '../core/time.ts'

const needs = (what: 'consent' | 'permission' | 'money' | 'blocked'): SendOutcome => ({ kind: 'bad_configuration', needs: what })
const gone = (reason: 'blocked' | 'outside_reply_window'): SendOutcome => ({ kind: 'contact_gone', reason })
const rejected: SendOutcome = { kind: 'rejected' }
const throttled: SendOutcome = { kind: 'throttled' }
const unavailable: SendOutcome = { kind: 'unavailable' }

/**
 * `code` or `code/error_subcode` of a Graph error and what it means for a message; the pair wins over the code alone.
 * Sources: Meta's Send API and error-handling pages; subcodes that Meta does not list as open-source integrations meet them.
 */
export const facebookOutcomes: Readonly<Record<string, SendOutcome>> = {
  '-1': unavailable,
  '1': unavailable, // temporary faults of Meta's
  '2': unavailable,
  '1200': unavailable,
  '4': throttled, // app, user and page limits
  '17': throttled,
  '32': throttled,
  '341': throttled,
  '613': throttled,
  '80001': throttled,
  '80006': throttled,
  '10': needs('permission'),
  '10/2018278': gone('outside_reply_window'),
  '10/2018065': gone('outside_reply_window'), // its older form
  '10/2534022': gone('outside_reply_window'),
  '10/2018108': gone('blocked'), // cannot receive now
  '10/1893063': { kind: 'throttled', retryAfter: 30 * MINUTE }, // the page may not write for a while
  '100': rejected, // bad parameter
  '100/2018001': gone('blocked'), // no such recipient for this page
  '190': needs('consent'), // token invalid, whatever the subcode
  '200/2018028': needs('permission'), // app not live
  '200/1545041': gone('blocked'),
  '551': gone('blocked'), // person not available
  '368': needs('blocked'), // policy
  '506': rejected, // the same post again
  '803': needs('permission'), // no such object, or not ours to see
  '2022': needs('blocked'), // page restricted until a date
  '10303': rejected,
  '1609005': rejected, // no preview for the link
}

/**
 * 200–299 are missing permissions. A code nobody has described is a refusal all the same, unless Meta itself calls it passing
 * (`transient`: the error's `is_transient`).
 */
export function facebookOutcome(code: number, subcode: number | undefined, transient: boolean): SendOutcome {
  const listed = facebookOutcomes[`${code}/${subcode}`] ?? facebookOutcomes[code]
  if (listed !== undefined) return listed
  if (code >= 200 && code < 300) return needs('permission')
  return transient ? unavailable : rejected
}

/** Buttons, a picture that Meta could not fetch, or a quote were refused, not the words: error 100 with any subcode but "no such person". */
export const isFormRefused = (code: string): boolean => /^100(\/|$)/.test(code) && code !== '100/2018001'
