import { fold } from '../core/text.ts'
import { phraseReader, table } from './chat-spellings.ts'
import { isBare } from './syllable.ts'

/** Words of the regions that hardly ever mean anything else; what else they mean stands in `otherThanRegional`. Typed with their marks. */
export const regionalWords = table(`
  mô = đâu | nào
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
  hổng hông nỏ = không
  lãnh = nhận
  lộn = nhầm
  lẹ = nhanh
  rớt = mất
  kêu = gọi
  mệ = mẹ | bà
  biểu = bảo
  dỏm = giả
  bịnh = bệnh
  dòm ngó = xem
  dô zô = vào
  kiếm kím = tìm
`)

/** Of these, far commoner words once the marks are gone: nó. */
export const seldomMeantBare: ReadonlySet<string> = new Set(['nỏ'])

/** More words of the regions, from Thanh Hóa to Cà Mau: read as the common one where the articles have that. */
export const dialectWords = table(`
  má mạ mế = mẹ
  tía thầy = cha
  ôông = ông
  eng = anh
  gấy = vợ
  nhông = chồng
  mầy = mày
  tau choa = tôi
  ổng = ông
  hắn hấn = nó
  nẫu = người
  sanh = sinh
  tánh = tính
  chánh = chính
  lịnh = lệnh
  nhứt = nhất
  nhơn = nhân
  nhựt = nhật
  gởi = gửi
  thâu = thu
  giựt = giật
  mướn = thuê
  gạt = lừa
  xạo dóc = giả
  hăm = dọa
  méc = báo
  cúp = cắt
  hư = hỏng
  lượm lụm = nhặt
  lĩnh = nhận
  nhiêu = bao nhiêu
  đặng = để | được
  hôn hôông = không
  nác = nước
  đàng = đường
  dìa dề vìa = về
  dzô dào = vào
  dợ = vợ
  dới = với
  dzậy dẫy vại = vậy
  ri vầy nầy = này
  dzị dẩy = vậy
  reng = sao
  viền = về
  mơi = mai
  ngưng = ngừng
  kiếng = kính
  huê = hoa
  nhởi = chơi
  trốc = đầu
  nhủ = bảo
  gin = gần
  thúi = thối
  bầy = bọn
  hổm = hôm
  nẳm = trước
  tê tề = kia
  trển = trên
  ngoải = ngoài
  trỏng = trong
  bển = bên
  trửa = giữa
  chộ = thấy
  phây phêy = facebook
  bự nậy = to
  ngái = xa
  bẩu = bảo
  giời = trời
  dừ giừ = giờ
  bựa = hôm
  mằn lồm nàm = làm
  noái = nói
  lào = nào
  rầu rùi gồi = rồi
  chớ chơ = chứ
  quài riết miết = mãi
  nạt = dọa
  rầy = mắng
  liền = ngay
`)

/** Words of the regions that mean something else just as often: read as the common one only where its neighbours in the articles say so. */
export const perhapsDialect = table(`
  bữa = hôm
  cấy = cái
  nạp = nộp
  ngài = người
  ôn = ông
  phụ = giúp
  hối = giục
  dụ = lừa
  hãng = công ty
  túi = tối
  mau = nhanh
  tiệm = quán
  dị = vậy
  cỡ = khoảng
  bể = hỏng | vỡ
  mắc = đắt
  hình = ảnh
  bóp = ví
  ba = bố
  ảnh = anh
  chỉ = chị
  bả = bà
  cổ = cô
  o = cô
  ả = chị
  mi = mày
  bọ = bố
  thơ = thư
  rà = quét
  lưa = còn
  ưng = muốn
  hù = dọa
  hại = sợ
  đập = đánh
  nón = mũ
  trái = quả
  cậy = nhờ
  lời = lãi
  dậy = vậy
  hoài = mãi
  ví = với
  bổn = bản
  hung = không
  nì = này
  côi = trên
`)

const withMarks = `
  bây giờ = chừ đây
  sáng nay = mai ni
  tối qua = hồi hôm
  lừa đảo = gạt lấy
  điện lực = nhà đèn
  tiền lãi = tiền lời
  lấy nhau = lấy chắc
  thế này = như ri | ra ri
  hôm trước = bữa tê
  mấy hôm nay = bữa rày
  bao nhiêu = bao lăm | mấy lăm
  vì sao = can chi | mắc chi | cớ chi
  kết hôn = lấy dợ
  trẻ con = tụi nhỏ | lũ nhỏ | bầy nhỏ | mấy nhỏ
  giống hệt = in hịt | y xì
  hết = hết trọi | hết ráo
  gọi điện = điện thoại tới | phôn | gọi phôn`
/** Told from other words without their marks too. */
const eitherWay = `
  bây giờ = bây chừ | bây dừ
  sáng nay = sáng ni
  trưa nay = trưa ni
  chiều nay = chiều ni
  tối nay = tối ni | túi ni
  tối qua = túi qua
  năm nay = năm ni
  chúng tôi = bầy tui | bầy choa | tụi tui | bọn tui
  lừa đảo = gạt gẫm | lường gạt | lừa gạt | gạt tiền | xí gạt | dụ khị
  giấy tờ = giấy má
  mai kia = mơi mốt
  hàng xóm = lối xóm
  trước đây = hồi nẳm
  hôm nay = bữa ni | bữa nay | hôm ni | bựa ni | bựa nay
  hôm trước = bữa hổm | hôm tê | hôm bữa | bựa trước | bữa trước
  mấy hôm nay = hổm rày | mấy bữa ni | mấy bữa nay | mấy bữa rày
  bao nhiêu = bao nhiu
  vì sao = mắc mớ chi | cớ răng
  bệnh viện = nhà thương
  ngân hàng = nhà băng
  ô tô = xe hơi
  xe máy = xe hon đa | xe honda | xe gắn máy
  móc túi = móc bóp
  kết hôn = hôn thú | giá thú
  sổ đỏ = bằng khoán
  trẻ con = sắp nhỏ | mấy đứa nhỏ | bầy trẻ
  ảnh = tấm hình | bức hình
  chụp ảnh = chụp hình
  con dấu = con mộc
  đóng dấu = đóng mộc
  công an = bót cảnh sát
  giống hệt = y chang | y hịt | y như đúc
  hết = hết trơn | hết sạch | hết nhẵn
  tính sao = tính răng | liệu răng`
const phrases = phraseReader(`${withMarks}${eitherWay}`)
const barePhrases = phraseReader(eitherWay.replace(/=.*/g, fold))

/** Behind these, "mô" asks which one, not where. */
const counted: ReadonlySet<string> = new Set(`
  khi lúc hồi bữa ngày tháng năm giờ chỗ nơi bên cái con người thằng đứa ông bà anh chị ai số mã trang xã huyện tỉnh phường thôn giấy tờ cách kiểu thứ loại đồng phòng nhà hàng máy mạng app việc mục chi nút lối đường`.trim().split(/\s+/))

/**
 * The words of a message with what the regions call by two words and more as the common words. `pair`: what stands beside
 * each other in the articles, which is no dialect where it was typed without marks.
 */
export function commonPhrases(said: readonly string[], pair: (first: string, second: string) => boolean): readonly string[] {
  return barePhrases(phrases(said.includes('mô') ? said.map((word, at) => (word === 'mô' && counted.has(said[at - 1] ?? '') ? 'nào' : word)) : said), pair)
}

/** Pairs in which such a word is not the regional one. */
export const otherThanRegional: ReadonlySet<string> = new Set(`
  mô hình|mô tả|mô phỏng|quy mô|vĩ mô|đau răng|răng hàm|nhổ răng|trồng răng|răng sứ|răng khôn|sâu răng|răng sâu|niềng răng|răng giả|răng sữa|trám răng|răng cửa|khám răng|chi phí|chi nhánh|chi trả|chi tiết|chi cục|chi bộ|chi tiêu|chi hội|chi đoàn|thu chi|chi ngân
  vô dụng|vô ích|vô tích|vô nghĩa|vô hiệu|vô tình|vô lý|vô hạn|vô cùng|vô danh|vô ý|coi thường|trông coi|coi chừng|lãnh đạo|lãnh sự|lãnh thổ|thiệt hại|thua thiệt|lộn xộn|kêu gọi|kêu cứu|hông xe|tiêu biểu|đại biểu|biểu mẫu|biểu tượng|biểu đồ|biểu phí|biểu hiện|biểu dương|biểu diễn|phát biểu|thời biểu|nỏ thần|cung nỏ|kiếm tiền|kiếm sống|kiếm thêm|tìm kiếm|kiếm chuyện|kết hôn|ly hôn|li hôn|hôn nhân|hôn phối|hôn lễ|tái hôn|tảo hôn|đính hôn|cầu hôn|từ hôn|gạt tàn|gạt nước|gạt mưa|gạt bỏ|cấy mạ|gieo mạ|mạ non|mạ vàng|mạ kền|gò má|đôi má|má phanh|tía tô|đỏ tía|lĩnh vực|bản lĩnh|thủ lĩnh|lĩnh án|bao nhiêu|đặng văn|đặng thị|họ đặng|hăm hai|hăm ba|hăm mốt|hăm lăm|hư hỏng|cúp xe|giải cúp|xe cúp|rớt xuống|rớt giếng|rớt ao|rớt sông|rớt lầu|rớt từ`.split(/[|\n]/).map((pair) => pair.trim()))

/** A word (`Token.marked`) as it would be written where another region's sounds are the same: `xinh`/`sinh`, `sanh`/`sinh`, `nhưt1`/`nhât1`, `biêc1`/`biêt1`. */
export function soundAlikes(word: string): string[] {
  const { letters, tone } = /^(?<letters>.*?)(?<tone>\d?)$/u.exec(word)!.groups as { letters: string; tone: string }
  const begun = beginnings.flatMap(([written, others]) => (letters.startsWith(written) ? others.map((other) => other + letters.slice(written.length)) : []))
  const sounds = isBare(letters) ? bareEndings : endings
  const ended = [letters, ...begun].flatMap((form) => sounds.flatMap(([written, others]) => (form.endsWith(written) ? others.map((other) => form.slice(0, -written.length) + other) : [])))
  return [...begun, ...ended].map((form) => form + tone)
}

/** Told apart in some regions only: x/s, ch/tr, d/gi/r/v, l/n, g/r. */
const beginnings: readonly [string, readonly string[]][] = [
  ['x', ['s']], ['s', ['x']], ['ch', ['tr']], ['tr', ['ch']], ['gi', ['d', 'r', 'v']], ['d', ['gi', 'r', 'v']], ['r', ['d', 'gi', 'g']], ['g', ['r']], ['l', ['n']], ['n', ['l']], ['v', ['d', 'gi']],
]
const endings: readonly [string, readonly string[]][] = [
  ['anh', ['inh', 'ênh']], ['inh', ['anh', 'ênh']], ['ưt', ['ât']], ['ơn', ['ân']], ['c', ['t']], ['t', ['c', 'ch']], ['ch', ['t']], ['ng', ['n']], ['n', ['ng', 'nh']], ['nh', ['n']],
  ['iu', ['iêu', 'ưu']], ['ui', ['uôi', 'ôi']], ['ưi', ['ươi']], ['im', ['iêm']], ['ip', ['iêp']], ['ươu', ['ưu', 'iêu']], ['oan', ['an']], ['an', ['oan']], ['oai', ['ai']], ['ai', ['ay', 'oai']], ['ay', ['ai']],
  ['un', ['ôn']], ['ung', ['ông']], ['ong', ['ông']], ['om', ['ôm', 'âm']], ['op', ['ôp', 'âp']],
]
/** The same for words typed without marks. */
const bareEndings: typeof endings = endings.map(([written, others]) => [fold(written), others.map(fold)])
