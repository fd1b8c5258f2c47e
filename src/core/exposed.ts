import { withoutSecrets } from './mask.ts'

/** Days (`24/9-02/10/2026`) and amounts (`1.200.000.000`) have many digits and belong to nobody. */
const harmless = /(?<![\d./])\d{1,2}[./]\d{1,2}(?:[./]\d{4})?(?![./]?\d)|(?<![\d.])[1-9]\d{0,2}(?:\.\d{3})+(?![.\d])/g

/** Shows a telephone, ID or account number (nine digits and more, however they are set apart), a password or a code. Hotlines are shorter. */
export const exposesNumbers = (text: string): boolean => /(?<!\d)\+?\d(?:[\s.\-/()]{0,2}\d){8,}/.test(text.replace(harmless, '·')) || withoutSecrets(text) !== text
