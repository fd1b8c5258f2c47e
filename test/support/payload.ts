import { glanceAtJson, readJson } from '../../webhooks/json.ts'

/** What a webhook's route reads from these bytes; undefined where they are no JSON. */
export function payloadIn(bytes: Uint8Array): unknown {
  const glance = glanceAtJson(bytes)
  return glance === undefined ? undefined : readJson(glance)
}
