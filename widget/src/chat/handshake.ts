/** The contents of the next handshake: the page's options, the stored session, and the visitor's identity. */
import type { Handshake } from '@firstword/shared/handshake';
import { attempt } from '../attempt.ts';
import type { BrowserStore } from './browser-store.ts';
import { subjectOf } from './subject.ts';

export interface HandshakeSource {
  next(): Handshake;
  change(options: Partial<Pick<Handshake, 'locale' | 'page'>>): void;
  /** The site's own id of the visitor, as the page or the kept session states it. */
  subject(): string | undefined;
  /** Accepts a new token of the same visitor. Returns whether to connect again with it. */
  identify(token: string, refused: boolean): boolean;
  /** Keeps what the server has started. Returns false when it is not the conversation kept before. */
  joined(start: { session: string; conversationId: string }): boolean;
  /** The next handshake opens this one of the visitor's conversations, or starts another. */
  choose(conversation?: string): void;
  /** The session is gone; the last token may start another. */
  expired(): void;
}

export function createHandshake(
  options: Pick<Handshake, 'site' | 'identity' | 'locale' | 'page'>,
  store: BrowserStore,
): HandshakeSource {
  const { identity, ...rest } = options;
  /** Given by the page last. Sent each time: it may be what the site requires, and an old one continues its session. */
  let token = identity;
  // Throws where the system names a time zone that the browser does not know.
  const timeZone = attempt(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
  const given = { ...rest, ...(timeZone && { timeZone }) };
  let choice: Pick<Handshake, 'startNew' | 'conversation'> = {};
  let sent: string | undefined;

  return {
    next() {
      const session = store.session();
      sent = token;
      return {
        ...given,
        ...(session && { session }),
        ...(token && { identity: token, browser: store.visitor().id }),
        ...choice,
      };
    },
    change: (next) => void Object.assign(given, next),
    subject: () => (token ? subjectOf(token) : store.visitor().subject),
    identify(next, refused) {
      const subject = subjectOf(next);
      const holdsSession = store.session() && subject !== undefined && store.visitor().subject === subject;
      // A page that renders again sends its token again, which continues its session.
      const isKnown = holdsSession || next === token;
      token = next;
      return refused || !isKnown;
    },
    joined(start) {
      choice = {};
      const continued = start.session === store.session() ? store.visitor().subject : undefined;
      return store.join(start, sent ? subjectOf(sent) : continued);
    },
    choose(conversation) {
      choice = conversation ? { conversation } : { startNew: true };
    },
    expired: store.dropSession,
  };
}
