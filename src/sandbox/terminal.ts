import { clearLine, createInterface, cursorTo, type Interface } from 'node:readline'
import type { ChannelName } from '../core/contact.ts'
import { SECOND, type Millis } from '../core/time.ts'
import type { Citizen } from './citizen.ts'
import type { Button, Entry } from './person.ts'
import { recordedLine } from './recording.ts'
import type { Sandbox } from './start.ts'

export interface TerminalChatOptions {
  sandbox: Pick<Sandbox, 'platforms'>
  channel: ChannelName
  input: NodeJS.ReadableStream
  output: NodeJS.WritableStream
  /** Told of everything that was done to the bot, as a line of a transcript. */
  record?: (line: string) => void
}

/** A line of a file or pipe is said when the one before was answered; an answer is over when nothing follows for so long. */
const pause: Millis = 400
/** Whoever is silent longer than this will not answer (a person has taken over, or the server is down). */
const patience: Millis = 5 * SECOND

/**
 * One new person's conversation in a terminal, the whole real way: what is typed is said, what comes back is shown with
 * its buttons numbered. Resolves at the end of the input or at `/thoat`.
 */
export async function terminalChat({ sandbox, channel, input, output, record }: TerminalChatOptions): Promise<void> {
  const typing = 'isTTY' in input && input.isTTY === true
  const citizen = sandbox.platforms[channel].newCitizen()
  const lines = createInterface({ input, output, terminal: typing, prompt: typing ? 'bà con> ' : '' })
  const screen = new Screen(output, typing ? lines : null)
  const stop = citizen.listen((entry) => screen.show(entry))
  screen.say(`Tập dượt trên ${names[channel]}, không gửi ra ngoài. Gõ /giup để xem các lệnh.`)
  try {
    for await (const line of lines) {
      if (line.trim() === '/thoat') break
      const answered = typing ? Promise.resolve() : quiet(citizen)
      const recorded = recordedLine(line, screen.buttons)
      const performed = await perform(citizen, line.trim(), screen)
      if (recorded !== null && performed !== 'not done') record?.(recorded)
      if (performed === 'may be answered') await answered
    }
  } finally {
    stop()
    lines.close()
  }
}

const names: Readonly<Record<ChannelName, string>> = { zalo: 'Zalo', facebook: 'Messenger', telegram: 'Telegram' }

const help = [
  '/nut 2      bấm nút số 2 của tin mới nhất có nút',
  '/bat-dau    mở khung chat lần đầu',
  '/qr MÃ      mở bằng mã QR trên tờ rơi (Messenger, Telegram)',
  '/quan-tam   bấm “Quan tâm” (Zalo)',
  '/anh        gửi một tấm ảnh',
  '/nhan-dan   gửi một nhãn dán',
  '/cb CÂU     cán bộ trả lời trong trang quản lý (Zalo, Messenger)',
  '/chan       chặn tài khoản; /bo-chan: bỏ chặn',
  '/thoat      kết thúc',
]

type Performed = 'may be answered' | 'done' | 'not done'

async function perform(citizen: Citizen, line: string, screen: Screen): Promise<Performed> {
  const [command = '', ...words] = line.split(/\s+/)
  const rest = words.join(' ')
  switch (command) {
    case '': return 'not done'
    case '/giup': return screen.say(help.join('\n'))
    case '/nut': {
      const button = screen.buttons[Number(rest) - 1]
      if (button?.payload == null) return screen.say('Không có nút số ấy để bấm.')
      return told(await citizen.taps(button.payload), screen)
    }
    case '/bat-dau': return told(await citizen.starts(), screen)
    case '/qr': return told(await citizen.starts(rest || null), screen)
    case '/quan-tam': return told(await citizen.follows(), screen)
    case '/anh': return told(await citizen.sendsImage(), screen)
    case '/nhan-dan': return told(await citizen.sendsSticker(), screen)
    case '/cb': return rest === '' ? screen.say('Viết câu của cán bộ sau /cb.') : toldOnly(await citizen.hearsFromStaff(rest), screen)
    case '/chan': return toldOnly(await citizen.leaves(), screen)
    case '/bo-chan': return told(await citizen.returns(), screen)
    default: return told(await citizen.says(line), screen)
  }
}

/** `status`: what our server said to it; null where the channel has no way to tell it. */
function told(status: number | null, screen: Screen): Performed {
  if (status === null) return screen.say('Kênh này không báo việc ấy cho máy chủ.')
  return status === 200 ? 'may be answered' : 'done'
}

/** As `told`, for what the bot does not answer. */
function toldOnly(status: number | null, screen: Screen): Performed {
  return told(status, screen) === 'not done' ? 'not done' : 'done'
}

/** Resolves when something came and then nothing more for a moment, or when patience is over. */
function quiet(citizen: Citizen): Promise<void> {
  return new Promise((resolve) => {
    const over = (): void => {
      stop()
      resolve()
    }
    let timer = setTimeout(over, patience)
    const stop = citizen.listen(({ by }) => {
      if (by !== 'bot') return
      clearTimeout(timer)
      timer = setTimeout(over, pause)
    })
  })
}

class Screen {
  /** Those of the newest message that had any. */
  buttons: Button[] = []
  readonly #output: NodeJS.WritableStream
  readonly #typed: Interface | null

  /** `typed`: somebody sits at the keyboard, and what they are typing must survive a message that comes. */
  constructor(output: NodeJS.WritableStream, typed: Interface | null) {
    this.#output = output
    this.#typed = typed
  }

  /** Words of the terminal's own, or what came: nothing was done to our server. */
  say(text: string): 'not done' {
    if (this.#typed !== null) {
      cursorTo(this.#output, 0)
      clearLine(this.#output, 0)
    }
    this.#output.write(`${text}\n\n`)
    this.#typed?.prompt(true)
    return 'not done'
  }

  show(entry: Entry): void {
    if (entry.by === 'citizen') return
    if (entry.buttons.length > 0) this.buttons = entry.buttons
    const speaker = { bot: 'trợ lý', staff: 'cán bộ', note: '!' }[entry.by]
    const media = entry.media === null ? [] : [`[${entry.media.kind}] ${entry.media.url}`]
    const buttons = entry.buttons.map(({ title, url }, i) => `  [${i + 1}] ${title}${url === null ? '' : ` → ${url}`}`)
    const text = [entry.text, ...media].filter((part) => part !== '').join('\n').replace(/\n(?=.)/g, '\n  ')
    this.say([`${speaker}: ${text}`, ...buttons].join('\n'))
  }
}
