import { staffRoles, type StaffRole } from '../campaign/life.ts'

/** The one table of what there is in the console and who may use it. The server asks it at every request. */

/** `everyone`: without signing in. */
type Who = readonly StaffRole[] | 'everyone'

const all = staffRoles
const onDuty: readonly StaffRole[] = ['duty', 'admin']
const writing: readonly StaffRole[] = ['editor', 'admin']
const approving: readonly StaffRole[] = ['approver', 'admin']
const resuming: readonly StaffRole[] = ['approver', 'duty', 'admin']

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
  'GET /so-lieu': all,
  'GET /so-lieu/tai-ve': all,
  'GET /binh-luan': onDuty,
  'POST /binh-luan/:key/rieng': onDuty,
  'POST /binh-luan/:key/cong-khai': onDuty,
  'POST /binh-luan/:key/xong': onDuty,
  'GET /thanh-phan': ['admin'],
} as const satisfies Record<string, Who>

export type Route = keyof typeof routes

/** Whether somebody of this role may use the route. */
export const mayUse = (route: Route, role: StaffRole): boolean => {
  const who: Who = routes[route]
  return who === 'everyone' || who.includes(role)
}

/** What stands in the navigation, in this order, for whoever may open it. */
export const sections: readonly { title: string; route: Route; path: string }[] = [
  { title: 'Tổng quan', route: 'GET /', path: root },
  { title: 'Chờ cán bộ', route: 'GET /cho', path: `${root}/cho` },
  { title: 'Bình luận', route: 'GET /binh-luan', path: `${root}/binh-luan` },
  { title: 'Đợt tuyên truyền', route: 'GET /dot', path: `${root}/dot` },
  { title: 'Số liệu', route: 'GET /so-lieu', path: `${root}/so-lieu` },
  { title: 'Thành phần', route: 'GET /thanh-phan', path: `${root}/thanh-phan` },
]

export const signInPath = `${root}/dang-nhap`
export const casePath = (contactKey: string): string => `${root}/cho/${contactKey}`
export const campaignPath = (id: string): string => `${root}/dot/${id}`
export const newCampaignPath = `${root}/dot-moi`
export const figuresPath = `${root}/so-lieu`
export const commentsPath = `${root}/binh-luan`
export const commentPath = (key: string): string => `${commentsPath}/${key}`
