import { describe, expect, it } from 'vitest'
import { findProblems } from '../../src/commands/content-check.ts'
import { formatProblems, loadContent } from '../../src/content.ts'
import { readContentFolders, readFolder } from '../../src/node/files.ts'
import { fixtures, options, today, world, worldWithWrong } from './support.ts'

/** `refused`: nothing is answered from it. `error`: it works, but the check fails. `warning`: worth a look. */
type Weight = 'refused' | 'error' | 'warning'
type Row = [name: string, line: number, weight: Weight, says: RegExp]

const flows: Row[] = [
  ['abbreviation', 6, 'warning', /"TTHC" chưa được giải thích/],
  ['alias', 6, 'refused', /dấu \* hoặc &.*dấu nháy kép/],
  ['ask-and-say', 5, 'refused', /cả ask lẫn say/],
  ['bad-id', 1, 'refused', /mã kịch bản viết sai/],
  ['bad-pattern', 9, 'refused', /mẫu không đọc được \(thiếu dấu đóng \)/],
  ['bad-remember', 8, 'refused', /commune.*role.*language/],
  ['bad-save', 8, 'refused', /tên để nhớ viết sai/],
  ['bad-start', 3, 'refused', /"mneu" không có trong steps.*"menu"\?/],
  ['bad-step-id', 4, 'refused', /mã bước viết sai/],
  ['clashing-trigger', 3, 'error', /khớp cả lời "nộp hồ sơ" mở kịch bản trong .*dich-vu-cong\.yaml/],
  ['bullet', 8, 'refused', /“•” không phải dấu gạch của danh sách/],
  ['bullet-first', 4, 'refused', /“–” không phải dấu gạch của danh sách/],
  ['hidden-in-key', 2, 'refused', /không nhìn thấy được trong “title”/],
  ['odd-blank', 2, 'refused', /không phải dấu cách thường/],
  ['odd-blank-indent', 6, 'refused', /không phải dấu cách thường/],
  ['choice-command', 8, 'error', /match "dừng" là lệnh sẵn có/],
  ['blind-choice', 8, 'warning', /\\b cạnh chữ có dấu/],
  ['blind-trigger', 3, 'warning', /\\b cạnh chữ có dấu.*\(\?:\^\|/],
  ['braces-alone', 6, 'refused', /bắt đầu bằng "\{\{".*dấu nháy kép/],
  ['braces-without-quotes', 6, 'refused', /bắt đầu bằng "\{\{".*dấu nháy kép/],
  ['broken-placeholder', 6, 'refused', /"\{\{text\}" viết hỏng/],
  ['colon-without-quotes', 6, 'refused', /dấu hai chấm.*dấu nháy kép/],
  ['dead-end', 9, 'warning', /"het" là ngõ cụt/],
  ['double-choice', 9, 'error', /trùng với lựa chọn thứ 1/],
  ['divided', 7, 'refused', /dòng --- hoặc \.\.\. chia tệp làm hai.*bỏ dòng ấy/],
  ['double-key', 4, 'refused', /khóa này đã có ở trên/],
  ['double-trigger', 3, 'error', /"NOP HO SO" đã có trong .*dich-vu-cong\.yaml/],
  ['empty', 1, 'refused', /tệp trống/],
  ['empty-ask', 6, 'refused', /đang bỏ trống/],
  ['empty-trigger', 3, 'refused', /không có chữ hay số/],
  ['facts-unknown', 7, 'error', /dựa vào mục "dvc-forgot-pasword" không có.*"dvc-forgot-password"\?/],
  ['facts-withdrawn', 7, 'warning', /dựa vào mục "dvc-old-password" đã rút/],
  ['goto-and-choices', 5, 'refused', /goto thì đi tiếp ngay/],
  ['goto-circle', 11, 'error', /goto đi vòng tròn: từ bước "a"/],
  ['greedy-empty-half', 3, 'error', /khớp cả những tin không liên quan/],
  ['greedy-letter', 3, 'error', /khớp cả những tin không liên quan, như “Trời hôm nay/],
  ['greedy-trigger', 3, 'error', /khớp cả những tin không liên quan/],
  ['handover-no', 8, 'refused', /handover chỉ nhận true/],
  ['indent', 7, 'refused', /thụt vào không thẳng/],
  ['insecure-link', 6, 'error', /không phải https/],
  ['list-ask', 6, 'refused', /"ask" phải là một đoạn chữ/],
  ['lost-campaign', 6, 'warning', /không có đợt nào mã "ngay-hoi"/],
  ['long-pattern', 9, 'refused', /dài quá 200 ký tự/],
  ['long-sentence', 8, 'warning', /câu dài 39 chữ, tối đa 30: “Khi đi bà con nhớ mang/],
  ['left-todo', 6, 'error', /"\$\{ten\}" trông như chỗ chưa điền/],
  ['long-title', 8, 'error', /dài 105 ký tự, tối đa 100/],
  ['look-alike-link', 6, 'error', /"dichvucong-gov\.vn" nhái tên miền dichvucong\.gov\.vn/],
  ['listed-without-brackets', 9, 'warning', /được hiểu là một lời.*ngoặc vuông/],
  ['lookahead-pattern', 9, 'refused', /mẫu không đọc được \(máy không hiểu dấu này: \(\?=/],
  ['loop', 5, 'error', /từ bước "menu" bà con đi vòng mãi/],
  ['many-choices', 15, 'error', /8 lựa chọn/],
  ['misnamed', 1, 'warning', /tệp tên là "z-misnamed\.yaml" mà mã ghi trong tệp là "thu"/],
  ['missing-quote', 2, 'refused', /thiếu dấu nháy đóng/],
  ['missing-title', 1, 'refused', /thiếu khóa "title"/],
  ['nobody-comes', 1, 'warning', /không ai tới được kịch bản "Kịch bản bỏ quên"/],
  ['quote-inside', 6, 'refused', /dấu nháy khép lại giữa câu/],
  ['starts-with-bracket', 6, 'refused', /bắt đầu bằng ngoặc/],
  ['hash', 6, 'refused', /sau dấu # bị coi là ghi chú/],
  ['open-brace', 8, 'refused', /ngoặc mở ở dòng này chưa đóng/],
  ['missing-comma', 8, 'refused', /thiếu dấu phẩy giữa hai khóa/],
  ['key-without-space', 2, 'refused', /thiếu dấu cách sau dấu hai chấm/],
  ['key-without-colon', 2, 'refused', /thiếu dấu hai chấm sau khóa/],
  ['dash-without-space', 9, 'refused', /thiếu dấu cách sau dấu gạch/],
  ['swallowed-line', 5, 'refused', /bị nối vào dòng trên/],
  ['own-number', 8, 'warning', /"1\. Gặp cán bộ" tự mang số.*máy tự đánh số/],
  ['no-action', 8, 'refused', /không dẫn tới đâu/],
  ['no-ask', 5, 'refused', /không nói gì/],
  ['no-steps', 3, 'refused', /chưa có bước nào/],
  ['old-portal', 6, 'error', /"Cổng Dịch vụ công tỉnh".*dichvucong\.gov\.vn/],
  ['punycode-link', 6, 'error', /"xn--dchvucong-0k7d\.vn" có chữ lạ/],
  ['open-quote-above', 2, 'refused', /thiếu dấu nháy đóng/],
  ['same-button', 9, 'error', /"Đăng ký tạm trú cho trẻ em" đều thành "Đăng ký tạm trú…"/],
  ['old-words', 6, 'error', /"UBND huyện".*xã, phường/],
  ['same-id', 1, 'refused', /"dich-vu-cong" đã có trong .*good\/flows\/dich-vu-cong\.yaml/],
  ['second-line-placeholder', 8, 'refused', /\{\{todays\}\} không có.*\{\{today\}\}\?/],
  ['short-phone', 6, 'error', /119 không có trong contacts\.yaml/],
  ['single-brace', 8, 'refused', /"\{province\.name\}" viết hỏng/],
  ['tab', 6, 'refused', /phím Tab/],
  ['tag', 6, 'refused', /dấu ! ở đầu giá trị/],
  ['text-too-long', 6, 'error', /dài 1991 ký tự, Zalo, Facebook phải cắt/],
  ['too-many-choices', 21, 'error', /14 lựa chọn, Facebook chỉ nhận 13/],
  ['trigger-command', 3, 'error', /"gap can bo" là lệnh sẵn có/],
  ['two-actions', 8, 'refused', /dẫn tới hai nơi/],
  ['undated-facts', 6, 'warning', /nêu "5 ngày" mà không theo mục/],
  ['unknown-article', 8, 'refused', /"dvc-forgot-pasword".*"dvc-forgot-password"\?/],
  ['unknown-choice-key', 8, 'refused', /không có khóa "gotoo".*"goto"\?/],
  ['unknown-goto', 8, 'refused', /"dich-vu-cng".*"dich-vu-cong"\?/],
  ['unknown-goto-step', 8, 'refused', /"dich-vu-cong\/nane".*"dich-vu-cong\/name"\?/],
  ['unknown-key', 7, 'refused', /không có khóa "choises".*"choices"\?/],
  ['unknown-otherwise', 9, 'refused', /"anwser".*"answer"\?/],
  ['unknown-placeholder', 6, 'refused', /\{\{province\.hotlin\}\} không có.*\{\{province\.hotline\}\}\?/],
  ['unknown-phone', 6, 'error', /1900 6789 không có trong contacts\.yaml/],
  ['unlisted-link', 6, 'error', /nophoso\.vn không có trong contacts\.yaml/],
  ['unreachable-step', 9, 'error', /không có đường nào dẫn tới bước "lac"/],
  ['unsaved-placeholder', 6, 'refused', /\{\{saved\.ten\}\} không có/],
  ['unseen-choice', 9, 'refused', /không ai chọn được/],
  ['withdrawn-article', 8, 'warning', /"dvc-old-password" đã rút.*dvc-forgot-password/],
]

const articles: Row[] = [
  ['abbreviation', 16, 'warning', /"HCC" chưa được giải thích/],
  ['abbreviation-hyphen', 16, 'warning', /"TP-HT" chưa được giải thích/],
  ['abbreviation-known-words', 16, 'warning', /"ĐKKH" chưa được giải thích/],
  ['abbreviation-two', 16, 'warning', /"CSDL QG" chưa được giải thích/],
  ['bad-day', 6, 'refused', /không có trong lịch/],
  ['bad-id', 2, 'refused', /mã mục viết sai/],
  ['body-too-long', 14, 'error', /dài 1816 ký tự, tối đa 1500/],
  ['command-question', 4, 'error', /"Dừng nhận tin" là lệnh sẵn có/],
  ['day-form', 6, 'refused', /ngày viết sai dạng.*2026-11-21/],
  ['disguised-link', 11, 'error', /"dichvucong\.gov\.vn@trang-la\.xyz" nhái/],
  ['double-question', 4, 'error', /"cach lay lai.*đã có trong .*dvc-forgot-password\.md/],
  ['double-own', 4, 'warning', /đã có trong .*double-own\.md \(“Thử một”, chỉ khác tiếng thưa gửi\)/],
  ['double-polite', 4, 'error', /đã có trong .*dvc-forgot-password\.md .*chỉ khác tiếng thưa gửi/],
  ['double-title', 4, 'error', /"Quên mật khẩu VNeID" chính là tên mục trong .*dvc-forgot-password\.md/],
  ['few-questions', 4, 'warning', /mới có 1 cách hỏi/],
  ['future-source', 9, 'warning', /ngày của nguồn \(2026-12-24\) chưa tới/],
  ['future-reviewed', 5, 'warning', /2026-12-01 chưa tới/],
  ['hidden-in-id', 2, 'refused', /không nhìn thấy được trong “thu-nghiem”/],
  ['http-link', 11, 'error', /không phải https/],
  ['insecure-text', 16, 'error', /"http:\/\/dichvucong\.gov\.vn" không phải https/],
  ['left-angle', 16, 'error', /"<tên trung tâm>" trông như chỗ chưa điền/],
  ['left-brackets', 16, 'error', /"\[\[số máy của tỉnh\]\]" trông như chỗ chưa điền/],
  ['left-dots', 16, 'error', /"………" trông như chỗ chưa điền/],
  ['left-full-width', 16, 'error', /"｛｛province\.hotline｝｝" trông như chỗ chưa điền/],
  ['left-percent', 16, 'error', /"%hotline%" trông như chỗ chưa điền/],
  ['left-todo', 16, 'error', /"TODO" trông như chỗ chưa điền/],
  ['left-xxx', 16, 'error', /"xxx" trông như chỗ chưa điền/],
  ['long-line-title', 3, 'refused', /có xuống dòng ở giữa/],
  ['letter-of-another-alphabet', 16, 'error', /chữ “с” trong “dịсh” không phải chữ tiếng Việt/],
  ['letters-asked', 3, 'error', /dấu hỏi nằm giữa chữ \(“t\?c”\)/],
  ['long-sentence', 17, 'warning', /câu dài 34 chữ/],
  ['long-title', 3, 'error', /dài 118 ký tự, tối đa 100/],
  ['look-alike-action', 11, 'error', /"dichvucong\.com" nhái/],
  ['look-alike-source', 9, 'error', /"dichvucong\.gov\.vn\.xyz" nhái/],
  ['look-alike-text', 16, 'error', /"dichvuc0ng\.gov\.vn" nhái/],
  ['markup', 16, 'warning', /"\*\*" sẽ hiện nguyên/],
  ['markup-table', 16, 'warning', /sẽ hiện nguyên/],
  ['message-too-long', 17, 'error', /dài 2012 ký tự, Zalo, Facebook phải cắt/],
  ['misnamed', 2, 'warning', /tệp tên là "z-misnamed\.md".*đổi tên tệp thành thu-nghiem\.md/],
  ['missing-reviewed', 2, 'refused', /thiếu khóa "reviewed"/],
  ['no-body', 14, 'refused', /chưa có câu trả lời/],
  ['open-note', 16, 'error', /<!-- mà không đóng/],
  ['open-note-dash', 16, 'error', /<!-- mà không đóng/],
  ['open-front-matter', 13, 'refused', /khép phần khai báo/],
  ['curly-quotes', 9, 'error', /có dấu nháy hoặc chữ thừa/],
  ['no-front-matter', 1, 'refused', /không thấy phần khai báo/],
  ['no-sources', 8, 'refused', /chưa có nguồn nào/],
  ['not-utf8', 16, 'refused', /không phải UTF-8/],
  ['old-farming', 16, 'error', /"Sở NN&PTNT".*Nông nghiệp và Môi trường/],
  ['old-mark-elsewhere', 16, 'error', /"UBND huyện"/],
  ['old-ministry-hyphen', 16, 'error', /"Bộ Thông tin - Truyền thông"/],
  ['old-ministry-nickname', 16, 'error', /"Bộ 4T".*Khoa học và Công nghệ/],
  ['old-not-past', 16, 'error', /"Công an huyện"/],
  ['old-other-sentence', 16, 'error', /"UBND huyện"/],
  ['old-party', 16, 'error', /"Huyện ủy"/],
  ['old-planning', 16, 'error', /"Sở KH&ĐT".*Tài chính/],
  ['old-security-short', 16, 'error', /"Cục ATTT".*Bộ Công an/],
  ['old-service-level', 16, 'error', /"dịch vụ công mức 4".*toàn trình/],
  ['old-tax', 16, 'error', /"Tổng cục Thuế"/],
  ['old-transport', 16, 'error', /"Sở Giao thông vận tải".*Xây dựng/],
  ['old-city', 16, 'error', /"Ủy ban nhân dân thành phố Thanh".*xã, phường hoặc tỉnh/],
  ['old-culture-office', 16, 'error', /"Phòng VH&TT".*Văn hóa – Xã hội/],
  ['old-district', 16, 'error', /"Phòng Tư pháp huyện"/],
  ['old-environment', 16, 'error', /"Bộ Tài nguyên và Môi trường".*Nông nghiệp/],
  ['old-labour', 16, 'error', /"Sở Lao động - Thương binh và Xã hội".*Nội vụ/],
  ['old-level', 16, 'error', /"mức độ 4".*toàn trình/],
  ['old-ministry', 16, 'error', /"Sở Thông tin và Truyền thông".*Khoa học và Công nghệ/],
  ['old-portal', 16, 'error', /"cổng dịch vụ công cấp tỉnh"/],
  ['old-provinces', 16, 'error', /"63 tỉnh".*34/],
  ['old-provinces-in-words', 16, 'error', /"sáu mươi ba tỉnh".*34/],
  ['old-security', 16, 'error', /"Cục An toàn thông tin".*Bộ Công an/],
  ['old-then-now', 16, 'error', /"UBND huyện"/],
  ['old-town', 16, 'error', /"UBND thị trấn".*xã, phường/],
  ['old-unmarked', 16, 'error', /"UBND huyen".*xã, phường/],
  ['phone-letter-o', 16, 'error', /19OO 6789 không có trong contacts\.yaml/],
  ['phone-list', 16, 'error', /116 không có trong contacts\.yaml/],
  ['phone-prefix', 16, 'error', /9029 không có trong contacts\.yaml/],
  ['phone-service', 16, 'error', /118 không có trong contacts\.yaml/],
  ['phone-spaced', 16, 'error', /1 9 0 0 6 7 8 9 không có trong contacts\.yaml/],
  ['past-review', 6, 'warning', /quá hạn rà soát \(2026-11-20\)/],
  ['question-is-trigger', 4, 'error', /là lời mở kịch bản trong .*dich-vu-cong\.yaml/],
  ['related-withdrawn', 12, 'warning', /"dvc-old-password" đã rút.*dvc-forgot-password/],
  ['review-before', 6, 'refused', /hạn rà soát 2026-02-21 sớm hơn/],
  ['review-too-far', 6, 'warning', /195 ngày, tối đa 180.*2027-04-30/],
  ['same-id', 2, 'refused', /"dvc-forgot-password" đã có trong .*good\/content/],
  ['short-link', 16, 'error', /"bit\.ly" là đường dẫn rút gọn/],
  ['shortener-alone', 16, 'error', /"s\.id" là đường dẫn rút gọn/],
  ['short-phone', 16, 'error', /1022 không có trong contacts\.yaml/],
  ['short-too-long', 14, 'error', /dài 359 ký tự, tối đa 300/],
  ['source-without-link', 9, 'warning', /nguồn thứ 1 chưa có đường dẫn/],
  ['source-without-title', 9, 'refused', /thiếu khóa "title"/],
  ['tcvn3', 16, 'error', /chữ ở đây bị vỡ \(“§¨ng ký”\)/],
  ['unhedged-button', 11, 'error', /nút dẫn tới "https:\/\/tingia\.gov\.vn"/],
  ['unhedged', 16, 'error', /"1900 0368" được đánh dấu KIỂM/],
  ['unseen-letter', 16, 'error', /ký tự không nhìn thấy được trong “dichvucong\.gov\.vn”/],
  ['unknown-key', 7, 'refused', /không có khóa "ower".*"owner"\?/],
  ['unknown-phone', 16, 'error', /1900 6789 không có trong contacts\.yaml/],
  ['unknown-placeholder', 16, 'refused', /\{\{province\.hot\}\} không có/],
  ['unlisted-action', 11, 'error', /trang-la\.vn không có trong contacts/],
  ['unlisted-source', 9, 'warning', /bao-la\.vn không có trong contacts/],
  ['unlisted-text', 16, 'error', /trang-la\.vn không có trong contacts/],
  ['unknown-related', 12, 'error', /"dvc-forgot-passwor" để nối sang.*"dvc-forgot-password"\?/],
  ['vni', 16, 'error', /chữ ở đây bị vỡ \(“Ñaêng kyù”\).*Unicode/],
]

const content: Row[] = [
  ['contacts-double/contacts.yaml', 4, 'error', /số 18001096 đã có ở trên \(Tổng đài dịch vụ công\)/],
  ['contacts-double-site/contacts.yaml', 8, 'error', /trang dichvucong\.gov\.vn đã có ở trên/],
  ['contacts-future/contacts.yaml', 4, 'error', /2026-12-21 của số 1900 6789 chưa tới/],
  ['contacts-number/contacts.yaml', 2, 'refused', /số máy viết sai/],
  ['contacts-unchecked/contacts.yaml', 4, 'error', /số 1900 6789 chưa ghi ngày kiểm.*checked/],
  ['entry-greeting/entry.yaml', 1, 'refused', /\{\{privacy\}\} không có/],
  ['entry-long-greeting/entry.yaml', 1, 'warning', /dài 714 ký tự/],
  ['entry-long-title/entry.yaml', 4, 'warning', /dài 42 ký tự, menu Facebook/],
  ['entry-look-alike/entry.yaml', 4, 'error', /"dichvucong-gov\.vn" nhái/],
  ['entry-many-questions/entry.yaml', 10, 'warning', /chỉ hiện 4 dòng đầu/],
  ['entry-opens/entry.yaml', 3, 'refused', /nơi mở ra viết sai/],
  ['entry-unknown-flow/entry.yaml', 10, 'error', /"flow:nop-ho-so" không có/],
  ['entry-withdrawn/entry.yaml', 10, 'warning', /"article:dvc-old-password" dẫn tới mục đã rút.*dvc-forgot-password/],
  ['privacy-empty/privacy.md', 1, 'refused', /dữ liệu cá nhân đang trống/],
  ['privacy-not-utf8/privacy.md', 1, 'refused', /không phải UTF-8/],
  ['province-backwards/province.yaml', 7, 'refused', /giờ bắt đầu phải sớm hơn/],
  ['province-blank/province.yaml', 3, 'error', /"hotline" đang trống mà có câu dùng tới/],
  ['province-holiday/province.yaml', 10, 'refused', /ngày viết sai dạng/],
  ['province-leftover/province.yaml', 3, 'error', /"name" còn là giá trị mẫu: TỈNH MẪU/],
  ['province-none-off/province.yaml', 10, 'warning', /chưa có ngày nghỉ nào trong 12 tháng tới.*vẫn hẹn bà con.*hours\.holidays/],
  ['province-range/province.yaml', 7, 'refused', /giờ trực viết sai/],
  ['province-sample/province.yaml', 1, 'warning', /còn là bản mẫu/],
  ['province-shortener/province.yaml', 2, 'error', /"bit\.ly" là đường dẫn rút gọn/],
  ['province-tet-off/province.yaml', 10, 'warning', /chưa có ngày nghỉ Tết.*15\/01\/2027 đến 25\/02\/2027/],
  ['province-values/province.yaml', 3, 'refused', /tên khóa viết sai/],
  ['province-weekday/province.yaml', 9, 'refused', /T2, T3, T4/],
  ['replies-button/replies.yaml', 20, 'warning', /dài 24 ký tự, Facebook cắt còn 20/],
  ['replies-emergency/replies.yaml', 30, 'error', /câu khẩn cấp dài 344 ký tự/],
  ['replies-missing/replies.yaml', 1, 'refused', /thiếu khóa "late".*chép dòng bắt đầu bằng "late:"/],
  ['replies-placeholder/replies.yaml', 71, 'refused', /\{\{source\}\} không có.*\{\{time\}\}/],
  ['replies-too-long/replies.yaml', 22, 'error', /"thanks" dài 2099 ký tự/],
  ['replies-unknown/replies.yaml', 75, 'refused', /không có khóa "helo".*"hello"\?/],
  ['saved-replies-phone/saved-replies.yaml', 4, 'error', /119 không có trong contacts\.yaml/],
  ['strange-article/lop-hoc.md', 1, 'warning', /không được đọc ở chỗ này.*content\/articles/],
  ['strange-file/replys.yaml', 1, 'warning', /không được đọc.*"replies\.yaml"\?/],
]

const wrong = {
  flows: await readFolder(`${fixtures}wrong/flows`),
  articles: await readFolder(`${fixtures}wrong/articles`),
  content: await readFolder(`${fixtures}wrong/content`),
}

const cases = [
  ...flows.map((row) => ({ kind: 'flows' as const, ending: '.yaml', row })),
  ...articles.map((row) => ({ kind: 'articles' as const, ending: '.md', row })),
  ...content.map((row) => ({ kind: 'content' as const, ending: '', row })),
].map(({ kind, ending, row: [name, line, weight, says] }) => ({ kind, name: `${name}${ending}`, line, weight, says }))

describe('one fault in one file', () => {
  it.each(cases)('$kind/$name is told at line $line', ({ kind, name, line, weight, says }) => {
    const file = wrong[kind].find((one) => one.name === name)!
    const files = worldWithWrong(kind, file)
    const problems = findProblems(files, today)
    expect(problems.map((one) => one.file), 'only the wrong file is complained of').toEqual(problems.map(() => file.file))
    expect(problems[0]).toMatchObject({ line, severity: weight === 'warning' ? 'warning' : 'error' })
    expect(`${problems[0]!.what} → ${problems[0]!.todo}`).toMatch(says)

    const loaded = loadContent(files, options)
    // Every step of a circle is told: any of them may be the one to mend.
    expect(problems, 'one fault, one complaint').toHaveLength(name === 'goto-circle.yaml' ? 2 : 1)
    if (weight === 'refused') expect(loaded).toMatchObject({ problems: [{ file: file.file, line }] })
    else expect(loaded).toHaveProperty('content')
  })

  it('every wrong file has its line in the table', () => {
    const listed = cases.map(({ kind, name }) => `${kind}/${name}`).sort()
    expect(Object.entries(wrong).flatMap(([kind, files]) => files.map(({ name }) => `${kind}/${name}`)).sort()).toEqual(listed)
  })
})

it('the handbook itself has nothing to mend, and nothing to look at but the sample province', async () => {
  const files = await readContentFolders({ flowsDir: 'flows', contentDir: 'content', defaultsDir: 'content' })
  // The day of the latest review: time passing is told by `content due`.
  const days = files.content.flatMap(({ text }) => /^reviewed: (\S+)$/m.exec(text)?.[1] ?? [])
  const problems = findProblems(files, Date.parse(`${days.sort().at(-1)!}T08:00:00+07:00`))
  expect(formatProblems(problems.filter(({ file }) => file !== 'content/province.yaml'))).toEqual([])
})

it('a wrong file does not hide what is wrong in others', () => {
  const put = (name: string) => {
    const file = wrong.flows.find((one) => one.name === name)!
    const id = `thu-${name.slice(0, 8).replace(/[^a-z-]/g, '')}`
    return { ...file, name: `${id}.yaml`, text: file.text.replace('id: thu', `id: ${id}`) }
  }
  const files = world({ flows: [put('no-ask.yaml'), put('look-alike-link.yaml'), put('text-too-long.yaml')] })
  expect(findProblems(files, today).map(({ file }) => file.split('/').at(-1))).toEqual(['look-alike-link.yaml', 'no-ask.yaml', 'text-too-long.yaml'])
})
