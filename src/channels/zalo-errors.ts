import type { SendOutcome } from '../core/delivery.ts'

const needs = (what: 'consent' | 'permission' | 'money' | 'blocked'): SendOutcome => ({ kind: 'bad_configuration', needs: what })
const gone = (reason: 'blocked' | 'outside_reply_window' | 'opted_out' | 'daily_cap'): SendOutcome => ({ kind: 'contact_gone', reason })
const rejected: SendOutcome = { kind: 'rejected' }

/**
 * The `error` of the OA API (one numbering for all its calls) and what it means for a message. Sources: Zalo's official
 * error page, as four independent transcriptions carry it. Vendors print an older numbering in which -201 is a bad token:
 * that one is dead.
 */
export const zaloOutcomes: Readonly<Record<string, SendOutcome>> = {
  '-32': { kind: 'throttled' },
  '-100': rejected, // the attachment's id has expired
  '-200': { kind: 'uncertain' }, // "send failed", cause not named: one more try, no endless ones
  '-201': rejected, // a parameter is invalid
  '-204': needs('permission'), // OA disabled or deleted
  '-205': needs('permission'), // OA does not exist
  '-209': needs('permission'), // app not activated
  '-210': rejected, // a parameter is above its limit
  '-211': { kind: 'not_now', reason: 'quota' },
  '-212': needs('permission'), // the API is not registered for the app
  '-213': gone('blocked'), // does not follow the OA
  '-214': { kind: 'unavailable' }, // an article is still being processed
  '-216': needs('consent'), // access token invalid, also after one refresh
  '-217': gone('blocked'),
  '-218': gone('daily_cap'),
  '-219': needs('permission'), // app removed or disabled
  '-220': needs('consent'), // access token expired or revoked, also after one refresh
  '-221': needs('permission'), // the OA must be verified
  '-223': needs('permission'), // the OA did not grant this API
  '-224': needs('money'), // the OA's package is too low
  '-227': gone('blocked'), // banned, or not on Zalo for 45 days
  '-230': gone('outside_reply_window'),
  '-232': gone('outside_reply_window'),
  '-233': rejected, // this kind of message is not supported
  '-234': { kind: 'not_now', reason: 'night_hours' },
  '-235': needs('permission'), // not for this type of OA
  '-237': needs('money'), // the group has expired
  '-238': rejected, // asset used or disabled
  '-240': rejected, // the old v2 call
  '-241': rejected,
  '-242': needs('permission'), // wrong appsecret_proof, also where it was sent along
  '-244': gone('opted_out'), // the person restricted this kind of message
  '-248': { kind: 'rejected', againstRules: true }, // against the platform's standards
  '-249': rejected, // this template cannot go to a user id
  '-320': needs('money'), // no Zalo Cloud Account
  '-321': needs('money'),
  '-403': rejected, // not the OA's group
  '-1340': rejected,
  '-1341': rejected,
}

/** A code nobody has described is a refusal all the same: Zalo answered, and not with 0. */
export const zaloOutcome = (code: string): SendOutcome => zaloOutcomes[code] ?? rejected

/** The access token is not taken any more: refresh once, try once again. */
export const isTokenRefused = (code: string): boolean => code === '-216' || code === '-220'

/** The app is set to require `appsecret_proof`. */
export const isProofWanted = (code: string): boolean => code === '-242'

/** Buttons, a picture or a quote were refused, not the words. */
export const isFormRefused = (code: string): boolean => code === '-201' || code === '-233'

/** The OAuth host's own numbering, as far as anybody has described it. */
export const zaloConsentErrors: Readonly<Record<string, 'consent' | 'permission'>> = {
  '-14002': 'permission', // app not active
  '-14003': 'permission', // redirect URI or code verifier
  '-14014': 'consent', // refresh token used, revoked or expired
  '-14029': 'permission', // app not approved
}

/**
 * What a refusal of the OAuth host asks for; null: it may pass, try again later. No complete table of its numbers is public:
 * one of them that nobody has described is a refusal of the grant all the same, and a person must hear of it.
 */
export const zaloGrantNeeds = (code: string): 'consent' | 'permission' | null => zaloConsentErrors[code] ?? (/^-14\d{3}$/.test(code) ? 'consent' : null)
