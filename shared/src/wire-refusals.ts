/** Acknowledgements and refusals of the sockets, with their codes. */
import type { Challenge } from './proof-of-work.ts';

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
  /** Sent again with its proof, the event is accepted at once. */
  challenge?: Challenge;
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
  /** With its proof, the server accepts the connection at once. */
  challenge?: Challenge;
  /** The same handshake will be refused again; after any other refusal the client reconnects. */
  final?: true;
}
