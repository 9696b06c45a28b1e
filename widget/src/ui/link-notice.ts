/** The notice about the connection, when the visitor needs one. Pure. */
import type { ChatState } from '../chat/chat-state.ts';
import type { Texts } from '../languages/texts-en.ts';

export interface LinkNotice {
  text: string;
  /** The visitor can do something about it. */
  retry: boolean;
}

/** `calm` is false once the connection has been down long enough for a notice. */
export function linkNotice({ connection, site }: ChatState, calm: boolean, texts: Texts): LinkNotice | undefined {
  switch (connection.kind) {
    case 'refused':
      return { text: texts.refused[connection.code], retry: connection.code !== 'rate-limited' };
    case 'waiting':
      return calm ? undefined : { text: texts.offline, retry: true };
    case 'connecting':
      return calm || !site ? undefined : { text: texts.connecting, retry: false };
    default:
      return undefined;
  }
}
