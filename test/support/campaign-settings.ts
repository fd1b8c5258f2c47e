import { readConfig } from '../../src/config.ts'

/** The settings of campaigns where nobody set anything. */
export const standardSettings = readConfig({}, () => null).campaigns
