/** What a person may agree that we remember. */
export interface Remembered { commune?: string; role?: string; language?: string }
