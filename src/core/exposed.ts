import { withoutSecrets } from './mask.ts'

/** Shows a telephone, ID or account number (nine digits and more, however they are set apart), a password or a code. Hotlines are shorter. */
export const exposesNumbers = (text: string): boolean => /(?<!\d)\+?\d(?:[\s.\-/()]{0,2}\d){8,}/.test(text) || withoutSecrets(text) !== text
