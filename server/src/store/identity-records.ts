/** Which visitor, conversation and profile belong to a site's own id of a visitor. */
import { type VisitorProfile, visitorProfileSchema } from '@firstword/shared/visitor-profile';
import { z } from 'zod';
import type { Redis } from '../lib/redis.ts';
import type { RedisKeys } from './keys.ts';

const personSchema = z.object({ visitorId: z.string(), conversationId: z.string() });
/** A visitor whom the site has identified: they have one conversation on all devices. */
export type IdentifiedVisitor = z.infer<typeof personSchema> & { readonly profile?: VisitorProfile };

export interface IdentityRecords {
  /**
   * Finds the visitor with this id and keeps what the site says of them now.
   * @param subjectHash of the site's own id
   * @param first who they are, and their conversation, if the id is new
   */
  open(
    siteId: string,
    subjectHash: string,
    first: z.infer<typeof personSchema>,
    profile: VisitorProfile,
  ): Promise<IdentifiedVisitor>;
  find(siteId: string, subjectHash: string): Promise<IdentifiedVisitor | undefined>;
}

/** After the last connection. Retention removes the record earlier, together with its conversation. */
const KEPT_SECONDS = 400 * 24 * 60 * 60;

export function createIdentityRecords(redis: Redis, keys: RedisKeys): IdentityRecords {
  return {
    async open(siteId, subjectHash, { visitorId, conversationId }, profile) {
      const key = keys.identity(siteId, subjectHash);
      const fresh = JSON.stringify({ siteId, visitorId, conversationId });
      await redis.set(key, fresh, 'EX', KEPT_SECONDS, 'NX');
      const person = personSchema.parse(JSON.parse((await redis.getex(key, 'EX', KEPT_SECONDS)) ?? fresh));
      await Promise.all([
        // Lets the deletion of the conversation find the record.
        redis.set(keys.identityOf(person.conversationId), key, 'EX', KEPT_SECONDS),
        redis.set(keys.identityProfile(key), JSON.stringify(profile), 'EX', KEPT_SECONDS),
      ]);
      return { ...person, profile };
    },

    async find(siteId, subjectHash) {
      const key = keys.identity(siteId, subjectHash);
      const [person, profile] = await Promise.all([redis.get(key), redis.get(keys.identityProfile(key))]);
      if (person === null) return undefined;
      return {
        ...personSchema.parse(JSON.parse(person)),
        ...(profile !== null && { profile: visitorProfileSchema.parse(JSON.parse(profile)) }),
      };
    },
  };
}
