/** Encrypts a message so that only one browser can read it, not its push service: RFC 8291 in one record of RFC 8188. Pure. */
import { createCipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';
import type { PushSubscription } from '@firstword/shared/push-device';

/** Larger than any message, so that there is one record. */
const RECORD_BYTES = 4096;
/** After the last record. */
const END = Uint8Array.of(2);

export interface EncryptionSecrets {
  /** A key of P-256 for this message alone. */
  readonly privateKey: Uint8Array;
  /** 16 bytes. */
  readonly salt: Uint8Array;
}

/** @throws Error when `keys.p256dh` is not a point of the curve */
export function encryptPush(
  text: string,
  { p256dh, auth }: PushSubscription['keys'],
  { privateKey, salt } = freshSecrets(),
): Uint8Array {
  const sender = createECDH('prime256v1');
  sender.setPrivateKey(privateKey);
  const receiverKey = Buffer.from(p256dh, 'base64url');
  const shared = sender.computeSecret(receiverKey);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), receiverKey, sender.getPublicKey()]);
  const input = derive(shared, Buffer.from(auth, 'base64url'), info, 32);
  const key = derive(input, salt, 'Content-Encoding: aes128gcm\0', 16);
  const nonce = derive(input, salt, 'Content-Encoding: nonce\0', 12);

  const cipher = createCipheriv('aes-128-gcm', key, nonce);
  const sealed = [cipher.update(text, 'utf8'), cipher.update(END), cipher.final(), cipher.getAuthTag()];
  const size = Buffer.alloc(4);
  size.writeUInt32BE(RECORD_BYTES);
  const senderKey = sender.getPublicKey();
  return Buffer.concat([salt, size, Uint8Array.of(senderKey.length), senderKey, ...sealed]);
}

function freshSecrets(): EncryptionSecrets {
  const made = createECDH('prime256v1');
  made.generateKeys();
  return { privateKey: made.getPrivateKey(), salt: randomBytes(16) };
}

function derive(input: Uint8Array, salt: Uint8Array, info: Uint8Array | string, bytes: number): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', input, salt, info, bytes));
}
