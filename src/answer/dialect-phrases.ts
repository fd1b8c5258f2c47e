import { fold } from '../core/text.ts'
import { phraseReader } from './chat-spellings.ts'

/** Without marks some of these are ordinary words: điện thoại tôi, bảo làm. */
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
