/** A page of the state: with its name alone ("dichvucong.gov.vn"). "gov.vn.abc.top" is somebody else's. */
const ofState = /(?:https?:\/\/|(?<![\w.-])www\.)((?:[a-z0-9-]+\.)*gov\.vn)(?:[/?#]\S*|(?=[.,;)]*(?:\s|$)))/giu

/** Addresses of the state's pages as one would say them; all others stay. */
export const sayStatePages = (text: string): string => text.replace(ofState, '$1')

/** Endings of addresses. Those that are also Vietnamese words without marks (co, me, la, xin, do) would make addresses of "vneid.co". */
const endings = 'vn|com|net|org|info|biz|top|vip|xyz|cc|click|link|online|app|site|shop|club|store|live|life|website|space|pro|win|fun|work|cfd|sbs|icu|asia|tech|io|tk|ga|cf|gq|ml|pw|us|cn|ru|mobi|center|host|today|world|one'
/** An address with or without "https://", its host and whoever is named before "@" caught; a file ("vneid.apk") or e-mail is none. */
const address = new RegExp(String.raw`(?<![\w.@-])(?:https?:\/\/(?:[\w.-]+@)?)?([a-z0-9](?:[a-z0-9-]*\.)+(?:${endings})(?![\w@-]|\.\w))((?:[/?#:]\S*)?)`, 'giu')
const nameOfState = /(?:dich-?vu-?cong|vneid|vssid|bo-?cong-?an|etax|thue-?dien-?tu|bao-?hiem-?xa-?hoi|can-?cuoc-?cong-?dan|gov[.-]?vn|(?<![a-z])gov-|-gov(?![a-z]))/iu
const isDisguised = (host: string, path: string): boolean => !/(?:^|\.)gov\.vn$/iu.test(host) && (nameOfState.test(host) || /gov\.vn/iu.test(path))

/** The words that an address dressed up as the state's stands for: "dichvucong-gov.vn.com", "vneid.gov.vn.app", "vssid-gov.vn". */
const replaceDisguised = (text: string, by: string): string => text.replace(address, (whole, host: string, path: string) => (isDisguised(host, path) || whole.includes('gov.vn@') ? by : whole))

/** Whether an address in the text is dressed up as the state's. */
export const looksLikeStates = (text: string): boolean => /\.\w/u.test(text) && replaceDisguised(text, '\u0000') !== text

/** Addresses dressed up as the state's as what they are. */
export const sayFakePages = (text: string): string => replaceDisguised(text, ' trang dịch vụ công giả mạo ')
