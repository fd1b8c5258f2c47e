import type { ModelSettings } from '../config.ts'
import { askedToday, readSwitch, setSwitch } from '../conversation/model-register.ts'
import { tellTime } from '../core/time.ts'
import type { Register } from '../store/ports.ts'
import { readSettings, readWords, UsageError, withStore, type Command } from './command.ts'

const usage = 'model on | off | status'

/** `model off`: no question goes to the model any more, from the next one on; `model on` lets them again; `model status`. Works beside a running server. */
export const model: Command = async (args, terminal) => {
  const [what] = readWords(args, { usage, least: 1 }).words
  if (what !== 'on' && what !== 'off' && what !== 'status') throw new UsageError(`Không hiểu "${what}". Cách dùng: ${usage}`)
  const config = readSettings(terminal)
  return withStore(config, async (store) => {
    const now = Date.now()
    if (what !== 'status') await setSwitch(store, what === 'on', now)
    for (const line of await describeModel(config.model, store, now)) terminal.out(line)
    return 0
  })
}

/** Where it runs, whether it is switched on, how much of the day is used. One sentence a line. */
export async function describeModel(settings: ModelSettings | null, register: Register, now: number): Promise<string[]> {
  const { on, since } = await readSwitch(register)
  const turned = since === null ? '' : `, từ ${tellTime(since, now)}`
  const state = `Công tắc mô hình: ${on ? 'bật' : 'TẮT'}${turned}.`
  if (settings === null) return ['Chưa đặt OPENAI_MODEL: trợ lý trả lời chỉ bằng các mục.', state]
  const { host, inVietnam, perDay, perContactADay, model: name } = settings
  return [
    `Mô hình ${name} tại ${host}: ${inVietnam ? 'có trong MODEL_HOSTS_IN_VIETNAM' : 'không có trong MODEL_HOSTS_IN_VIETNAM, chỉ dùng cho người đã đồng ý'}.`,
    state,
    `Hôm nay đã hỏi ${await askedToday(register, now)} trên ${perDay} lần; mỗi người nhiều nhất ${perContactADay} lần.`,
  ]
}
