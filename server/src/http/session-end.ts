/** `POST /sessions/end`: a visitor has signed out. Works without a socket, and while the page is being left. */
import express, { Router } from 'express';
import type { Session, SessionStore } from '../store/session-store.ts';

export interface SessionEndParts {
  readonly sessions: Pick<SessionStore, 'find'>;
  /** Ends the session, and disconnects its sockets. */
  readonly end: (session: Session) => Promise<void>;
}

/** A page has a session for each chat that it shows. */
const TOKENS_MAX = 5;
const BODY_MAX = '2kb';
const TOKEN = /^[\w-]{20,256}$/;

export function createSessionEnd({ sessions, end }: SessionEndParts): Router {
  const router = Router();
  router.post('/', express.text({ limit: BODY_MAX, type: () => true }), async (request, response) => {
    const tokens = String(request.body ?? '').split(/\s+/);
    for (const token of tokens.filter((each) => TOKEN.test(each)).slice(0, TOKENS_MAX)) {
      const session = await sessions.find(token);
      if (session !== undefined) await end(session);
    }
    // Also for unknown tokens: they are over. Any page may read it, because the token alone is the right to end the session.
    response.set({ 'access-control-allow-origin': '*', 'cache-control': 'no-store' }).status(204).end();
  });
  return router;
}
