/** Which visitor, conversation and profile belong to a site's own id of a visitor. */
import { randomUUID } from 'node:crypto';
import { type VisitorProfile, visitorProfileSchema } from '@firstword/shared/visitor-profile';
import { z } from 'zod';
import type { Redis } from '../lib/redis.ts';
import { defineScript } from '../lib/redis-script.ts';
import type { RedisKeys } from './keys.ts';
import { REPLACE } from './replace-script.ts';
import { createVisitorConversations } from './visitor-conversations.ts';

const personSchema = z.object({ visitorId: z.string(), conversationId: z.string() });
const recordSchema = personSchema.extend({ siteId: z.string() });
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
  /** Gives the visitor another conversation, unless they have left this one already. */
  leave(siteId: string, subjectHash: string, conversationId: string, next: string): Promise<void>;
  /** Their conversation was deleted: so is the record, unless they have others. @param key of the record */
  conversationDeleted(key: string): Promise<void>;
}

/** After the last connection. Retention removes the record earlier, together with its conversation. */
const KEPT_SECONDS = 400 * 24 * 60 * 60;

export function createIdentityRecords(redis: Redis, keys: RedisKeys): IdentityRecords {
  const replace = defineScript(redis, 'fwReplaceText', 1, REPLACE);
  const visitorConversations = createVisitorConversations(redis, keys);
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

    async leave(siteId, subjectHash, conversationId, next) {
      const key = keys.identity(siteId, subjectHash);
      const json = await redis.get(key);
      const person = json === null ? undefined : personSchema.parse(JSON.parse(json));
      if (json === null || person?.conversationId !== conversationId) return;
      const left = JSON.stringify({ siteId, visitorId: person.visitorId, conversationId: next });
      await replace([key], [json, left]);
      await redis.set(keys.identityOf(next), key, 'EX', KEPT_SECONDS);
      await redis.del(keys.identityOf(conversationId));
    },

    async conversationDeleted(key) {
      const json = await redis.get(key);
      if (json === null) return;
      const record = recordSchema.parse(JSON.parse(json));
      if ((await visitorConversations.list(record)).length > 0) {
        const conversationId = randomUUID();
        await replace([key], [json, JSON.stringify({ ...record, conversationId })]);
        await redis.set(keys.identityOf(conversationId), key, 'EX', KEPT_SECONDS);
        return;
      }
      await redis.del(key);
      await redis.del(keys.identityProfile(key));
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
