/** Recognizes browsers in which an account has signed in before, so that strangers' guesses can't lock its owner out. */
import { timingSafeEqual } from 'node:crypto';
import { mintToken, type TokenHash } from '../lib/tokens.ts';

export interface KnownDevices {
  /** A cookie value for a browser in which this account has signed in. It grants nothing by itself. */
  issue(email: string): string;
  /** The browser's id; undefined when the value was not issued for this account, or too long ago. */
  recognize(email: string, value: string | undefined): string | undefined;
}

export const DEVICE_DAYS = 180;
const DAY_MS = 24 * 60 * 60 * 1000;

export function createKnownDevices(tokenHash: TokenHash, now: () => number): KnownDevices {
  const sign = (email: string, id: string, day: string) => tokenHash(`known device ${id} ${day} ${email}`);
  const today = () => Math.floor(now() / DAY_MS);
  return {
    issue(email) {
      const [id, day] = [mintToken(), String(today())];
      return `${id}.${day}.${sign(email, id, day)}`;
    },
    recognize(email, value) {
      const [id = '', day = '', signature = ''] = value?.split('.') ?? [];
      const [given, expected] = [Buffer.from(signature), Buffer.from(sign(email, id, day))];
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
      return today() - Number(day) <= DEVICE_DAYS ? id : undefined;
    },
  };
}
