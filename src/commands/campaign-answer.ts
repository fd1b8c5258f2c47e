import type { Done } from '../campaign/engine.ts'
import { statusNames } from '../campaign/life.ts'
import type { CampaignDesk } from './campaign-desk.ts'
import type { CampaignWords } from './campaign-words.ts'
import type { Terminal } from './command.ts'

/** What each subcommand does with the words after its name; the number is the exit code. */
export type Subcommand = (desk: CampaignDesk, typed: CampaignWords, terminal: Terminal) => Promise<number>

/** What became of an action; the exit code. */
export function told(done: Done, { json }: CampaignWords['given'], terminal: Terminal): number {
  if ('refused' in done) {
    if (json) terminal.out(JSON.stringify({ refused: done.refused }))
    else for (const why of done.refused) terminal.error(why)
    return 1
  }
  const { id, status, approval } = done.done
  if (json) terminal.out(JSON.stringify({ id, status, approval: approval?.hash ?? null }))
  else terminal.out(`Đợt ${id}: ${statusNames[status]}${approval === null ? '' : `, mã băm ${approval.hash}`}.`)
  return 0
}

/** As `told`, of an action that changes no campaign. */
export function done(text: string, { json }: CampaignWords['given'], terminal: Terminal): number {
  terminal.out(json ? JSON.stringify({ done: true }) : text)
  return 0
}

/** It was not done, and why. */
export function failed(text: string, { json }: CampaignWords['given'], terminal: Terminal): number {
  if (json) terminal.out(JSON.stringify({ refused: [text] }))
  else terminal.error(text)
  return 1
}

/** There is no such campaign. */
export const missing = (id: string, given: CampaignWords['given'], terminal: Terminal): number => failed(`Không có đợt nào mã "${id}".`, given, terminal)
