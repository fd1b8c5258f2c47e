/**
 * Short forms and what they may stand for, most usual reading first. Which one is meant is decided by the words beside
 * it (`normalise.ts`). `|` separates readings.
 */
const table = (lines: string): ReadonlyMap<string, string[]> => new Map(lines.trim().split('\n').map((line) => {
  const [written, readings] = line.split('=').map((s) => s.trim()) as [string, string]
  return written.split(/\s+/).map((w): [string, string[]] => [w, readings.split('|').map((s) => s.trim())])
}).flat())

/** Official abbreviations: expanded in articles and in questions. */
export const abbreviations = table(`
  dvc = dịch vụ công
  dvcqg = dịch vụ công quốc gia
  dvctt = dịch vụ công trực tuyến
  cccd = căn cước công dân
  cmnd cmt cmtnd = chứng minh nhân dân
  bhyt = bảo hiểm y tế
  bhxh = bảo hiểm xã hội
  bhtn = bảo hiểm thất nghiệp
  gplx blx = giấy phép lái xe
  tthc = thủ tục hành chính
  ubnd = ủy ban nhân dân
  ttpvhcc pvhcc = phục vụ hành chính công
  tmđt tmdt = thương mại điện tử
  cđs cds = chuyển đổi số
  cntt = công nghệ thông tin
  tncn = thu nhập cá nhân
  csgt = cảnh sát giao thông
  hkd = hộ kinh doanh
  cnsch cnscđ cnscd = công nghệ số cộng đồng
  bdhvs = bình dân học vụ số
  dtts = dân tộc thiểu số
  nhnn = ngân hàng nhà nước
  pakn = phản ánh kiến nghị
  lltp = lý lịch tư pháp
  stk = số tài khoản
  sđt sdt = số điện thoại
`)

/** Chat spellings that are no syllable or hardly ever meant as one: expanded in questions only. */
export const chatSpellings = table(`
  ko k kg kh hok hong hem khum hg kô hôg kog = không
  dc đc dcj = được | địa chỉ
  dk đk = đăng ký | được | điều kiện
  dky đky đký dkí đkí dki đki = đăng ký
  j zì dì = gì
  mk mik = mình | mật khẩu
  pass pas pw = mật khẩu
  ck = chuyển khoản | chồng
  vk = vợ
  cty = công ty
  tk = tài khoản
  acc nick = tài khoản
  dt đt dth đth = điện thoại
  ntn nhuthenao tn = như thế nào
  lm = làm
  s = sao
  r = rồi
  z v = vậy
  bn = bao nhiêu | bạn
  bnh bnhieu = bao nhiêu
  h = giờ
  hs = hồ sơ | học sinh
  hx = hàng xóm
  nh = ngân hàng
  vs zs = với
  ng ngừi = người
  ngta = người ta
  nt ntin = nhắn tin
  e = em
  tr = triệu
  fb face fbook = facebook
  zl = zalo
  ib inb = nhắn tin
  onl = online
  pp = hộ chiếu
  passport pasport = hộ chiếu
  sv = sinh viên
  nv = nhân viên
  hk = hộ khẩu | học kỳ
  ks = khai sinh
  tt = thông tin | thanh toán | thủ tục
  ttoan = thanh toán
  gd = giao dịch | gia đình
  nq = nghị quyết
  qđ qd = quyết định
  tp = thành phố
  ct = chủ tịch | chương trình
  cb = cán bộ
  gt = giấy tờ
  gtờ = giấy tờ
  bv = bệnh viện
  ld lđ = lừa đảo
  dag đag = đang
  trc = trước
  bik bt bit = biết
  thik = thích
  mún = muốn
  wa qá = quá
  nma nhma = nhưng mà
  thui = thôi
  vnid vneld vnied vneiđ vneit vnei = vneid
  mxh = mạng xã hội
  qc = quảng cáo
  th = trường hợp | thôi
  hd hđ = hướng dẫn | hợp đồng
  hdan = hướng dẫn
  xn = xác nhận
  xm = xe máy
  ktra = kiểm tra
  bme = bố mẹ
  trog = trong
  cug cx = cũng
  pải fải = phải
  fí = phí
  lik = link
  ctv = cộng tác viên
  bđs bds = bất động sản
  hh = hoa hồng
  nx = nữa
  mn = mọi người
  bh = bây giờ | bao giờ
  nhìu = nhiều
  lun = luôn
  mih = mình
  k0 = không
  tkhoan = tài khoản
  kq = kết quả
  hp = học phí
  fake = giả
`)

/** Words of the regions that are also other words, as those others stand in `otherThanRegional`. Typed with their marks. */
export const regionalWords = table(`
  mô = đâu
  răng = sao
  rứa = vậy
  chi = gì
  chừ = giờ
  mần = làm
  tui = tôi
  nớ = đó
  ni = này
  vô = vào
  coi = xem
  xài = dùng
  thiệt = thật
  giùm dùm = giúp
  lãnh = nhận
  lộn = nhầm
  lẹ = nhanh
  rớt = mất
  kêu = gọi
  hổng hông nỏ = không
  mệ = mẹ
  biểu = bảo
  dỏm = giả
  bịnh = bệnh
  dòm ngó = xem
  dô zô = vào
  kiếm = tìm
`)

/** Pairs in which such a word is not the regional one. */
export const otherThanRegional: ReadonlySet<string> = new Set(`
  mô hình|mô tả|mô phỏng|quy mô|vĩ mô|đau răng|răng hàm|nhổ răng|trồng răng|chi phí|chi nhánh|chi trả|chi tiết|chi cục|chi bộ|chi tiêu|chi hội|chi đoàn|thu chi|chi ngân
  vô dụng|vô ích|vô tích|vô nghĩa|vô hiệu|vô tình|vô lý|vô hạn|vô cùng|vô danh|vô ý|coi thường|trông coi|coi chừng|lãnh đạo|lãnh sự|lãnh thổ|thiệt hại|thua thiệt|lộn xộn|kêu gọi|kêu cứu|hông xe|tiêu biểu|đại biểu|biểu mẫu|biểu tượng|biểu đồ|biểu phí|biểu hiện|biểu dương|biểu diễn|phát biểu|thời biểu|nỏ thần|cung nỏ|kiếm tiền|kiếm sống|kiếm thêm|tìm kiếm|kiếm chuyện|rớt xuống|rớt giếng|rớt ao|rớt sông|rớt lầu|rớt từ`.split(/[|\n]/).map((pair) => pair.trim()))
