import { ConfigError } from '../../config.ts'
import { StoreUnavailable } from '../ports.ts'

/** What the system or PostgreSQL answers at the first connection, in words and with what to do. */
const sentences: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'không kết nối được máy chủ PostgreSQL. Hãy kiểm tra địa chỉ, cổng, và máy chủ đó có đang chạy không',
  ETIMEDOUT: 'máy chủ PostgreSQL không trả lời. Hãy kiểm tra địa chỉ và tường lửa',
  EHOSTUNREACH: 'không tới được máy chủ PostgreSQL. Hãy kiểm tra địa chỉ và mạng',
  ENOTFOUND: 'không có máy chủ tên như trong địa chỉ. Hãy kiểm tra địa chỉ',
  EAI_AGAIN: 'không tra được tên máy chủ trong địa chỉ. Hãy kiểm tra địa chỉ và mạng',
  '28P01': 'tên hoặc mật khẩu không đúng. Hãy kiểm tra địa chỉ, hoặc biến PGPASSWORD',
  '28000': 'máy chủ PostgreSQL không cho người dùng này vào. Hãy kiểm tra pg_hba.conf',
  '3D000': 'chưa có cơ sở dữ liệu này. Hãy tạo bằng lệnh createdb',
  '42501': 'người dùng không có quyền tạo bảng. Hãy cấp quyền CREATE trên cơ sở dữ liệu này',
  '42704': 'máy chủ PostgreSQL quá cũ. Hãy dùng bản 14 trở lên',
  '57P03': 'máy chủ PostgreSQL đang khởi động. Hãy thử lại sau ít giây',
  '25006': 'máy chủ này chỉ cho đọc (bản sao). Hãy dùng địa chỉ của máy chủ chính',
}

/** An error of opening as one sentence for the operator, without address and password. Others as they are. */
export function explainedPostgres(error: unknown): unknown {
  if (!(error instanceof StoreUnavailable)) return error
  const code = codeOf(error.cause)
  const sentence = code === null ? undefined : sentences[code]
  return new ConfigError(`STORE: ${sentence ?? `không mở được kho PostgreSQL (${code ?? 'mất kết nối'}). Hãy kiểm tra địa chỉ và máy chủ`}.`)
}

/** Where a name has several addresses, all of which failed, the errors stand in one. */
function codeOf(error: unknown): string | null {
  const { code, errors } = (error ?? {}) as { code?: unknown; errors?: unknown[] }
  return typeof code === 'string' ? code : errors === undefined ? null : codeOf(errors[0])
}
