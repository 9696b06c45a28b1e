/** The contents of the next handshake: the page's options, the stored session, and the visitor's identity. */
import type { Handshake } from '@firstword/shared/wire';
import type { BrowserStore } from './browser-store.ts';
import { isExpired, subjectOf } from './subject.ts';

export interface HandshakeSource {
  next(): Handshake;
  change(options: Partial<Pick<Handshake, 'locale' | 'page'>>): void;
  /** The site's own id of the visitor, as the page or the kept session states it. */
  subject(): string | undefined;
  /** Accepts a new token of the same visitor. Returns whether to connect again with it. */
  identify(token: string, refused: boolean): boolean;
  /** Keeps what the server has started. Returns false when it is not the conversation kept before. */
  joined(start: { session: string; conversationId: string }): boolean;
  /** The session is gone; the last token may start another. */
  expired(): void;
}

export function createHandshake(
  options: Pick<Handshake, 'site' | 'identity' | 'locale' | 'page'>,
  store: BrowserStore,
): HandshakeSource {
  const { identity: first, ...rest } = options;
  let given = { ...rest, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone };
  /** To send next; undefined once a session holds the identity, because the token is short-lived. */
  let due = first;
  /** Given by the page last. */
  let token = first;
  let sent: string | undefined;

  return {
    next() {
      const session = store.session();
      sent = due;
      return { ...given, ...(session && { session }), ...(due && { identity: due, browser: store.visitor().id }) };
    },
    change(next) {
      given = { ...given, ...next };
    },
    subject: () => (token === undefined ? store.visitor().subject : subjectOf(token)),
    identify(next, refused) {
      const subject = subjectOf(next);
      const holdsSession = store.session() && subject !== undefined && store.visitor().subject === subject;
      const repeated = next === due;
      token = next;
      // A page that renders again sends its token again, which continues its session.
      if ((holdsSession || repeated) && !refused) return false;
      due = next;
      return true;
    },
    joined(start) {
      const continued = start.session === store.session() ? store.visitor().subject : undefined;
      const subject = sent === undefined ? continued : subjectOf(sent);
      if (due === sent) due = undefined;
      return store.join(start, subject);
    },
    expired() {
      store.dropSession();
      if (token !== undefined && !isExpired(token)) due = token;
    },
  };
}
