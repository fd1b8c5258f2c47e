/** What we put behind buttons and into sends, and know again when a platform brings it back. */

const payloadGrammar = /^[a-z]:[\w./:#-]{1,62}$/
const payloadBytes = 64

/**
 * Whether a text is one of our button payloads (`c:main:menu:1`, `k:human`): at most 64 bytes, ASCII, so that it fits
 * every platform. Zalo sends a tap as an ordinary text, so this is what tells a tap from words there: one letter before the
 * colon, since people write "dt:0912…".
 */
export const isPayload = (text: string): boolean => text.length <= payloadBytes && payloadGrammar.test(text)

/** The payload of Facebook's Get Started button. */
export const getStartedPayload = 'k:get-started'

/** Begins the `metadata` of what we send through Facebook; the delivery id follows. It comes back in the echo. */
export const deliveryMark = 'camnang:'
