import { afterAll, beforeAll, expect, it } from 'vitest'
import { createAxios } from '../../src/channels/axios.ts'
import { createFacebookChannel } from '../../src/channels/facebook.ts'
import { createTelegramChannel } from '../../src/channels/telegram.ts'
import { createNodeTransport } from '../../src/node/transport.ts'
import { startPlatform, type Platform } from '../channels/platform.ts'

let platform: Platform
const transport = createNodeTransport()
beforeAll(async () => {
  platform = await startPlatform()
  platform.behave((_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true,"result":true,"recipient_id":"77"}'))
})
afterAll(async () => {
  await transport.close()
  await platform.close()
})

it('Messenger shows that somebody is writing', async () => {
  const channel = createFacebookChannel({
    graphUrl: platform.origin, graphVersion: 'v26.0', appSecrets: ['canary'], accounts: [{ pageId: '42', pageToken: 'canary-page' }], http: createAxios(transport.send), clock: () => 0,
  })
  await channel.typing!({ channel: 'facebook', accountId: '42', userId: '77' })
  expect(platform.seen.at(-1)).toMatchObject({ path: '/v26.0/42/messages', json: { recipient: { id: '77' }, sender_action: 'typing_on' } })
  expect(platform.seen.at(-1)!.path + platform.seen.at(-1)!.body).not.toContain('canary')
})

it('Telegram shows that somebody is writing', async () => {
  const channel = createTelegramChannel({ apiUrl: platform.origin, accounts: [{ botId: '7', token: '7:t' }], transport: transport.send })
  await channel.typing!({ channel: 'telegram', accountId: '7', userId: '77' })
  expect(platform.seen.at(-1)).toMatchObject({ path: '/bot7:t/sendChatAction', json: { chat_id: 77, action: 'typing' } })
})
