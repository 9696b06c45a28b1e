/** One-time codes from an authenticator app (TOTP, RFC 6238), and recovery codes for when it is lost. Each works once. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import type { TokenHash } from '../lib/tokens.ts';
import type { SecondFactor } from '../records/account-store.ts';

export interface SecondFactors {
  /** A new secret for an app, as text and as the `otpauth:` address of a QR code. Nothing is stored yet. */
  start(email: string): { secret: string; uri: string };
  /** Undefined when the code is not one of this secret. */
  enable(secret: string, code: string): { factor: SecondFactor; recoveryCodes: string[] } | undefined;
  /** The factor after this code was used; undefined when the code is wrong or was used. */
  use(factor: SecondFactor, code: string): SecondFactor | undefined;
}

const ISSUER = 'Firstword';
const PERIOD_SECONDS = 30;
const SECRET_BYTES = 20;
const RECOVERY_CODES = 10;
const IV_BYTES = 12;
const TAG_BYTES = 16;

export function createSecondFactors(tokenHash: TokenHash, now: () => number): SecondFactors {
  // The server needs the secret itself, so it is encrypted: the database alone is not enough to make codes.
  const key = Buffer.from(tokenHash('key of second factors'), 'base64url');
  const seal = (text: string) => {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
  };
  const open = (sealed: string) => {
    const bytes = Buffer.from(sealed, 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
  };
  const totpOf = (secret: string, label = '') =>
    new TOTP({ issuer: ISSUER, label, secret: Secret.fromBase32(secret), period: PERIOD_SECONDS });
  /** The step of a code that is valid now, the one before or the next one; clocks of phones differ. */
  const stepOf = (secret: string, code: string): number | undefined => {
    const token = code.replaceAll(/\s/g, '');
    const delta = /^\d{6}$/.test(token) ? totpOf(secret).validate({ token, window: 1, timestamp: now() }) : null;
    return delta === null ? undefined : Math.floor(now() / 1000 / PERIOD_SECONDS) + delta;
  };
  const hashOf = (recoveryCode: string) =>
    tokenHash(`recovery code ${recoveryCode.toLowerCase().replaceAll(/[^a-z0-9]/g, '')}`);
  return {
    start(email) {
      const secret = new Secret({ size: SECRET_BYTES }).base32;
      return { secret, uri: totpOf(secret, email).toString() };
    },
    enable(secret, code) {
      const lastStep = stepOf(secret, code);
      if (lastStep === undefined) return undefined;
      const recoveryCodes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
      return { factor: { secret: seal(secret), lastStep, recoveryCodes: recoveryCodes.map(hashOf) }, recoveryCodes };
    },
    use(factor, code) {
      const step = stepOf(open(factor.secret), code);
      if (step !== undefined) return step > factor.lastStep ? { ...factor, lastStep: step } : undefined;
      const hash = hashOf(code);
      if (!factor.recoveryCodes.includes(hash)) return undefined;
      return { ...factor, recoveryCodes: factor.recoveryCodes.filter((each) => each !== hash) };
    },
  };
}

/** 80 random bits, such as `k7qd-3xw2-m5ra-t6uh`. */
function newRecoveryCode(): string {
  const letters = new Secret({ size: 10 }).base32.toLowerCase();
  return letters.match(/.{4}/g)?.join('-') ?? letters;
}
