import type { App } from '../app.ts'
import type { Config } from '../config.ts'
import type { Log } from '../core/ports.ts'
import type { Millis } from '../core/time.ts'
import type { Platforms } from '../platforms.ts'
import type { Store } from '../store/ports.ts'
import type { WorkerEnv } from './env.ts'
import type { Isolate } from './isolate.ts'

/** What an invocation is made from; the store belongs to it. */
export interface InvocationPorts {
  env: WorkerEnv
  config: Config
  isolate: Isolate
  log: Log
  store: Store
  /** When each job ran last. Only for cron, by which alone jobs and campaigns are run. */
  jobsRun?: Map<string, Millis>
}

/** What pages need of it too. */
export interface Parts {
  platforms: Platforms
  app: App
}

/** One invocation. Nothing of it may be used by another: workerd ties calls under way to the request that made them. */
export interface Invocation extends Parts {
  /** Pages are built when they are asked for. */
  fetch(request: Request): Promise<Response>
  /** Lets the app handle what is recorded: the content and the accounts' states are read first where they are not known. */
  begin(): Promise<void>
  /** Resolves when nothing is under way: not before that may the invocation end. */
  settled(): Promise<void>
}
