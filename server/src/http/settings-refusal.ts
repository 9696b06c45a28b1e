/** The refusal of a change of settings. */
import { SettingsError } from '../settings/settings-error.ts';
import { ApiRefusal } from './api-refusal.ts';

const CODES = { invalid: 'bad-request', conflict: 'conflict', 'not-found': 'not-found' } as const;

export function refuseSettings(error: unknown): never {
  if (!(error instanceof SettingsError)) throw error;
  throw new ApiRefusal(CODES[error.code], error.phrase ?? error.message, { settingFaults: error.faults });
}
