/** A change of settings that is refused. The message names the setting, what was given, and what is allowed. */
import type { Phrase } from '@firstword/shared/phrase';
import type { SettingFault } from '@firstword/shared/setting-fault';
import { phraseText, textOf } from '../lib/phrase.ts';

export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly code: 'invalid' | 'conflict' | 'not-found';
  readonly phrase: Phrase | undefined;
  /** Each fault by itself, where the code is `invalid`. */
  readonly faults: readonly SettingFault[];
  constructor(code: SettingsError['code'], message: string | Phrase, faults: readonly SettingFault[] = []) {
    super(textOf(message));
    this.code = code;
    this.phrase = typeof message === 'string' ? undefined : message;
    this.faults = faults;
  }
}

export const phraseFault = (setting: string, text: Phrase): SettingFault => ({
  ...{ setting, code: 'against-rule', text: phraseText(text) },
  phrase: text,
});

/** With one line for each fault. */
export function invalidSettings(faults: readonly SettingFault[]): SettingsError {
  return new SettingsError('invalid', faults.map(({ setting, text }) => `${setting}: ${text}`).join('\n'), faults);
}
