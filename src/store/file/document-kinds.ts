import type * as z from 'zod'
import { auditDocument, campaignDocument } from './campaigns-document.ts'
import { contactDocument, historyDocument } from './contact-document.ts'
import { tombstonesDocument } from './erasures.ts'
import { anonymousDocument } from './erasure.ts'
import { outcomesDocument, unansweredDocument } from './outcomes.ts'
import type { Document } from './patch.ts'

/** The document when it is what its name says, else null: people may have edited it. */
export function checkDocument(name: string, document: unknown): Document | null {
  const schema = schemaOf(name)
  return schema !== null && schema.safeParse(document).success ? (document as Document) : null
}

function schemaOf(name: string): z.ZodType | null {
  switch (name.split('/')[0]) {
    case 'contacts': return name.endsWith('.history') ? historyDocument : contactDocument
    case 'anonymous': return anonymousDocument
    case 'campaigns': return campaignDocument
    case 'audit': return auditDocument
    case 'outcomes': return outcomesDocument
    case 'unanswered': return unansweredDocument
    case 'tombstones': return tombstonesDocument
    default: return null
  }
}
