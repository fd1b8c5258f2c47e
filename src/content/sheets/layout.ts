/** Which sheets there are and what stands in their columns: read by people, so the headings are theirs. */

export type SheetName = 'articles' | 'questions' | 'sources' | 'actions' | 'flows' | 'replies'

export interface Column {
  /** For `text` and `words` in articles: the key of the front matter, `short` and `details` apart. */
  id: string
  heading: string
  /** In characters. */
  width: number
  /**
   * `key`: which thing the row is about. `order`: its place in a list. `text`, `day`: written back. `words`: likewise, one phrase
   * per line. `fixed`: counts for new rows only. `helper`: there for the reader. `remove`: an x takes the item out. `stamp`: the version exported.
   */
  role: 'key' | 'order' | 'text' | 'day' | 'words' | 'fixed' | 'helper' | 'remove' | 'stamp'
}

export interface Sheet {
  name: SheetName
  title: string
  /** The file's name in a folder of CSV files. */
  csv: string
  columns: readonly Column[]
  /** Rows are items of this list of an article; null where each row is one thing that is always there. */
  list: { key: string; item: 'text' | 'group'; noun: string } | null
  /** Empty rows kept ready for typing into. */
  spareRows: number
}

const column = (role: Column['role'], id: string, heading: string, width: number): Column => ({ role, id, heading, width })
const stamp = column('stamp', 'stamp', 'Dấu (đừng sửa)', 16)
const remove = column('remove', 'remove', 'Bỏ (ghi x)', 11)
const order = column('order', 'order', 'STT', 6)
const article = [column('key', 'id', 'Mã mục', 26), column('helper', 'of', 'Tiêu đề mục', 32)]

export const sheets: readonly Sheet[] = [
  {
    name: 'articles', title: 'Mục hỏi–đáp', csv: 'muc-hoi-dap.csv', list: null, spareRows: 20,
    columns: [
      column('key', 'id', 'Mã mục', 26),
      column('fixed', 'group', 'Nhóm', 16),
      column('text', 'title', 'Tiêu đề', 34),
      column('text', 'short', 'Trả lời ngắn', 60),
      column('text', 'details', 'Các bước, chi tiết', 80),
      column('day', 'reviewed', 'Ngày rà soát', 13),
      column('day', 'review_by', 'Hạn rà soát', 13),
      column('text', 'owner', 'Phụ trách', 24),
      column('words', 'related', 'Mục liên quan', 28),
      column('words', 'assets', 'Tệp kèm theo', 20),
      column('day', 'withdrawn', 'Ngày rút', 13),
      column('text', 'replaced_by', 'Mục thay thế', 20),
      stamp,
    ],
  },
  {
    name: 'questions', title: 'Câu hỏi', csv: 'cau-hoi.csv', list: { key: 'questions', item: 'text', noun: 'Câu hỏi' }, spareRows: 200,
    columns: [...article, order, column('text', 'question', 'Câu hỏi', 80), remove, stamp],
  },
  {
    name: 'sources', title: 'Nguồn', csv: 'nguon.csv', list: { key: 'sources', item: 'group', noun: 'Nguồn' }, spareRows: 50,
    columns: [...article, order, column('text', 'title', 'Tên nguồn', 60), column('text', 'number', 'Số hiệu', 18), column('day', 'date', 'Ngày', 13), column('text', 'url', 'Đường dẫn', 50), remove, stamp],
  },
  {
    name: 'actions', title: 'Nút', csv: 'nut.csv', list: { key: 'actions', item: 'group', noun: 'Nút' }, spareRows: 50,
    columns: [...article, order, column('text', 'title', 'Chữ trên nút', 40), column('text', 'url', 'Đường dẫn', 50), remove, stamp],
  },
  {
    name: 'flows', title: 'Lời kịch bản', csv: 'loi-kich-ban.csv', list: null, spareRows: 0,
    columns: [
      column('key', 'flow', 'Kịch bản', 20),
      column('key', 'step', 'Bước', 18),
      column('key', 'place', 'Chỗ', 16),
      column('text', 'text', 'Lời', 70),
      column('words', 'words', 'Cách nói khác (mỗi dòng một cách)', 40),
      column('helper', 'leads', 'Dẫn tới', 26),
      stamp,
    ],
  },
  {
    name: 'replies', title: 'Câu soạn sẵn', csv: 'cau-soan-san.csv', list: null, spareRows: 0,
    columns: [column('key', 'key', 'Khóa', 26), column('helper', 'part', 'Phần', 30), column('text', 'text', 'Lời', 110), stamp],
  },
]

export const sheetNamed = (name: SheetName): Sheet => sheets.find((sheet) => sheet.name === name)!

/** The columns whose cells are written back. */
export const writtenColumns = ({ columns }: Sheet): Column[] => columns.filter(({ role }) => role === 'text' || role === 'day' || role === 'words')

/** Name of the sheet that tells how to use the others; passed over when read. */
export const guideTitle = 'Hướng dẫn'
