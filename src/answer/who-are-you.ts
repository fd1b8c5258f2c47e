import { anyOf, type PatternText } from './message-pattern.ts'

const opening = '(dạ|alo|ủa|ơ|này|ê|ê này|vậy|thế|mà|xin lỗi)? ((cho|xin) (tôi|em|mình|con|bác)? hỏi)?'
/** Whoever answers, as citizens call us. */
const us = '(bạn|mày|em|anh|chị|cô|chú|bác|ông|bà|ad|admin|bot|con bot|trợ lý|trợ lý ảo|đây|bên này|bên đó|bên kia|đằng ấy|máy|page|người (đang)? (trả lời|nhắn))'
const machine = '(máy|người máy|robot|rô bốt|bot|con bot|chatbot|chatgpt|chat gpt|gpt|gemini|ai|trí tuệ nhân tạo|trí thông minh nhân tạo|máy tự động|tự động|máy (trả lời)? (tự động)?|phần mềm|trợ lý ảo)'
const person = '(người|người thật|người thiệt|con người|cán bộ|cán bộ thật|công an|nhân viên|chuyên viên|lãnh đạo|tổng đài viên|tư vấn viên|cán bộ tư vấn|cô nào|anh nào|chị nào)'
const either = `(${machine}|${person})`
const office = '(của)? (xã|phường|tỉnh|huyện|thôn|ấp|bản|ủy ban|sở|đơn vị|cơ quan|bộ phận|phòng)'
const asking = '(hả|hở|hử|à|ư|không|phải không|đúng không|chứ|hay sao|vậy|thế|đấy|rứa|nhỉ|ta)'
const softly = '(ạ|em|ad|bạn|anh|chị|cô|trời|ta|nhỉ|vậy|thế|đấy|đó)?'
const answering = '(trả lời|nhắn tin|nhắn|nói chuyện|trò chuyện|tư vấn|chat|trực|hỗ trợ)'
const here = '((với|cho)? (tôi|em|mình|con|tin nhắn|tin|ở đây|đây))?'

/** The whole of a message that only asks who or what answers. "Cán bộ phường nào tiếp nhận hồ sơ" asks for an office, "gặp cán bộ" for somebody. */
const whoWeAre = anyOf(
  `^${opening} ${us} (là|tên|tên là) (ai|gì|cái gì|con gì|máy gì|người nào) ${asking}? ${softly}$`,
  `^${opening} (tên|tên của) ${us} (là)? gì ${asking}? ${softly}$`,
  `^${opening} ${us} (có phải|phải)? (là)? ${either} (${office}? (nào|ở đâu|đâu|gì)|${office}? ${asking}|(trả lời|thật)? ${asking}) ${softly} ${softly}$`,
  `^${opening} (${us} (là)?|là|có phải)? ${either} (hay|hay là) (là)? ${either} (thật)? (đang)? (${answering} ${here})? ${asking}? ${softly}$`,
  `^${opening} (tôi|em|mình|con|cháu|bác|cô|chú|chị|anh)? (đang|nãy giờ|nãy giờ đang) ${answering} (với|cho)? (ai|${either}) ${office}? (nào)? ((hay|hay là) ${either})? (${asking} ${softly}|$)`,
  `^${opening} (tôi|em|mình|con|cháu)? (nói chuyện|trò chuyện|chat) với ai ${asking} ${softly}$`,
  `^${opening} (có phải|phải|đây là|bên này là|là|hay là) ${either} ${office}? (đang|trực tiếp)? ${answering} ${here} ${asking} ${softly}$`,
  `^${opening} ${either} đang ${answering} ${here} ${asking} ${softly}$`,
  `^${opening} ai (đang|đang ngồi|vừa|mới)? (${answering}|nói|gõ|viết|ngồi|ở) ${here} (bên kia|đầu bên kia|máy)? ${asking}? ${softly}$`,
  `^${opening} ai (vậy|thế|đấy|đây|rứa|hả|ở đó|ở đây) ${softly}$`,
  `^${opening} ${machine} (hả|hở|à|ư|phải không|đúng không|chứ gì) ${softly}$`, `^${opening} (cán bộ|công an|người thật|nhân viên) (thật)? (hả|hở|phải không|đúng không) ${softly}$`,
)

/** The law wants a machine to say that it is one: this is answered before any article is looked for. */
export const asksWhoWeAre = (text: PatternText): boolean => whoWeAre.in(text) !== null
