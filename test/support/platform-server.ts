import { createServer, type Server } from 'node:http'
import { signZalo } from '../../webhooks/sign.ts'

/** A far side for server processes: takes every send of the Zalo API, keeps it, and can be told to be slow. */
export class ZaloFarSide {
  readonly sent: { userId: string; text: string }[] = []
  delay = 0
  #server: Server
  #serial = 0
  #waiters: { enough: () => boolean; done: () => void }[] = []
  origin = ''

  constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const body = JSON.parse(Buffer.concat(chunks).toString() || '{}')
        if (body.recipient !== undefined) this.sent.push({ userId: body.recipient.user_id, text: body.message.text })
        const answer = JSON.stringify({ error: 0, message: 'Success', data: { message_id: `z${++this.#serial}` } })
        setTimeout(() => response.writeHead(200, { 'content-type': 'application/json' }).end(answer), this.delay)
        this.#waiters = this.#waiters.filter(({ enough, done }) => {
          if (enough()) done()
          return !enough()
        })
      })
    })
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    this.origin = `http://127.0.0.1:${(this.#server.address() as { port: number }).port}`
  }

  /** Resolves on arrival; rejects when nothing has arrived for `patience` milliseconds. */
  until(enough: () => boolean, patience = 20_000): Promise<void> {
    if (enough()) return Promise.resolve()
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`waited ${patience} ms; ${this.sent.length} sends`)), patience)
      this.#waiters.push({ enough, done: () => { clearTimeout(timer); resolve() } })
    })
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }
}

export const zaloSettings = {
  ZALO_APP_ID: '1111222233334444555', ZALO_APP_SECRET: 'canary-app-secret', ZALO_OA_ID: '4300112233445566778', ZALO_OA_SECRET_KEY: 'canary-oa-secret',
  ZALO_ACCESS_TOKEN: 'canary-access-token', ZALO_REFRESH_TOKEN: 'canary-refresh-token',
}

/** Posts one signed text to a server; the status, or 0 when nobody answered. */
export async function postText(serverUrl: string, userId: string, text: string, messageId: string, at = Date.now()): Promise<number> {
  const body = Buffer.from(JSON.stringify({
    app_id: zaloSettings.ZALO_APP_ID, sender: { id: userId }, user_id_by_app: '5550001112223334444', recipient: { id: zaloSettings.ZALO_OA_ID },
    event_name: 'user_send_text', message: { text, msg_id: messageId }, timestamp: String(at),
  }))
  const headers = { 'content-type': 'application/json', ...signZalo(body, zaloSettings.ZALO_APP_ID, zaloSettings.ZALO_OA_SECRET_KEY) }
  return fetch(`${serverUrl}/webhooks/zalo`, { method: 'POST', headers, body }).then((response) => response.status, () => 0)
}
