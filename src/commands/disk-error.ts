const reasons: Readonly<Record<string, string>> = {
  EACCES: 'không có quyền', EPERM: 'không có quyền', EROFS: 'ổ đĩa chỉ cho đọc', ENOSPC: 'ổ đĩa đã đầy', EDQUOT: 'ổ đĩa đã đầy', EFBIG: 'ổ đĩa đã đầy',
  ENOENT: 'không có tệp hoặc thư mục này', EISDIR: 'đó là thư mục, mà cần một tệp', ENOTDIR: 'có tệp nằm ở chỗ phải là thư mục', EEXIST: 'đã có tệp ở đó', EIO: 'ổ đĩa báo lỗi',
}

/** What the system says of a file or folder that a command was told to read or write, as a sentence; null for any other error. */
export function diskSentence(error: Error): string | null {
  const { code, path } = error as NodeJS.ErrnoException
  const reason = code === undefined ? undefined : reasons[code]
  if (reason === undefined || path === undefined) return null
  return `Không đọc hoặc ghi được "${path}": ${reason}. Hãy kiểm tra đường dẫn, quyền và chỗ trống của ổ đĩa.`
}
