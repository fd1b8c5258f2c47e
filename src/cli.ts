#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import type { Command, Terminal } from './commands/command.ts'
import { diskSentence } from './commands/disk-error.ts'

/** Each command is loaded when it is asked for, so that `ask` need not wait for what only `serve` uses. */
const commands: Record<string, () => Promise<Command>> = {
  serve: async () => (await import('./commands/serve.ts')).serve,
  chat: async () => (await import('./commands/chat.ts')).chat,
  ask: async () => (await import('./commands/ask.ts')).ask,
  content: async () => (await import('./commands/content.ts')).content,
  flow: async () => (await import('./commands/flow.ts')).flow,
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
  zalo: async () => (await import('./commands/zalo.ts')).zalo,
  profile: async () => (await import('./commands/profile.ts')).profile,
  campaign: async () => (await import('./commands/campaign.ts')).campaign,
  handover: async () => (await import('./commands/handover.ts')).handover,
  model: async () => (await import('./commands/model.ts')).model,
  staff: async () => (await import('./commands/staff.ts')).staff,
  questions: async () => (await import('./commands/questions.ts')).questions,
  contact: async () => (await import('./commands/contact.ts')).contact,
  forget: async () => (await import('./commands/contact.ts')).forget,
  store: async () => (await import('./commands/store.ts')).store,
  backup: async () => (await import('./commands/store.ts')).backup,
  restore: async () => (await import('./commands/store.ts')).restore,
}

/** Errors whose message is written for the person at the terminal; of any other only the name is shown. */
const forPeople = new Set(['ConfigError', 'ContentError', 'FolderNotOurs', 'UsageError', 'StoreRefused'])

// Stripped and compiled files are kept between starts: a restart listens in a fraction of the time.
enableCompileCache()

async function main([name = '', ...args]: string[], terminal: Terminal): Promise<number> {
  const load = commands[name]
  if (load === undefined) {
    const asked = ['', 'help', '--help', '-h'].includes(name)
    terminal.error(`${asked ? '' : `Không có lệnh "${name}".\n`}Các lệnh: ${Object.keys(commands).join(', ')}. Xem README.md.`)
    return asked ? 0 : 2
  }
  try {
    return await (await load())(args, terminal)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    if (error.name === 'UsageError' && args.some((arg) => arg === '--help' || arg === '-h')) {
      terminal.out(error.message.slice(Math.max(0, error.message.indexOf('Cách dùng:'))))
      return 0
    }
    terminal.error(forPeople.has(error.name) ? error.message : diskSentence(error) ?? `${error.name}: ${error.message}`)
    return error.name === 'UsageError' ? 2 : 1
  }
}

// `camnang … | head -1`: whoever reads has read enough. The work goes on to its end, and so to its own exit code.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}

process.exitCode = await main(process.argv.slice(2), {
  env: process.env,
  input: process.stdin,
  out: (line) => process.stdout.write(`${line}\n`),
  error: (line) => process.stderr.write(`${line}\n`),
})
