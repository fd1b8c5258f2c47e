import type { Comments, KeptComment } from '../ports.ts'
import { accountOf, type StoredEvent } from './contact-document.ts'
import { Unit, type State } from './unit.ts'

type Found = KeptComment & { receivedAt: number; seq: number }

/** What people said under our posts: looked for among the contacts that have words left. */
export function commentsPort(state: State): Comments {
  return {
    listComments: async (limit) => {
      const unit = new Unit(state)
      const withWords = [...state.index.entries()].filter(([, { oldest }]) => oldest.oldestWords !== null).map(([key]) => key)
      const found = withWords.flatMap((key): Found[] => {
        const document = unit.contact(key)
        if (document === null) return []
        return [...unit.history(document).events, ...document.events].flatMap((row) =>
          commentOf(row).map((fields) => ({ id: row.id, contactKey: key, account: accountOf(document), sentAt: row.sentAt, fields, receivedAt: row.receivedAt, seq: row.seq })))
      })
      return found.sort((a, b) => b.receivedAt - a.receivedAt || b.seq - a.seq).slice(0, limit).map(({ receivedAt: _, seq: __, ...comment }) => comment)
    },
  }
}

const commentOf = ({ kind, body }: StoredEvent): KeptComment['fields'][] =>
  kind === 'comment' && body !== null ? [{ ...(body.fields as unknown as KeptComment['fields']) }] : []
