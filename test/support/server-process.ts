import { spawn, type ChildProcess } from 'node:child_process'

const { PATH, NODE_COMPILE_CACHE } = process.env

/** What a process of ours is given beside its settings: where programs are, and what Node has compiled before. */
export const processEnv: Readonly<Record<string, string>> = { ...(PATH !== undefined && { PATH }), ...(NODE_COMPILE_CACHE !== undefined && { NODE_COMPILE_CACHE }) }

/** `npm start` as a process of its own. */
export interface ServerProcess {
  child: ChildProcess
  url: string
  /** Everything it has printed. */
  output(): string
  /** Resolves with the exit code when it has ended (null when killed). */
  ended: Promise<number | null>
}

/** Starts `camnang <args>`; resolves when it says where it listens, rejects with its output when it ends before. */
export function startProcess(env: Record<string, string>, args = ['serve']): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['src/cli.ts', ...args], { env: { ...processEnv, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString()
      const url = /đang chạy: (\S+)/.exec(output)?.[1]
      if (url !== undefined) resolve({ child, url, ended, output: () => output })
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    void ended.then((code) => reject(new Error(`ended with ${code}: ${output}`)))
  })
}

/** What a start says that is refused. A server that runs all the same is ended before this rejects, so that nothing is left behind. */
export async function refusedStart(env: Record<string, string>): Promise<string> {
  const started = await startProcess(env).catch((error: Error) => error)
  if (started instanceof Error) return started.message
  started.child.kill('SIGKILL')
  await started.ended
  throw new Error(`the start was not refused: ${started.output()}`)
}
