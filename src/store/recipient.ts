import type { Recipient, RecipientFilter } from './campaign-ports.ts'

/** Rows of one campaign, or of one of its posts, by their ids: `<campaign>/<post>:<contact key>#<n>`. */

/** Ids of the rows lie between these two, both left out; `/` comes before `0`, `:` before `;`. */
export const idRange = ({ campaign, post }: Pick<RecipientFilter, 'campaign' | 'post'>, after: string | null): [from: string, to: string] =>
  (post === null ? [after ?? `${campaign}/`, `${campaign}0`] : [after ?? `${campaign}/${post}:`, `${campaign}/${post};`])

/** What the id tells; where the contact is gone a number stands in place of its key. */
export function toldById(id: string): Pick<Recipient, 'id' | 'post' | 'contactKey' | 'n'> {
  const [colon, hash] = [id.indexOf(':'), id.lastIndexOf('#')]
  const contactKey = id.slice(colon + 1, hash)
  return { id, post: id.slice(id.indexOf('/') + 1, colon), contactKey: contactKey.startsWith('erased-') ? '' : contactKey, n: Number(id.slice(hash + 1)) }
}

export const isWanted = ({ status, reason }: Pick<RecipientFilter, 'status' | 'reason'>) => (row: Pick<Recipient, 'status' | 'reason'>): boolean =>
  (status === null || row.status === status) && (reason === null || row.reason === reason)

/** Rows looked at in one go while those wanted are looked for: other work goes between. */
export const lookedAtOnce = 2_000

/** Reads on, batch by batch, until so many are found or there are no more. */
export async function findRecipients(of: RecipientFilter, after: string | null, limit: number, read: (from: string, to: string) => Promise<Recipient[]>): Promise<Recipient[]> {
  const wanted = isWanted(of)
  const found: Recipient[] = []
  let [from, to] = idRange(of, after)
  for (;;) {
    const batch = await read(from, to)
    found.push(...batch.filter(wanted))
    if (found.length >= limit || batch.length < lookedAtOnce) return found.slice(0, limit)
    from = batch.at(-1)!.id
  }
}
