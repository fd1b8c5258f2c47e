import { words } from '../core/text.ts'

const stranger = '(?:no|ho|han|nguoi ta|nguoi la|nguoi do|nguoi kia|ben kia|ben do|ben no|dua do|thang do|thang kia|con do|bon no|bon chung|tui no|chung no|so la|so do|co nguoi|dau day ben kia)'
/** These ask for papers and fees every day: not by telephone. */
const office = '(?:can bo|cong an|ngan hang|shop|nhan vien|toa an|tong dai)(?: \\S+){0,3} (?:goi|nhan tin|nhan|alo|ket ban|zalo)'
const wants = '(?:bao|noi|keu|kiu|doi|giuc|bat|du|ep|xin|hoi|yeu cau|doa|ham|nhac|huong dan|nho|muon|moi)'
const goods = '(?:tien|chuyen|ck|coc|phi|nop|nap|ma|otp|the|mat khau|pass|cccd|can cuoc|chung minh|link|duong dan|cai|app|quet|qr|so tai khoan|stk|man hinh|anh)'
const demanded = new RegExp(`\\b(?:${stranger}|${office})(?: \\S+){0,4} ${wants}(?: \\S+){0,6} ${goods}\\b`)
const urged = new RegExp(`\\b${stranger}(?: (?:cu|dang|van|lai|no|do))* (?:giuc|hoi|doa|bat|ep)\\b.{0,40}\\b(?:chuyen|nop|doc|gui|dua|tien|ma)\\b`)
const gone = /\b(?:(?:bi|tu nhien|tu dung) (?:tru|rut) (?:het |mat |sach )?(?:tien|\d\S*)|bi mat tien|mat tien (?:roi|trong|oan|het|tk)|mat sach tien|bay (?:het |mat )?tien|no (?:lay|rut) (?:het |mat |sach )?tien|trung thuong|nap them|chuyen them|coc them)\b/

/** Whether somebody may be asking the writer for money, a code or papers right now, or has taken money. Wide: it only adds a caution to what nobody is sure of. */
export function mayBeCheated(message: string): boolean {
  const said = words(message).join(' ')
  return demanded.test(said) || urged.test(said) || gone.test(said)
}
