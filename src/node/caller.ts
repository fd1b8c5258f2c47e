import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'
import { isFromHere } from './local.ts'

/**
 * The address a request comes from. Only a proxy on this machine is believed when it says for whom it asks, and of what it
 * says only the last address, which it has seen itself.
 */
export function callerOf(c: Context): string {
  const peer = getConnInfo(c).remote.address ?? ''
  const told = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim()
  return isFromHere(c) && told !== undefined && told !== '' ? told.slice(0, 64) : peer
}
