import { createInterface } from 'node:readline/promises'
import { createAccessLog } from '../console/access-log.ts'
import { passwordFault } from '../console/password.ts'
import { moment, visibleLine } from '../console/show.ts'
import { createStaffBook, isStaffRole, nameFault, roleNames, type StaffBook } from '../console/staff.ts'
import type { Store } from '../store/ports.ts'
import { readSettings, UsageError, withStore, type Command, type Terminal } from './command.ts'

const usage = `staff list
  staff add TÊN --role editor|approver|duty|admin [--password-stdin]
  staff role TÊN --role editor|approver|duty|admin
  staff password TÊN [--password-stdin]
  staff disable TÊN | staff enable TÊN
  staff log`

/** Officers who may sign in to the console. The password comes from a prompt or from standard input, never from the command line, where others see it. */
export const staff: Command = async (args, terminal) => {
  const { what, name, role, fromStdin } = readArguments(args)
  return withStore(readSettings(terminal), async (store) => {
    const book = createStaffBook(store)
    switch (what) {
      case 'list': return list(book, terminal)
      case 'log': return showLog(store, terminal)
      case 'add': return add(book, store, { name, role, fromStdin }, terminal)
      case 'password': return done(await exists(book, name) && await book.setPassword(name, await readPassword(name, fromStdin, terminal)), `Đã đặt lại mật khẩu; mọi phiên đăng nhập của ${name} đã kết thúc.`)
      case 'role': return done(await book.change(name, { role: needRole(role) }), `${name} nay có vai trò ${roleNames[needRole(role)]}; mọi phiên đăng nhập đã kết thúc.`)
      case 'disable': return done(await book.change(name, { disabled: true }), `${name} không đăng nhập được nữa; mọi phiên đăng nhập đã kết thúc.`)
      case 'enable': return done(await book.change(name, { disabled: false }), `${name} đăng nhập lại được.`)
    }

    async function done(happened: boolean, text: string): Promise<number> {
      if (!happened) {
        terminal.error(`Không có tài khoản "${visibleLine(name)}". Xem: staff list`)
        return 1
      }
      await noteChange(book, store, { what, name, role })
      terminal.out(visibleLine(text))
      return 0
    }
  })
}

const whats = ['list', 'add', 'role', 'password', 'disable', 'enable', 'log'] as const
type What = (typeof whats)[number]

interface Arguments { what: What; name: string; role: string | null; fromStdin: boolean }

function readArguments(args: readonly string[]): Arguments {
  const words: string[] = []
  let role: string | null = null
  let fromStdin = false
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]!
    if (arg === '--role') role = args[++at] ?? ''
    else if (arg.startsWith('--role=')) role = arg.slice('--role='.length)
    else if (arg === '--password-stdin') fromStdin = true
    else if (arg.startsWith('-')) throw new UsageError(`Không hiểu "${visibleLine(arg)}". Cách dùng: ${usage}`)
    else words.push(arg)
  }
  const what = whats.find((known) => known === words[0])
  const alone = what === 'list' || what === 'log'
  // A name of several words may be written without quotes.
  const name = words.slice(1).join(' ')
  if (what === undefined || (name === '') !== alone || (role === null) === (what === 'add' || what === 'role')) throw new UsageError(`Cách dùng: ${usage}`)
  if (fromStdin && what !== 'add' && what !== 'password') throw new UsageError(`Cách dùng: ${usage}`)
  return { what, name, role, fromStdin }
}

function needRole(role: string | null) {
  if (role === null || !isStaffRole(role)) throw new UsageError(`Vai trò là một trong: editor (biên tập), approver (duyệt), duty (trực), admin (quản trị).`)
  return role
}

async function list(book: StaffBook, terminal: Terminal): Promise<number> {
  const accounts = await book.list()
  for (const { name, role, disabled, since } of accounts) terminal.out([visibleLine(name), roleNames[role], disabled ? 'đã khóa' : 'đang dùng', `từ ${moment(since)}`].join('\t'))
  if (accounts.length === 0) terminal.out('Chưa có tài khoản cán bộ nào, trang quản trị chưa mở. Thêm: staff add TÊN --role admin')
  return 0
}

async function add(book: StaffBook, store: Store, { name, role, fromStdin }: Omit<Arguments, 'what'>, terminal: Terminal): Promise<number> {
  const wanted = needRole(role)
  const fault = nameFault(name)
  if (fault !== null) throw new UsageError(fault)
  if (await book.find(name) !== null) {
    terminal.error(`Đã có tài khoản "${name}".`)
    return 1
  }
  const added = await book.add(name, wanted, await readPassword(name, fromStdin, terminal), Date.now())
  if (!added) {
    terminal.error(`Đã có tài khoản "${name}".`)
    return 1
  }
  await noteChange(book, store, { what: 'add', name, role: wanted })
  terminal.out(`Đã thêm ${name}, vai trò ${roleNames[wanted]}. Đăng nhập tại /quan-tri.`)
  return 0
}

const exists = async (book: StaffBook, name: string): Promise<boolean> => await book.find(name) !== null

/** In the words of the staff pages, whose log it is. */
async function noteChange(book: StaffBook, store: Store, { what, name, role }: Omit<Arguments, 'fromStdin'>): Promise<void> {
  const about = (await book.find(name))?.name ?? name
  const reason = what === 'password' ? 'đặt lại mật khẩu' : what === 'disable' ? 'khóa' : what === 'enable' ? 'mở khóa' : `vai trò ${roleNames[needRole(role)]}`
  await createAccessLog(store).append({ at: Date.now(), who: 'dòng lệnh', action: what === 'add' ? 'staff_added' : 'staff_changed', about, count: null, reason })
}

async function showLog(store: Store, terminal: Terminal): Promise<number> {
  const log = createAccessLog(store)
  for (const { at, who, action, about, count, reason } of (await log.latest(200)).reverse()) {
    terminal.out([moment(at), who, action, about, count ?? '', reason].map((cell) => visibleLine(String(cell))).join('\t'))
  }
  const { lines, head, brokenAt } = await log.verify()
  terminal.out(brokenAt === null ? `Nhật ký nguyên vẹn: ${lines} dòng, mã cuối ${head}` : `Nhật ký đã bị sửa hoặc mất từ dòng ${brokenAt}.`)
  return brokenAt === null ? 0 : 1
}

/** Throws `UsageError` with what is wrong with the password. */
async function readPassword(name: string, fromStdin: boolean, terminal: Terminal): Promise<string> {
  const password = fromStdin ? await firstLine(terminal) : await prompt(terminal)
  const fault = passwordFault(password, name)
  if (fault !== null) throw new UsageError(fault)
  return password
}

async function firstLine({ input }: Terminal): Promise<string> {
  for await (const line of createInterface({ input })) return line
  return ''
}

/** Asks at the terminal, twice, without showing what is typed. */
async function prompt(terminal: Terminal): Promise<string> {
  const { input } = terminal
  if (!('isTTY' in input) || input.isTTY !== true) throw new UsageError('Không có bàn phím để gõ mật khẩu: dùng --password-stdin.')
  terminal.error('Mật khẩu (không hiện khi gõ), rồi Enter:')
  const first = await hiddenLine(input as NodeJS.ReadStream)
  terminal.error('Gõ lại mật khẩu:')
  if (await hiddenLine(input as NodeJS.ReadStream) !== first) throw new UsageError('Hai lần gõ không giống nhau.')
  return first
}

const ctrlC = '\u0003'

function hiddenLine(input: NodeJS.ReadStream): Promise<string> {
  input.setRawMode(true)
  input.setEncoding('utf8')
  input.resume()
  return new Promise((resolve, reject) => {
    let typed = ''
    const end = (settle: () => void): void => {
      input.off('data', read)
      input.setRawMode(false)
      input.pause()
      settle()
    }
    const read = (keys: string): void => {
      for (const key of keys) {
        if (key === ctrlC) return end(() => reject(new UsageError('Đã dừng.')))
        if (key === '\r' || key === '\n') return end(() => resolve(typed))
        typed = key === '\u007f' || key === '\b' ? [...typed].slice(0, -1).join('') : typed + key
      }
    }
    input.on('data', read)
  })
}
