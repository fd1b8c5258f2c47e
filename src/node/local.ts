import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'

/**
 * Headers that only something between the caller and this server writes: the standard ones, and those of proxies and
 * content networks in use. One is enough, whatever stands in it.
 */
const forwarding: readonly string[] = [
  'forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-port', 'x-forwarded-server', 'x-forwarded', 'forwarded-for',
  'x-original-forwarded-for', 'x-real-ip', 'x-client-ip', 'x-cluster-client-ip', 'x-proxyuser-ip', 'x-envoy-external-address', 'x-envoy-original-path',
  'cf-connecting-ip', 'cf-connecting-ipv6', 'cf-ray', 'cf-ipcountry', 'cdn-loop', 'true-client-ip', 'fastly-client-ip', 'akamai-origin-hop',
  'x-azure-clientip', 'x-azure-socketip', 'x-appengine-user-ip', 'x-amzn-trace-id', 'x-cloud-trace-context', 'x-arr-log-id', 'x-arr-ssl',
]

/** What this machine calls itself in an address. A proxy without such headers still asks for the name citizens know. */
const ownNames = /^(localhost|127(\.\d{1,3}){3}|0\.0\.0\.0|\[::1?\]|\[::ffff:127(\.\d{1,3}){3}\])(:\d+)?$/i

/** Whether the other end of the connection is this machine itself: a program on it, or a proxy. */
export const isFromHere = (c: Context): boolean => /^(127\.|::1$|::ffff:127\.)/.test(getConnInfo(c).remote.address ?? '')

/** From this machine itself, and not through a proxy that stands on it. */
export function isLocal(c: Context): boolean {
  return isFromHere(c) && ownNames.test(c.req.header('host') ?? '') && !forwarding.some((name) => c.req.header(name) !== undefined)
}
