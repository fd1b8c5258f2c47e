/** Stops the start. The message names each setting that is wrong and says what to do; never a value. */
export class ConfigError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ConfigError'
  }
}
