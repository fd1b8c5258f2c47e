import { staffRoles, type StaffRole } from '../campaign/life.ts'

/** The one table of what there is in the console and who may use it. The server asks it at every request. */

/** `everyone`: without signing in. */
type Who = readonly StaffRole[] | 'everyone'

const all = staffRoles
const onDuty: readonly StaffRole[] = ['duty', 'admin']
const writing: readonly StaffRole[] = ['editor', 'admin']
const approving: readonly StaffRole[] = ['approver', 'admin']
const resuming: readonly StaffRole[] = ['approver', 'duty', 'admin']
const trying: readonly StaffRole[] = ['editor', 'approver', 'admin']

export const root = '/quan-tri'

export const routes = {
  'GET /giao-dien.css': 'everyone',
  'GET /trang.js': 'everyone',
  'GET /dang-nhap': 'everyone',
  'POST /dang-nhap': 'everyone',
  'POST /dang-xuat': all,
  'GET /mat-khau': all,
  'POST /mat-khau': all,
  'GET /': all,
  'GET /cho': onDuty,
  'GET /cho/:key': onDuty,
  'POST /cho/:key/nhan': onDuty,
  'POST /cho/:key/tra-loi': onDuty,
  'POST /cho/:key/tra-lai': onDuty,
  'POST /cho/:key/dong': onDuty,
  'GET /dot': all,
  'GET /dot-moi': writing,
  'POST /dot-moi': writing,
  'GET /dot/:id': all,
  'GET /dot/:id/tien-do': all,
  'POST /dot/:id/trinh': writing,
  'POST /dot/:id/duyet': approving,
  'POST /dot/:id/tra-lai': approving,
  'POST /dot/:id/tam-dung': all,
  'POST /dot/:id/chay-tiep': resuming,
  'POST /dot/:id/huy': approving,
  'GET /dot/:id/chua-ro': resuming,
  'POST /dot/:id/chua-ro': resuming,
  'POST /dot/:id/tiep-can': all,
  'POST /dot/:id/gui-thu': trying,
  'GET /dot/:id/nguoi-nhan': resuming,
  'POST /dot/:id/nguoi-nhan': resuming,
  'GET /dot/:id/dinh-chinh': all,
  'POST /dot/:id/dinh-chinh': all,
  'POST /dot/:id/dinh-chinh/xac-nhan': approving,
  'POST /dot/:id/dinh-chinh/bo': approving,
  'GET /dot-lich': all,
  'GET /dot-dau': writing,
  'POST /dot-dau': writing,
  'GET /dot-bai': writing,
  'POST /dot-bai': writing,
  'GET /dot-anh': writing,
  'POST /dot-anh': writing,
  'GET /dot-may': ['admin'],
  'POST /dot-may': ['admin'],
  'GET /so-lieu': all,
  'GET /so-lieu/tai-ve': all,
  'GET /qr': all,
  'GET /qr/in': all,
  'GET /qr/ma.svg': all,
  'GET /viec': all,
  'POST /viec-don-vi': writing,
  'POST /viec-tep': writing,
  'GET /viec/:id': all,
  'POST /viec/:id': writing,
  'POST /viec/:id/bo': writing,
  'GET /viec/:id/mau.xlsx': all,
  'GET /bao-cao': all,
  'POST /bao-cao': writing,
  'GET /bao-cao/tai-ve': all,
  'GET /binh-luan': onDuty,
  'POST /binh-luan/:key/rieng': onDuty,
  'POST /binh-luan/:key/cong-khai': onDuty,
  'POST /binh-luan/:key/xong': onDuty,
  'GET /noi-dung': all,
  'GET /noi-dung/muc/:id': all,
  'GET /noi-dung/kich-ban/:id': all,
  'GET /noi-dung/tep': all,
  'POST /noi-dung/tep': trying,
  'GET /noi-dung/sua': writing,
  'POST /noi-dung/sua': writing,
  'GET /noi-dung/moi': writing,
  'POST /noi-dung/moi': writing,
  'GET /noi-dung/nhap/:id': all,
  'POST /noi-dung/nhap/:id/trinh': writing,
  'POST /noi-dung/nhap/:id/dang': approving,
  'POST /noi-dung/nhap/:id/tra-lai': approving,
  'POST /noi-dung/nhap/:id/ghep': trying,
  'POST /noi-dung/nhap/:id/bo': writing,
  'GET /noi-dung/bang': writing,
  'GET /noi-dung/bang/tai-ve': writing,
  'POST /noi-dung/bang': writing,
  'GET /noi-dung/cau-hoi': all,
  'POST /noi-dung/cau-hoi': writing,
  'POST /noi-dung/cau-hoi/bao-cao': trying,
  'GET /du-lieu': onDuty,
  'POST /du-lieu': onDuty,
  'GET /du-lieu/:id': onDuty,
  'POST /du-lieu/:id/tai-ve': onDuty,
  'POST /du-lieu/:id/xong': onDuty,
  'GET /du-lieu/:id/xoa': ['admin'],
  'POST /du-lieu/:id/xoa': ['admin'],
  'GET /nhat-ky': ['approver', 'admin'],
  'POST /nhat-ky': ['approver', 'admin'],
  'GET /can-bo': ['admin'],
  'POST /can-bo': ['admin'],
  'POST /can-bo/vai-tro': ['admin'],
  'POST /can-bo/khoa': ['admin'],
  'POST /can-bo/mo': ['admin'],
  'POST /can-bo/mat-khau': ['admin'],
  'GET /thanh-phan': ['admin'],
} as const satisfies Record<string, Who>

/** Where a form may bring a large file, and of how many bytes at most. */
export const uploads: Readonly<Record<string, number>> = { [`${root}/noi-dung/bang`]: 5 * 1024 * 1024, [`${root}/viec-tep`]: 2 * 1024 * 1024, [`${root}/viec-don-vi`]: 512 * 1024, [`${root}/dot-anh`]: 1_200 * 1024 }

export type Route = keyof typeof routes

/** Whether somebody of this role may use the route. */
export const mayUse = (route: Route, role: StaffRole): boolean => {
  const who: Who = routes[route]
  return who === 'everyone' || who.includes(role)
}

/** What stands in the navigation, in this order, for whoever may open it; what is not for every day is folded away. */
export const sections: readonly { title: string; route: Route; path: string; daily?: true }[] = [
  { title: 'Tổng quan', route: 'GET /', path: root, daily: true },
  { title: 'Chờ cán bộ', route: 'GET /cho', path: `${root}/cho`, daily: true },
  { title: 'Bình luận', route: 'GET /binh-luan', path: `${root}/binh-luan`, daily: true },
  { title: 'Đợt tuyên truyền', route: 'GET /dot', path: `${root}/dot`, daily: true },
  { title: 'Nội dung', route: 'GET /noi-dung', path: `${root}/noi-dung`, daily: true },
  { title: 'Việc các đơn vị', route: 'GET /viec', path: `${root}/viec` },
  { title: 'Báo cáo', route: 'GET /bao-cao', path: `${root}/bao-cao` },
  { title: 'Số liệu', route: 'GET /so-lieu', path: `${root}/so-lieu` },
  { title: 'QR và liên kết', route: 'GET /qr', path: `${root}/qr` },
  { title: 'Dữ liệu cá nhân', route: 'GET /du-lieu', path: `${root}/du-lieu` },
  { title: 'Nhật ký', route: 'GET /nhat-ky', path: `${root}/nhat-ky` },
  { title: 'Tài khoản cán bộ', route: 'GET /can-bo', path: `${root}/can-bo` },
  { title: 'Thành phần', route: 'GET /thanh-phan', path: `${root}/thanh-phan` },
]

export const signInPath = `${root}/dang-nhap`
export const waitingPath = `${root}/cho`
export const casePath = (contactKey: string): string => `${waitingPath}/${contactKey}`
export const campaignPath = (id: string): string => `${root}/dot/${id}`
export const newCampaignPath = `${root}/dot-moi`
export const calendarPath = `${root}/dot-lich`
export const campaignHeadPath = `${root}/dot-dau`
export const postFormPath = `${root}/dot-bai`
export const picturesPath = `${root}/dot-anh`
export const phonesPath = `${root}/dot-may`
export const figuresPath = `${root}/so-lieu`
export const commentsPath = `${root}/binh-luan`
export const commentPath = (key: string): string => `${commentsPath}/${key}`
export const linksPath = `${root}/qr`
export const registerPath = `${root}/viec`
export const unitsPath = `${root}/viec-don-vi`
export const unitFilePath = `${root}/viec-tep`
export const reportPath = `${root}/bao-cao`
export const requestsPath = `${root}/du-lieu`
export const requestPath = (id: string): string => `${requestsPath}/${id}`
