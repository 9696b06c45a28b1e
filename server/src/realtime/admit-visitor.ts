/** Decides who may connect, and refuses with a code. */
import { randomUUID } from 'node:crypto';
import type { Region } from '@firstword/shared/catalog';
import { type Handshake, handshakeSchema } from '@firstword/shared/handshake';
import type { Challenge } from '@firstword/shared/proof-of-work';
import type { Site } from '@firstword/shared/site';
import type { VisitorProfile } from '@firstword/shared/visitor-profile';
import type { ConnectCode, ConnectRefusal } from '@firstword/shared/wire-refusals';
import type { ClientAddress } from '../lib/client-address.ts';
import { describeFault, RefusedError } from '../lib/guarded.ts';
import type { FairShare } from '../limits/fair-share.ts';
import type { MergedConversation } from '../store/conversation-merging.ts';
import type { OpenedSession, Session, SessionStore } from '../store/session-store.ts';
import type { VisitorConversations } from '../store/visitor-conversations.ts';
import type { IdentityCheck, IdentityClaim } from './identity.ts';
import { hostOf, type OriginCheck } from './origin-check.ts';

export interface Visitor {
  readonly site: Site;
  readonly session: Session;
  readonly token: string;
  readonly region: Region;
  readonly address: ClientAddress;
  /** Of the page. */
  readonly host: string | undefined;
  readonly handshake: Handshake;
}

export interface AdmitVisitorParts {
  readonly sites: ReadonlyMap<string, Site>;
  readonly sessions: SessionStore;
  /** Brings a returning visitor's conversation back to Redis, where it has left it. */
  readonly makeHot: (conversationId: string) => Promise<void>;
  readonly origins: OriginCheck;
  readonly fairShare: Pick<FairShare, 'admit' | 'add'>;
  readonly identity: IdentityCheck;
  /** From a trusted proxy's country header and the browser's time zone. */
  readonly regionOf: (from: Pick<RawHandshake, 'headers' | 'address'>, timeZone: string | undefined) => Region;
  /** Continues an anonymous visitor's conversation in the one that they have as an identified visitor, who gets their others, too. */
  readonly merge: (from: Session, into: MergedConversation, profile: VisitorProfile) => Promise<void>;
  readonly visitorConversations: Pick<VisitorConversations, 'add' | 'has'>;
  /** Makes the clients that show a conversation which its visitor has left connect again. */
  readonly leaveConversation: (conversationId: string) => void;
  /** Ends a session that its visitor has left, with its sockets. */
  readonly endSession: (session: Session) => Promise<void>;
}

export type AdmitVisitorOutcome =
  | { readonly visitor: Visitor }
  | { readonly refusal: ConnectRefusal; readonly message: string };

interface RawHandshake {
  readonly auth: unknown;
  readonly address: ClientAddress;
  readonly headers: { readonly origin?: string | undefined } & Readonly<Record<string, unknown>>;
}

interface ProcessState {
  readonly draining: boolean;
  readonly hasRoom: boolean;
}

export async function admitVisitor(
  parts: AdmitVisitorParts,
  raw: RawHandshake,
  process: ProcessState,
): Promise<AdmitVisitorOutcome> {
  try {
    return await decide(parts, raw, process);
  } catch (error) {
    if (!(error instanceof RefusedError) || error.code !== 'rate-limited') throw error;
    return refuse(error.code, error.message, error.retryAfterMs, error.challenge);
  }
}

/** @throws RefusedError beyond a limit */
async function decide(
  parts: AdmitVisitorParts,
  raw: RawHandshake,
  { draining, hasRoom }: ProcessState,
): Promise<AdmitVisitorOutcome> {
  if (!hasRoom) return refuse('rate-limited', 'This server has no memory for another visitor. Retry in 2 s.', 2000);
  if (draining) return refuse('draining', 'This server is shutting down. Reconnect in 1 s to reach another one.', 1000);
  const parsed = handshakeSchema.safeParse(raw.auth);
  if (!parsed.success) {
    const part = parsed.error.issues[0]?.path[0];
    const code = part === 'session' ? 'session-expired' : part === 'identity' ? 'bad-identity' : 'unknown-site';
    return refuse(code, `Invalid handshake: ${describeFault(parsed.error)}`);
  }
  const handshake = parsed.data;
  const site = parts.sites.get(handshake.site);
  if (site === undefined)
    return refuse(
      'unknown-site',
      `Unknown site "${handshake.site}". Set data-site to the id of a site in the server's configuration (sites[].id).`,
    );
  if (!parts.origins.allows(site, raw.headers.origin))
    return refuse('origin-refused', originFault(site.id, raw.headers.origin));

  const { address } = raw;
  const host = hostOf(raw.headers.origin);
  const from = { address, siteId: site.id, host };
  await parts.fairShare.admit('readKb', from); // `session-start` has the latest messages
  const region = parts.regionOf(raw, handshake.timeZone);
  const token = site.identity === 'off' ? undefined : handshake.identity;
  if (token !== undefined) {
    const claim = await parts.identity(token, site);
    const opened = claim && (await openIdentified(parts, handshake, claim));
    if (opened === undefined)
      return refuse(
        'bad-identity',
        'The identity token is not valid for this site, has expired, or was used by another browser. Sign a new one.',
      );
    const session = await chooseConversation(parts, handshake, opened.session);
    await parts.makeHot(session.conversationId);
    return { visitor: { site, region, address, host, handshake, session, token: opened.token } };
  }
  // Also with a session: the person at the browser may be another one by now.
  if (site.identity === 'required')
    return refuse(
      'bad-identity',
      `The site "${site.id}" requires its visitors to be signed in. Call firstword('identify', { token }) with a token that your server signs, or set data-user-token.`,
    );
  if (handshake.session !== undefined) {
    const resumed = await parts.sessions.resume(handshake.session, site.id);
    if (resumed === undefined || (resumed.identified && site.identity === 'off'))
      return refuse('session-expired', 'The session has expired. Connect without it to get a new one.');
    const session = await chooseConversation(parts, handshake, resumed);
    await parts.makeHot(session.conversationId);
    return { visitor: { site, region, address, host, handshake, session, token: handshake.session } };
  }
  await parts.fairShare.admit('sessions', from, { proof: handshake.proof });
  return { visitor: { site, region, address, host, handshake, ...(await parts.sessions.open(site.id)) } };
}

/**
 * The session that a token opened continues each time the token is sent again. Opening a session takes an unused
 * token, or one that this browser used before, so that a copied token opens none elsewhere. The session that the browser had
 * before ends: an anonymous visitor's conversation continues in that of the subject, another subject's is left.
 */
async function openIdentified(
  { sessions, merge, endSession }: AdmitVisitorParts,
  { site, session: token, browser }: Handshake,
  { subject, profile, use }: IdentityClaim,
): Promise<OpenedSession | undefined> {
  const session = token && (await sessions.resumeFor(token, site, profile));
  const isUnused = await use(browser);
  if (token && session) return { token, session };
  if (!isUnused) return undefined;
  const left = token === undefined ? undefined : await sessions.claim(token, site, subject);
  const anonymous = left?.identified === false ? left : undefined;
  const opened = await sessions.openFor(site, profile, anonymous);
  const { conversationId: id, siteId, visitorId } = opened.session;
  if (anonymous !== undefined && anonymous.conversationId !== id)
    await merge(anonymous, { id, siteId, visitorId }, profile);
  if (left !== undefined) await endSession(left);
  return opened;
}

/** The conversation that the visitor asks for, in all of their clients: an empty one, or one of those that they have left. */
async function chooseConversation(
  { sessions, visitorConversations, leaveConversation }: AdmitVisitorParts,
  { startNew, conversation }: Handshake,
  session: Session,
): Promise<Session> {
  const { conversationId } = session;
  if (!startNew && (conversation === undefined || conversation === conversationId)) return session;
  if (!startNew && !(await visitorConversations.has(session, conversation ?? ''))) return session;
  const hasMessages = await visitorConversations.add(session, conversationId);
  if (startNew && !hasMessages) return session;
  const next = await sessions.moveTo(session, startNew ? randomUUID() : (conversation ?? ''));
  if (next.conversationId !== conversationId) leaveConversation(conversationId);
  return next;
}

/** The codes for which a retry with the same handshake is pointless. */
const FINAL: readonly ConnectCode[] = ['unknown-site', 'origin-refused', 'bad-identity'];

function refuse(code: ConnectCode, message: string, retryAfterMs?: number, challenge?: Challenge): AdmitVisitorOutcome {
  const refusal: ConnectRefusal = {
    code,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(challenge && { challenge }),
    ...(FINAL.includes(code) && { final: true }),
  };
  return { refusal, message };
}

/** What the site owner reads in the page's console. Any sandboxed frame has the origin `null`, so it can't be allowed. */
function originFault(siteId: string, origin: string | undefined): string {
  if (origin === 'null')
    return `The site "${siteId}" does not allow pages without an origin, such as a sandboxed frame or a local file. Add allow-same-origin to the frame's sandbox attribute, or open the page from a web server.`;
  return `The site "${siteId}" does not allow pages of ${origin ?? '(no origin)'}. Add that origin to the site's allowedOrigins.`;
}
