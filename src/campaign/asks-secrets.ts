/** What no office ever asks for in a message: whoever learns to send it to us sends it to a fraud next time. */
const secret = String.raw`(?:mã\s+|số\s+)?otp|mật khẩu|mã pin|mã xác (?:thực|nhận|minh)|số (?:thẻ )?(?:căn cước|cccd|cmnd|chứng minh|định danh)|số thẻ (?:ngân hàng|atm|tín dụng)`

/** To be handed to us. What is typed into the state's own apps is another thing: "nhập mật khẩu". */
const handingOver = String.raw`(?<![\p{L}])(?:gửi|gởi|cung cấp|đọc|để lại|phản hồi|trả lời|(?<!tin )nhắn|cho (?:[\p{L}]+ ){0,3}biết)(?![\p{L}])`

const asks = new RegExp(String.raw`${handingOver}(?<between>[^.!?;\n]{0,60}?)(?<![\p{L}])(?:${secret})(?<after>[^.!?;\n]*)`, 'giu')

/** The sentence is about something else: "gửi bà con cách đổi mật khẩu". */
const aboutIt = /(?<!\p{L})(?:cách|hướng dẫn|việc|về|đổi|quên|lấy lại|đặt|giữ|bảo vệ|hỏi|mất|lộ|kiểm tra|tra cứu|bài|mẹo|hồ sơ|tờ khai|đơn|đòi|không|đừng)(?!\p{L})/iu
/** It warns, tells of a fraud, or an app is the one who sends. */
const warnsBefore = /(?<!\p{L})(?:không|đừng|chớ|chẳng|chưa|cấm|có nên|nếu|hễ|ai|kẻ|đối tượng|người lạ|có người|người gọi|lừa|giả|mạo danh|tự xưng|cảnh giác|hệ thống|ứng dụng|ngân hàng|vneid|cổng dịch vụ công|nhà mạng)(?!\p{L})/iu
const warnsAfter = /(?<!\p{L})(?:không có nghĩa|cho người lạ|cho bất (?:kỳ|kì|cứ) ai|cho ai|lừa đảo|mất tiền|cúp máy|tắt máy|báo công an)(?!\p{L})/iu
/** Behind these a new clause asks, whatever was said not to be needed before. */
const newClause = /,\s*(?:chỉ|mà|nhưng|hãy|xin|mời|vui lòng|đề nghị|bà con|rồi)(?!\p{L})/giu

/** Where a text asks people to hand over a one-time code, a password or the number of a document; texts that warn against it are none. */
export function askedSecrets(text: string): string[] {
  return [...text.normalize('NFC').matchAll(asks)].flatMap(({ 0: found, index, groups }) => {
    const sentence = text.normalize('NFC').slice(0, index).split(/[.!?;\n]/).at(-1)!
    const clause = sentence.slice([...sentence.matchAll(newClause)].at(-1)?.index ?? 0)
    const { between = '', after = '' } = groups!
    return aboutIt.test(between) || warnsBefore.test(clause) || warnsAfter.test(after) ? [] : [found.slice(0, found.length - after.length)]
  })
}
