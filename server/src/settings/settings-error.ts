/** A change of settings that is refused. The message names the setting, what was given, and what is allowed. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly code: 'invalid' | 'conflict' | 'not-found';
  constructor(code: SettingsError['code'], message: string) {
    super(message);
    this.code = code;
  }
}
