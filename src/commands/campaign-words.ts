import { parseArgs } from 'node:util'
import { UsageError } from './command.ts'

/** As a person would type it. */
export const usage = `campaign list | check [MÃ] | plan MÃ | submit MÃ [--overwrite] | approve MÃ [--hash MÃ_BĂM] | return MÃ | pause MÃ | resume MÃ | cancel MÃ | status MÃ | audit [MÃ] [--expect MÃ_CUỐI] | export MÃ
  campaign report [MÃ] [--preset half_year|year|ad_hoc] [--from NGÀY] [--to NGÀY] [--xlsx TỆP]
  campaign correct MÃ --text "…" [--recall] [--post BÀI,BÀI] | confirm MÃ | drop MÃ
  campaign uncertain MÃ | settle MÃ_LƯỢT_GỬI --send-again|--leave | settle MÃ_BÀI_ĐĂNG --send-again|--published|--not-published | reach MÃ_BÀI_ĐĂNG SỐ [SỐ] [--day NGÀY]
  campaign phones [add MÃ_NGƯỜI_NHẮN TÊN | remove MÃ_NGƯỜI_NHẮN] | trial MÃ BÀI
  Mọi lệnh nhận [--as TÊN] [--why "lý do"] [--json]`

const options = {
  as: { type: 'string' }, why: { type: 'string' }, json: { type: 'boolean' }, hash: { type: 'string' }, expect: { type: 'string' }, preset: { type: 'string' },
  from: { type: 'string' }, to: { type: 'string' }, day: { type: 'string' }, xlsx: { type: 'string' }, text: { type: 'string' }, recall: { type: 'boolean' }, overwrite: { type: 'boolean' }, post: { type: 'string' },
  'send-again': { type: 'boolean' }, leave: { type: 'boolean' }, published: { type: 'boolean' }, 'not-published': { type: 'boolean' },
} as const

/** What was typed after `campaign`. */
export interface CampaignWords { words: string[]; given: { [Name in keyof typeof options]?: (typeof options)[Name]['type'] extends 'boolean' ? boolean : string } }

/** Throws `UsageError` for an option nobody knows. */
export function readArguments(args: string[]): CampaignWords {
  // A contact key may begin with a dash, which no option of ours looks like.
  const safe = args.map((arg) => (/^-[\w-]{21}$/.test(arg) && !arg.startsWith('--') ? `\0${arg}` : arg))
  try {
    const { values, positionals } = parseArgs({ args: safe, options, allowPositionals: true })
    return { words: positionals.map((word) => word.replace('\0', '')), given: values }
  } catch {
    throw new UsageError(`Cách dùng: ${usage}`)
  }
}
