/**
 * People's names and addresses as they are typed: in capitals, in small letters, without marks. Compared without marks,
 * letter by letter, so that what is found stands at the same place in what was typed.
 */

/** `text` with names and addresses replaced by `[tên]` and `[địa chỉ]`. Rather a word too many than a name left. */
export function maskNames(text: string): string {
  return rules.reduce((rest, { pattern, instead, unless }) => {
    const bare = bareOf(rest)
    pattern.lastIndex = 0
    let out = ''
    let at = 0
    for (let found = pattern.exec(bare); found !== null; found = pattern.exec(bare)) {
      const [start, end] = found.indices!.groups!['hide']!
      if (end > start && unless?.(rest.slice(start, end)) !== true) {
        out += rest.slice(at, start) + instead
        at = end
      }
      if (pattern.lastIndex === found.index) pattern.lastIndex++
    }
    return out + rest.slice(at)
  }, text)
}

/** Small letters without marks, of the same length. */
const bareOf = (text: string): string => Array.from(text, (character) => {
  const bare = character.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[đĐ]/, 'd').toLowerCase()
  return bare.length === character.length ? bare : character
}).join('')

interface Rule { pattern: RegExp; instead: string; unless?: (found: string) => boolean }

const surnames = 'nguyen|tran|le|pham|hoang|huynh|phan|vu|vo|dang|bui|do|ho|ngo|duong|ly|dinh|trinh|mai|doan|cao|lam|luong|vang|giang|sung|thao|nong|vi|lo|ca|quang|luong|ha|trieu|ma|chau|luc|phung|to|ta|thai|dao|mua|hang|cu|be|hua|la|lu|lau|tong|dam|quach|truong|tang|kieu|nghiem|chu|tu|kha|khong|phu|sam|ban|dang|phan|chao|tan'
/** Without marks these are hardly ever another word. */
const plainSurnames = 'nguyen|tran|pham|hoang|huynh|trinh|phung|trieu|nghiem|quach|truong'
const titles = 'ong|ba|anh|chi|co|chu|bac|em|chau|di|cau|mo|thim|thay|con|bo|me|cha|ma|vo|chong|o|mu'
/** Words that end a name in small letters. */
const notNames = 'la|gi|chi|ai|sao|bi|co|khong|ko|k|o|thi|ma|muon|nop|cua|va|voi|cho|di|da|dang|se|duoc|dc|nay|do|kia|vua|moi|hoi|noi|goi|nhan|nhan tin|lam|mat|dia|sinh|so|sdt|cccd|dang|mien|tren|trong|cu|khac|sai|nao|vay|a|nhe|roi|xin|can|thon|xa|xom|ban|ap|huyen|tinh|phuong|to|tai|hay|hoac|nhung|nen|thu|tuc|nhap|day|oi|vao|ra|may|nha|que|den|tu|dung|the|de|qua|nua|chua|con|bao'
const name = String.raw`(?!(?:${notNames})\b)[a-z]+`
const kinds = 'so nha|nha so|ngo|ngach|hem|kiet|duong|pho|thon|ap|xom|khom|khoi|ban|buon|lang|to|to dan pho|khu pho|khu|doi|can ho|chung cu'
const notPlaces = 'sao|than|minh|chinh|goc|toi|em|an|quyen|tin|do|ve|chup|quet|khai|la|gi|nao|nay|kia|khac|ben|link|dan|day|truyen|bo|ca|mon|cong|chuc|tui|ta|minh|cua|co|khong|bi|thi|hang|may|ai|o|va|bac|hoi|quoc|tren|tinh|xa|cap|giay|in|dien|moi|cu|truong|thoai|phi|ke|trinh|ghi|dich|dau|sai|loi|nhap|nhap khau|internet|mang|lam|nang|ngu|nghe|chung'
const word = String.raw`(?!(?:${notPlaces})\b)[a-z]+`

const rules: Rule[] = [
  // 123/4 Trần Hưng Đạo, số 45 Bà Triệu; số nhà 12, ngõ 5, tổ 7, thôn 3
  { pattern: new RegExp(String.raw`\b(?:so nha|nha so|nha em so|nha toi so|dia chi|d/c:?|ngo|ngach|hem|kiet|to|to dan pho|khu pho|khu|doi|thon|ap|xom|khom|khoi|ban|duong|lo|can ho|phong)\s*:?\s*(?<hide>\d[\da-z/.-]*)`, 'gd'), instead: '[địa chỉ]' },
  { pattern: /\b(?:so\s+)?(?<hide>\d+[a-z]?(?:\/\d+[a-z]?)*,?\s+(?:duong|pho)\s+[a-z]+(?:\s+[a-z]+)?)/gd, instead: '[địa chỉ]' },
  // thôn nà pàn xã mẫu sơn huyện lộc bình: only in a row are small places told from words
  { pattern: new RegExp(String.raw`\b(?:thon|ap|xom|khom|ban|buon|lang|\[địa chỉ\],?)\s+(?<hide>(?:${word}(?:\s+${word})?,?\s+)?(?:xa|phuong|thi tran|duong)\s+${word}(?:\s+${word})?(?:,?\s+(?:huyen|quan|thi xa|tinh|tp)\s+${word}(?:\s+${word})?)*)`, 'gd'), instead: '[địa chỉ]' },
  { pattern: new RegExp(String.raw`\b(?:thon|ap|xom|buon|khom)\s+(?<hide>${word}\s+${word})(?=\s*(?:$|[,.;]))`, 'gd'), instead: '[địa chỉ]' },
  // NGUYỄN VĂN TÈO, nguyen thi hoa; lò thị mai where a title or "tên" stands before
  { pattern: new RegExp(String.raw`\b(?<hide>(?:${plainSurnames})\s+(?:[a-z]+\s+)?(?:van|thi|duc|huu|cong|minh|quang|thanh|xuan|ngoc|a|thu|hong|kim|ba|dinh|duy|quoc|trong|viet|the|manh|tuan|nhu|my|thuy|bich|phuong|hai|anh|hoang|gia|bao|khanh|tien|trung)\s+[a-z]+)\b`, 'gd'), instead: '[tên]' },
  { pattern: new RegExp(String.raw`\b(?:${titles}|ten|ten la|toi la|em la|tao la|toi la|minh la|ho ten|ho va ten:?)\s+(?<hide>(?:${surnames})\s+(?:van|thi|duc|huu|a|thuy|minh|xuan|ngoc|thanh|dinh|quoc|hong|thu)\s+[a-z]+(?:\s+${name})?)`, 'gd'), instead: '[tên]' },
  { pattern: new RegExp(String.raw`\b(?<hide>(?:${surnames})\s+(?:v[aă]n|thi)\s+[a-z]+)\b`, 'gd'), instead: '[tên]', unless: (found) => !/\s(?:văn|thị)\s/iu.test(found) },
  // em tên mai, chồng tôi tên hùng, tên tôi là sùng a páo, họ tên: …
  { pattern: new RegExp(String.raw`\b(?:ho va ten|ho ten|ten (?:toi|em|minh|tui|chau|con|anh|chi|ong|ba) la|ten la|ten day du la)\s*:?\s*(?<hide>${name}(?:\s+${name}){0,3})`, 'gd'), instead: '[tên]' },
  { pattern: new RegExp(String.raw`\b(?:${titles}|toi|tui|minh|no|nay|do|ay)\s+ten\s+(?<hide>${name}(?:\s+${name}){0,3})`, 'gd'), instead: '[tên]' },
]
