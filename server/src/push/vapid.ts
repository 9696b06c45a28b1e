/** The key by which push services recognize this installation, and the header that proves it: VAPID, RFC 8292. */
import { createECDH, hkdfSync } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';

export interface Vapid {
  /** Browsers subscribe with it. An uncompressed point of P-256, base64url. */
  readonly publicKey: string;
  /** The header `authorization` for the push service at this origin. */
  authorization(origin: string): Promise<string>;
}

export interface VapidParts {
  /** The private key is made of it where none is given, so that every process has the same one. */
  readonly appSecret: string;
  /** 32 bytes, base64url. */
  readonly privateKey: string | undefined;
  /** Where a push service reaches the operator: `mailto:` or `https:`. */
  readonly subject: string;
}

/** Push services accept 24 hours at most. */
const VALID = '12h';
/** Of P-256. */
const ORDER = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');

export function createVapid({ appSecret, privateKey, subject }: VapidParts): Vapid {
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(privateKey === undefined ? keyOf(appSecret) : Buffer.from(privateKey, 'base64url'));
  const point = pair.getPublicKey();
  const publicKey = point.toString('base64url');
  const signingKey = importJWK(
    {
      ...{ kty: 'EC', crv: 'P-256', d: pair.getPrivateKey().toString('base64url') },
      ...{ x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') },
    },
    'ES256',
  );
  return {
    publicKey,
    async authorization(origin) {
      const token = await new SignJWT({ sub: subject })
        .setProtectedHeader({ typ: 'JWT', alg: 'ES256' })
        .setAudience(origin)
        .setExpirationTime(VALID)
        .sign(await signingKey);
      return `vapid t=${token}, k=${publicKey}`;
    },
  };
}

/** More bits than the key has, so that all keys are equally likely. */
function keyOf(appSecret: string): Buffer {
  const bits = Buffer.from(hkdfSync('sha256', appSecret, '', 'web push', 48)).toString('hex');
  const number = (BigInt(`0x${bits}`) % (ORDER - 1n)) + 1n;
  return Buffer.from(number.toString(16).padStart(64, '0'), 'hex');
}
