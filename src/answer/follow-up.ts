import { words } from '../core/text.ts'

/**
 * Words that ask about whatever was spoken of last and name nothing of their own: "mất bao lâu?", "nộp ở đâu vậy ạ?".
 * Folded. A message of these alone is about the article just given.
 */
const aboutTheLast: ReadonlySet<string> = new Set(`
  mat bao lau may ngay bua thang gio khi nao luc hom o dau cho noi dia chi le phi gia tien nhieu het ton cuoc the co khong ko k hong hok ha
  can gi giay to mang theo chuan bi ho so gom nhung cai nay do no kia lam sao cach buoc ra thi ma con vay a ah da nhe nha nhi ad bot em e toi tui minh anh chi
  ai phai duoc dc nop gui xong ket qua lay nhan tra mien phi bn nhu nua roi r xin hoi cho biet voi chi tiet hon ro rua mo rang bang thoi han goi so hotline la
  online tren mang truc tiep nhanh lien muon neu va hay mot lan dau tien cung tai j`.trim().split(/\s+/))

/** The message must ask something: one of these, not politeness alone. */
const asks: ReadonlySet<string> = new Set('bao may dau gi sao ai nao phi gia tien khong ko k giay cach mo rang buoc lau dia online j bn chi ro'.split(' '))

/** Whether a short message only makes sense with the article given before. */
export function isFollowUp(message: string): boolean {
  const said = words(message)
  return said.length > 0 && said.length <= 10 && said.every((word) => aboutTheLast.has(word)) && said.some((word) => asks.has(word))
}
