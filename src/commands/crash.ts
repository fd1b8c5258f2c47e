import { errorName } from '../core/error-name.ts'

/** What may be said of an error that nobody caught: its name and the places it came through. Its message may quote a row, so somebody's words. */
export function crashReport(error: unknown): string {
  const { stack = '', message } = error instanceof Error ? error : { message: '' }
  const places = stack.slice(stack.indexOf(message) + message.length).split('\n').filter((line) => /^\s+at /.test(line))
  return [`Máy chủ dừng vì một lỗi ngoài dự kiến: ${errorName(error)}`, ...places].join('\n')
}
