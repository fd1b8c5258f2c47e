import { confirm, correct, drop, move, reach, settle, submit } from './campaign-acts.ts'
import type { Subcommand } from './campaign-answer.ts'
import { openCampaigns } from './campaign-desk.ts'
import { audit, check, exported, list, plan, status, uncertain } from './campaign-looks.ts'
import { report } from './campaign-report.ts'
import { phones, trial } from './campaign-trial.ts'
import { readArguments, usage } from './campaign-words.ts'
import { UsageError, type Command } from './command.ts'

/** Announcements from the command line: the same actions as on the staff pages, with the same log. */
export const campaign: Command = async (args, terminal) => {
  const { words: [name = '', ...words], given } = readArguments(args)
  const found = Object.hasOwn(subcommands, name) ? subcommands[name]! : null
  if (found === null || words.length < found.least || words.length > (found.most ?? found.least)) throw new UsageError(`Cách dùng: ${usage}`)
  return openCampaigns(terminal, given, (desk) => found.run(desk, { words, given }, terminal))
}

const subcommands: Readonly<Record<string, { run: Subcommand; least: number; most?: number }>> = {
  list: { run: list, least: 0 }, check: { run: check, least: 0, most: 1 }, plan: { run: plan, least: 1 }, submit: { run: submit, least: 1 },
  approve: { run: move('approve'), least: 1 }, return: { run: move('return'), least: 1 }, pause: { run: move('pause'), least: 1 }, resume: { run: move('resume'), least: 1 },
  cancel: { run: move('cancel'), least: 1 }, status: { run: status, least: 1 }, report: { run: report, least: 0, most: 1 }, audit: { run: audit, least: 0, most: 1 },
  export: { run: exported, least: 1 }, correct: { run: correct, least: 1 }, confirm: { run: confirm, least: 1 }, drop: { run: drop, least: 1 },
  uncertain: { run: uncertain, least: 1 }, settle: { run: settle, least: 1 }, reach: { run: reach, least: 2, most: 3 }, phones: { run: phones, least: 0, most: 10 }, trial: { run: trial, least: 2 },
}
