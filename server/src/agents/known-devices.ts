/** Recognizes browsers in which an account has signed in before, so that strangers' guesses can't lock its owner out. */
import { isEqualSecret } from '../lib/equal-secrets.ts';
import { mintToken, type TokenHash } from '../lib/tokens.ts';

export interface KnownDevices {
  /** A cookie value for a browser in which this account has signed in. It grants nothing by itself. */
  issue(email: string): string;
  /** The browser's id; undefined when the value was not issued for this account, or too long ago. */
  recognize(email: string, value: string | undefined): string | undefined;
  /** Whether any account has signed in there. */
  isKnown(value: string | undefined): boolean;
}

export const DEVICE_DAYS = 180;
const DAY_MS = 24 * 60 * 60 * 1000;

export function createKnownDevices(tokenHash: TokenHash, now: () => number): KnownDevices {
  const sign = (email: string, id: string, day: string) => tokenHash(`known device ${id} ${day} ${email}`);
  const signForAll = (id: string, day: string) => tokenHash(`known browser ${id} ${day}`);
  const today = () => Math.floor(now() / DAY_MS);
  const isOurs = (signature: string, expected: string, day: string) =>
    isEqualSecret(signature, expected) && today() - Number(day) <= DEVICE_DAYS;
  return {
    issue(email) {
      const [id, day] = [mintToken(), String(today())];
      return [id, day, sign(email, id, day), signForAll(id, day)].join('.');
    },
    recognize(email, value) {
      const [id = '', day = '', signature = ''] = value?.split('.') ?? [];
      return isOurs(signature, sign(email, id, day), day) ? id : undefined;
    },
    isKnown(value) {
      const [id = '', day = '', , signature = ''] = value?.split('.') ?? [];
      return isOurs(signature, signForAll(id, day), day);
    },
  };
}
