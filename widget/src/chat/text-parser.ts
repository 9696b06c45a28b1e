/** Socket.IO's packets (protocol 5) as far as the widget uses them: text only. Ignores a page's `toJSON`. */
import { withoutToJson } from '../natives.ts';

export interface Packet {
  type: number;
  nsp: string;
  id?: number;
  data?: unknown;
}
type Take = (packet: Packet) => void;

const [CONNECT, DISCONNECT, EVENT, ACK, CONNECT_ERROR] = [0, 1, 2, 3, 4];
/** Type, namespace, acknowledgement id, JSON. */
const PACKET = /^([0-4])(?:(\/[^,]*),?)?(\d+)?([\s\S]*)$/;
/** Events that the client emits to its own listeners; a server must not send them. */
const RESERVED: readonly unknown[] = ['connect', 'connect_error', 'disconnect', 'disconnecting'];

const isObject = (data: unknown) => typeof data === 'object' && data !== null && !Array.isArray(data);
function isValid(type: number, data: unknown): boolean {
  if (type === CONNECT) return data === undefined || isObject(data);
  if (type === DISCONNECT) return data === undefined;
  if (type === CONNECT_ERROR) return typeof data === 'string' || isObject(data);
  if (!Array.isArray(data)) return false;
  return type === ACK || (type === EVENT && typeof data[0] === 'string' && !RESERVED.includes(data[0]));
}

class Encoder {
  encode({ type, nsp, id, data }: Packet): string[] {
    const json = data === undefined ? '' : JSON.stringify(data, withoutToJson);
    return [`${type}${nsp === '/' ? '' : `${nsp},`}${id ?? ''}${json}`];
  }
}

class Decoder {
  #take: Take | undefined;
  on(_event: 'decoded', take: Take) {
    this.#take = take;
  }
  off() {
    this.#take = undefined;
  }
  /** @throws if it isn't a packet; the client then closes the connection. */
  add(text: unknown) {
    const [, digit, nsp = '/', id, json] = (typeof text === 'string' && PACKET.exec(text)) || [];
    if (digit === undefined) throw new Error('not a text packet');
    const type = Number(digit);
    const data: unknown = json ? JSON.parse(json) : undefined;
    if (!isValid(type, data)) throw new Error('invalid payload');
    this.#take?.({ type, nsp, ...(id !== undefined && { id: Number(id) }), ...(data !== undefined && { data }) });
  }
  destroy() {}
}

export const textParser = { Encoder, Decoder };
