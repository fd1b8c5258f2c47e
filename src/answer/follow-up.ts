import { words } from '../core/text.ts'

const wordSet = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/))

/** Words that ask about whatever was spoken of last and name nothing of their own: "mất bao lâu?", "nộp ở đâu vậy ạ?". Folded. */
const aboutTheLast = wordSet(`
  mat bao lau may ngay bua thang gio khi nao luc hom o dau cho noi dia chi le phi gia tien nhieu het ton cuoc the co khong ko k hong hok ha
  can gi giay to mang theo chuan bi gom nhung cai nay do no kia lam sao cach buoc ra thi ma con vay a ah da nhe nha nhi ad bot em e toi tui minh anh chi
  ai phai duoc dc nop gui xong ket qua lay nhan tra mien phi bn nhu nua roi r xin hoi biet voi chi tiet hon ro rua mo rang bang thoi han la nhanh lien muon neu va hay mot lan tai j`)

/** These may be about the article given before, or a subject of their own: "nộp hồ sơ trực tuyến thế nào?". */
const eitherWay = wordSet('ho so online tren mang truc tuyen tiep goi dien hotline qua')

/** The message must ask something: one of these, not politeness alone. */
const asks = wordSet('bao may dau gi sao ai nao phi gia tien khong ko k giay cach mo rang buoc lau dia online j bn chi ro')

/**
 * Whether a short message only makes sense with the article given before: `surely`, `perhaps` (where no article answers
 * it by itself), or not.
 */
export function followsUp(message: string): 'surely' | 'perhaps' | 'no' {
  const said = words(message)
  if (said.length === 0 || said.length > 10 || !said.some((word) => asks.has(word))) return 'no'
  if (said.every((word) => aboutTheLast.has(word))) return 'surely'
  return said.every((word) => aboutTheLast.has(word) || eitherWay.has(word)) ? 'perhaps' : 'no'
}
