import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createConnection } from 'node:net'

/** A server under measurement. */
export interface Measured {
  pid: number
  /** CPU used so far, in milliseconds. */
  cpu(): number
  /** Resident memory, in MiB. */
  memory(): number
  kill(signal?: NodeJS.Signals): Promise<void>
}

const ticksPerSecond = 100

/** Starts it and resolves when the port answers. `millisecondsToListen` is how long that took. `cores`: where it runs; the load runs on the second. */
export async function start(args: string[], port: number, env: Record<string, string>, cores = '0'): Promise<Measured & { millisecondsToListen: number }> {
  const began = performance.now()
  const child = spawn('taskset', ['-c', cores, process.execPath, ...args], {
    env: { ...process.env, NODE_OPTIONS: '', PORT: String(port), ...env }, stdio: ['ignore', 'ignore', 'inherit'],
  })
  const failed = new Promise<never>((_, reject) => child.once('exit', (code) => reject(new Error(`${args.join(' ')} ended with ${code}`))))
  failed.catch(() => undefined)
  await Promise.race([failed, listening(port)])
  return { ...measure(child), millisecondsToListen: performance.now() - began }
}

async function listening(port: number): Promise<void> {
  for (let tries = 0; tries < 6_000; tries++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = createConnection(port, '127.0.0.1')
      socket.once('connect', () => { socket.destroy(); resolve(true) }).once('error', () => resolve(false))
    })
    if (open) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error(`nothing listens on ${port}`)
}

function measure(child: ChildProcess): Measured {
  const pid = child.pid!
  return {
    pid,
    cpu() {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
      return ((Number(fields[11]) + Number(fields[12])) / ticksPerSecond) * 1000
    },
    memory: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024,
    kill: (signal = 'SIGTERM') => new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve()
      child.once('exit', () => resolve())
      child.kill(signal)
    }),
  }
}
