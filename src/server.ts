import { readConfig } from './config.ts'
import type { PasswordCost } from './console/password.ts'
import { once } from './core/once.ts'
import type { Log } from './core/ports.ts'
import { after } from './node/after.ts'
import { createDoor } from './node/door.ts'
import { listen, type Bindings } from './node/listen.ts'
import { createLog } from './node/log.ts'
import { freePort } from './node/port.ts'
import { readText } from './node/read-text.ts'
import { keepTicksFast } from './node/ticks.ts'
import type { RunningServer, Start } from './server/assemble.ts'

export type { RunningServer } from './server/assemble.ts'

/**
 * Starts everything on Node. It listens before the rest of the program is even loaded: what comes meanwhile waits at the door.
 * Rejects with `ConfigError` or `ContentError` when something must be mended first; nothing is left running then. `passwordCost` is for tests.
 */
export async function startServer(env: Record<string, string | undefined>, given: { log?: Log; passwordCost?: PasswordCost } = {}): Promise<RunningServer> {
  keepTicksFast()
  const read = readConfig(env, readText)
  const settings = { ...read, port: read.port === 0 ? await freePort() : read.port }
  const log = given.log ?? createLog(settings.logLevel)
  const door = createDoor<Bindings>(after)
  const listening = await listen(door.answer, settings)
  // Where a start fails early; the server that runs closes it before the store, whose door it is.
  const closers: Start['closers'] = [() => listening.close()]
  const stop = once(async () => {
    door.shut()
    for (const close of closers.reverse()) await close()
    log.info({}, 'stopped')
  })
  try {
    const { assemble } = await import('./server/assemble.ts')
    return await assemble({ ...given, env, settings, log, door, listening, closers, stop })
  } catch (error) {
    await stop()
    throw error
  }
}
