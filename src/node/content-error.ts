/** Stops the start: files that people write must be mended first. */
export class ContentError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ContentError'
  }
}
