/** Words enough for a server: it starts in a third of the time. For tests that are about something else. */
export const fewWords = { FLOWS_DIR: 'test/fixtures/words/flows', CONTENT_DIR: 'test/fixtures/words/content' }
