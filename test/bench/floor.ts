/** The floor: the least any server could do for one message. Checks the signature, answers 200, sends one stateless reply. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'
import { Pool } from 'undici'
import { benchSettings } from './load.ts'

const far = process.env['FAR']!
const pool = new Pool(far, { connections: 128 })
const { zalo, facebook, telegram } = benchSettings

createServer((req, res) => {
  const chunks: Buffer[] = []
  req.on('data', (chunk: Buffer) => chunks.push(chunk))
  req.on('end', () => {
    const body = Buffer.concat(chunks)
    const reply = handle(req.url!, body, req.headers as Record<string, string>)
    res.writeHead(reply === null ? 401 : 200, { 'content-length': '0' }).end()
    if (reply !== null) void pool.request({ method: 'POST', path: reply.path, headers: { 'content-type': 'application/json', ...reply.headers }, body: reply.body }).then(({ body: answer }) => answer.json())
  })
}).listen(Number(process.env['PORT']), '127.0.0.1', () => process.stdout.write('listening\n'))

function handle(url: string, body: Buffer, headers: Record<string, string>): { path: string; headers: Record<string, string>; body: string } | null {
  if (url === '/webhooks/zalo') {
    const event = JSON.parse(body.toString())
    const mac = createHash('sha256').update(zalo.appId).update(body).update(event.timestamp).update(zalo.secret).digest('hex')
    if (!same(`mac=${mac}`, headers['x-zevent-signature'])) return null
    return { path: '/v3.0/oa/message/cs', headers: { access_token: 'token' }, body: JSON.stringify({ recipient: { user_id: event.sender.id }, message: { text: event.message.text } }) }
  }
  if (url === '/webhooks/facebook') {
    if (!same(`sha256=${createHmac('sha256', facebook.secret).update(body).digest('hex')}`, headers['x-hub-signature-256'])) return null
    const event = JSON.parse(body.toString()).entry[0].messaging[0]
    return { path: `/v26.0/${facebook.pageId}/messages`, headers: {}, body: JSON.stringify({ recipient: { id: event.sender.id }, messaging_type: 'RESPONSE', message: { text: event.message.text } }) }
  }
  if (!same(telegram.secret, headers['x-telegram-bot-api-secret-token'])) return null
  const { message } = JSON.parse(body.toString())
  return { path: `/bot${telegram.token}/sendMessage`, headers: {}, body: JSON.stringify({ chat_id: message.chat.id, text: message.text }) }
}

function same(expected: string, given: string | undefined): boolean {
  const a = Buffer.from(expected)
  const b = Buffer.from(given ?? '')
  return a.length === b.length && timingSafeEqual(a, b)
}
