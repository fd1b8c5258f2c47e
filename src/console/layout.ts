import { html } from 'hono/html'
import { button, form, unseen } from './components.ts'
import { mayUse, root, sections } from './paths.ts'
import { visible } from './show.ts'
import { roleNames, type StaffAccount } from './staff.ts'

/** Who looks, and with which token their forms are made. */
export interface Viewer { account: StaffAccount; token: string }

export interface PageHead {
  title: string
  /** Path of the section that is open; null where the page is in none. */
  section: string | null
  /** Without the script the page is loaded again after so many seconds; null: never, since somebody may be writing. */
  again: number | null
}

const head = (title: string, province: string, again: number | null) => html`<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${title} – Quản trị Cẩm nang số ${province}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${root}/giao-dien.css">
<script src="${root}/trang.js" defer></script>
${again === null ? '' : html`<noscript><meta http-equiv="refresh" content="${again};url=?tu-dong=1"></noscript>`}
</head>`

/** Whatever stands in a page, nothing in it is invisible or turns the direction of writing. */
const shown = async (made: ReturnType<typeof html>): Promise<string> => visible(String(await made))

function navigation(open: typeof sections, section: string | null): unknown {
  const link = ({ path, title }: (typeof sections)[number]): unknown => html`<li><a href="${path}"${path === section ? html` aria-current="page"` : ''}>${title}</a></li>`
  const [daily, others] = [open.filter((one) => one.daily), open.filter((one) => !one.daily)]
  const here = others.find(({ path }) => path === section)
  return html`<ul class="nav">${daily.map(link)}${others.length === 0 ? '' : html`<li><details class="more"><summary${here === undefined ? '' : html` class="here"`}>${here === undefined ? 'Mục khác' : html`${unseen('Mục khác: ')}${here.title}`}</summary><ul>${others.map(link)}</ul></details></li>`}</ul>`
}

/** A page for somebody who is signed in. `province` is its name, empty while the content is being read. */
export function page(viewer: Viewer, province: string, { title, section, again }: PageHead, body: unknown): Promise<string> {
  const { account, token } = viewer
  return shown(html`${head(title, province, again)}
<body>
<a class="skip" href="#noi-dung">Đến nội dung</a>
<header class="top"><div>
<span class="brand"><a href="${root}">Cẩm nang số ${province}</a></span>
<nav aria-label="Các mục">${navigation(sections.filter(({ route }) => mayUse(route, account.role)), section)}</nav>
</div></header>
<main id="noi-dung">
${body}
</main>
<footer class="foot"><p><bdi>${account.name}</bdi> · ${roleNames[account.role]} · <a href="${root}/mat-khau">Đổi mật khẩu</a></p>
${form(`${root}/dang-xuat`, token, button('Đăng xuất', 'quiet'))}</footer>
</body>
</html>
`)
}

/** A page for somebody who is not signed in. */
export const outsidePage = (province: string, title: string, body: unknown): Promise<string> => shown(html`${head(title, province, null)}
<body>
<a class="skip" href="#noi-dung">Đến nội dung</a>
<header class="top"><div><span class="brand">Cẩm nang số ${province}</span></div></header>
<main id="noi-dung" class="narrow">
${body}
</main>
</body>
</html>
`)
