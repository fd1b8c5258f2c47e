/**
 * Short forms and what they may stand for, most usual reading first. Which one is meant is decided by the words beside
 * it (`normalise.ts`). `|` separates readings.
 */
export const table = (lines: string): ReadonlyMap<string, string[]> => new Map(lines.trim().split('\n').map((line) => {
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
  z v zậy dzay zay zị = vậy
  dzo zo = vào
  dzìa zìa dzề zề = về
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

/** The words of a message with foreign names, as they are heard in two or three words, as those are usually written. */
export const foreignNames = phraseReader(`
  facebook = phây búc | phây bút | phây buk | phê búc | phay buc | phây pút
  zalo = gia lô | da lô | za lô | gia lo | za lo | da lo
  wifi = quai phai | oai phai | goai phai | quoai phai | quai fai | wai phai
  internet = in tơ nét | in tơ nec | in to net | anh tơ nét
  email = i meo | i mêu | e meo | i mêo | y meo
  momo = mô mô | mo mo
  otp = ô tê pê | ô ti pi | o t p | ô tê bê
  atm = a tê em | a tê mờ | ây ti em | a t m
  qr = cu a | quy a | cu e rờ | q r | quy e rờ
  vneid = vê nê ai đi | vi en ai đi | vê en ai đi | vi ni ai đi | vn eid | v n e i d | vê nê i đê | vi nây | vi en i ai đi
  vssid = vê ét ét ai đi | vê ét ét i đê
  app = áp pờ
  sim = xim
  link = linh cờ
  hacker = hắc cơ
  hack = hắc cờ
  tiktok = tóp tóp | tích tốc | tóc tóc
  livestream = lai trim | lai chim | lai xì trim | lai tim
  video = vi đê ô | vi deo | vi déo
  ntrust = nờ trớt | en trớt | n trust | en trust | nờ trất
`)

/** Reads phrases as what they stand for, the longest first: lines of `meant = phrase | phrase`, of a message's words; not those that begin with a pair of words that `unless` names. */
export function phraseReader(lines: string): (said: readonly string[], unless?: (first: string, second: string) => boolean) => readonly string[] {
  const meantBy = new Map(lines.trim().split('\n').flatMap((line) => {
    const [meant, phrases] = line.split('=').map((s) => s.trim()) as [string, string]
    return phrases.split('|').map((phrase): [string, string] => [phrase.trim(), meant])
  }))
  const openings = new Set([...meantBy.keys()].map((phrase) => phrase.split(' ').slice(0, 2).join(' ')))
  const firsts = new Set([...openings].map((opening) => opening.split(' ')[0]!))
  const pattern = new RegExp(` (${[...meantBy.keys()].sort((a, b) => b.length - a.length).join('|')})(?= )`, 'gu')
  return (said, unless = () => false) => (said.some((word, at) => firsts.has(word) && (openings.has(word) || openings.has(`${word} ${said[at + 1]}`))) ? ` ${said.join(' ')} `.replace(pattern, (found, phrase: string) => (unless(...(phrase.split(' ') as [string, string])) ? found : ` ${meantBy.get(phrase)!}`)).trim().split(' ') : said)
}
