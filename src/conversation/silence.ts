import type { Answer } from '../answer/answerer.ts'
import { maskPersonal } from '../core/mask.ts'
import type { ContactExport } from '../store/ports.ts'
import type { Conversation } from './state.ts'
import type { Decision, Draft, Situation } from './turn.ts'

/** The question behind the articles that were given or offered, for "Chưa đúng ý". What gave no article leaves the one before. */
export function askedAbout({ event, conversation }: Situation, { status, article, also, candidates }: Answer): Conversation['asked'] {
  switch (status) {
    case 'answered':
    case 'expired_article': return { at: event.sentAt, articles: [article, also].filter((id) => id != null) }
    case 'clarify': return { at: event.sentAt, articles: candidates.slice(0, 3).map((candidate) => candidate.article) }
    case 'no_source_found': return null
    default: return conversation.asked
  }
}

/**
 * Not what was asked: the question goes to staff, masked, with the answer's own words on regret. It is looked up among
 * the events, so that nothing is kept longer for this; where its words are gone, or no question led here, nothing is noted.
 * `article`: the one refused; null: all that were offered.
 */
export function refused({ conversation: { asked } }: Situation, article: string | null, status: string, draft: Draft): Decision {
  if (asked === null || (article !== null && !asked.articles.includes(article))) return { kind: 'turn', draft }
  const settled: Draft = { ...draft, conversation: { ...draft.conversation, asked: null } }
  return {
    kind: 'export',
    resume: (kept) => {
      const question = wordsAt(kept, asked.at)
      return question === null ? settled : { ...settled, changes: { ...settled.changes, unanswered: { question: maskPersonal(question), status } } }
    },
  }
}

const wordsAt = (kept: ContactExport | null, at: number): string | null => kept?.events.find(({ sentAt, text }) => sentAt === at && text !== null)?.text ?? null
