/** A change of settings that is refused. The message names the setting, what was given, and what is allowed. */
import type { SettingFault } from '@firstword/shared/setting-fault';

export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly code: 'invalid' | 'conflict' | 'not-found';
  /** Each fault by itself, where the code is `invalid`. */
  readonly faults: readonly SettingFault[];
  constructor(code: SettingsError['code'], message: string, faults: readonly SettingFault[] = []) {
    super(message);
    this.code = code;
    this.faults = faults;
  }
}

/** With one line for each fault. */
export function invalidSettings(faults: readonly SettingFault[]): SettingsError {
  return new SettingsError('invalid', faults.map(({ setting, text }) => `${setting}: ${text}`).join('\n'), faults);
}
