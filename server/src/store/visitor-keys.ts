/** Keys of visitors: their sessions, identities and conversations, and what limits count for them. */
export interface VisitorKeys {
  session(tokenHash: string): string;
  /** The conversation of a visitor whom the site has identified. */
  identity(siteId: string, subjectHash: string): string;
  /** What the site says of that visitor. */
  identityProfile(identityKey: string): string;
  /** Set: ids of a visitor's sessions. */
  visitorSessions(siteId: string, visitorId: string): string;
  /** Sorted set: conversations that a visitor has left for another one, by when. */
  visitorConversations(siteId: string, visitorId: string): string;
  /** Marks an id as used, so that it cannot be used again. */
  once(idHash: string): string;
  /** What the keys start with that count something for a minute or an hour, by a hash of whom it is counted for. */
  limitCounts(name: string): string;
  /** How many codes an address was sent. */
  codesTo(emailHash: string): string;
  /** Number: bytes uploaded on a day on a site, from one address or from all. Addresses in names of keys are keyed hashes. */
  uploadedBytes(siteId: string, day: string, address?: string): string;
}

export function createVisitorKeys(prefix: string): VisitorKeys {
  return {
    session: (tokenHash) => `${prefix}:session:${tokenHash}`,
    identity: (siteId, subjectHash) => `${prefix}:identity:${siteId}:${subjectHash}`,
    identityProfile: (identityKey) => `${identityKey}:profile`,
    visitorSessions: (siteId, visitorId) => `${prefix}:visitor-sessions:${siteId}:${visitorId}`,
    visitorConversations: (siteId, visitorId) => `${prefix}:visitor-conversations:${siteId}:${visitorId}`,
    once: (idHash) => `${prefix}:once:${idHash}`,
    limitCounts: (name) => `${prefix}:${name}`,
    codesTo: (emailHash) => `${prefix}:codes-to:${emailHash}`,
    uploadedBytes: (siteId, day, address = '') => `${prefix}:{uploads:${siteId}:${address}}:${day}`,
  };
}
