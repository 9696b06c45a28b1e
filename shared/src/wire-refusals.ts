/** Acknowledgements and refusals of the sockets, with their codes. */

export const ACK_CODES = [
  'bad-message',
  'too-long',
  'conflict',
  'busy',
  'rate-limited',
  'not-found',
  'closed',
  'unavailable',
] as const;
export type AckCode = (typeof ACK_CODES)[number];
export interface Refusal {
  ok: false;
  code: AckCode;
  message: string;
  retryAfterMs?: number;
}
export type Ack<T extends object = object> = ({ ok: true } & T) | Refusal;

export const CONNECT_CODES = [
  'unknown-site',
  'origin-refused',
  'bad-identity',
  'session-expired',
  'rate-limited',
  'unavailable',
  'draining',
] as const;
export type ConnectCode = (typeof CONNECT_CODES)[number];
export interface ConnectRefusal {
  code: ConnectCode;
  retryAfterMs?: number;
  /** The same handshake will be refused again; after any other refusal the client reconnects. */
  final?: true;
}
