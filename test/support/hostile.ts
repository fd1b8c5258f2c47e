/** Texts people may write to harm whoever reads them later: run through every page, sheet, report and command output. */
export const hostileTexts: readonly { of: string; text: string }[] = [
  { of: 'a script', text: '<script>alert(1)</script>' },
  { of: 'an attribute that ends early', text: '"\'><img src=x onerror=alert(2)>' },
  { of: 'a text area that ends early', text: '</textarea><script>alert(3)</script>' },
  { of: 'a title that ends early', text: '</title><svg onload=alert(4)>' },
  { of: 'an address that runs', text: 'javascript:alert(5)' },
  { of: 'entities', text: '&lt;b&gt; &amp;amp; &#x3c;i&#x3e;' },
  { of: 'a comment', text: '--><!-- ]]> <![CDATA[' },
  { of: 'a template', text: '{{province.hotline}} ${1+1} #{7*7} <%= 7 %>' },
  { of: 'a formula', text: '=HYPERLINK("http://127.0.0.1/?"&A1,"xem")' },
  { of: 'a formula by other signs', text: '+cmd|\' /C calc\'!A0 -2+3 @SUM(1)' },
  { of: 'terminal codes', text: '\u001b[2J\u001b]0;đã duyệt\u0007\u001b[31mđỏ\u009b1m' },
  { of: 'direction marks', text: 'Nguyễn\u202eÀUD IÀT\u202c \u2066x\u2069 \u200fy\u061c' },
  { of: 'XML control characters', text: 'a\u0001b\u0008c\u000bd\u001fe\ufffe\uffff' },
  { of: 'line separators', text: 'một\u2028hai\u2029ba\rbốn\nnăm' },
  { of: 'lone surrogates', text: 'x\ud800y\udc00z' },
  { of: 'a very long word', text: 'Đ'.repeat(600) },
]

/** All of them in one text that tells where it came through. */
export const hostileLine = (mark: string): string => `${mark} ${hostileTexts.map(({ text }) => text).join(' · ')}`

/** What must stand in no page: as markup, or as a character that cannot be seen. */
export const brokenOut = /<script>alert|<img src=x|<svg onload|<i>|<!-- \]|(?:href|src)="javascript:/i
export const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufffe\uffff\ud800-\udfff]/
