/** Agents' pictures. The database has them; Redis says which picture an agent has, because no visitor waits for the database. */
import type { PictureStore, StoredPicture } from '../records/picture-store.ts';
import type { PictureNames } from '../store/picture-names.ts';
import { type PictureOutcome, pictureName, plainPicture } from './plain-picture.ts';

export type PictureChange =
  | { readonly kind: 'saved'; readonly picture: string }
  | { readonly kind: Exclude<PictureOutcome['kind'], 'fine'> };

export interface AgentPictures {
  /** Replaces the agent's picture; the former one is deleted. */
  save(agentId: string, bytes: Uint8Array): Promise<PictureChange>;
  remove(agentId: string): Promise<void>;
  /** The file of the agent's picture; undefined for none. */
  of(agentId: string): Promise<string | undefined>;
  /** Those of all agents, by agent id. */
  all(): Promise<Readonly<Record<string, string>>>;
  /** By the name of its file. */
  find(picture: string): Promise<StoredPicture | undefined>;
  /** Tells Redis what the database has: Redis may have been emptied. */
  restore(): Promise<void>;
}

export function createAgentPictures(store: PictureStore, names: PictureNames): AgentPictures {
  return {
    async save(agentId, bytes) {
      const picture = plainPicture(Buffer.from(bytes));
      if (picture.kind !== 'fine') return picture;
      const name = pictureName(agentId, picture);
      await store.save(agentId, name, picture.content);
      await names.set(agentId, name);
      return { kind: 'saved', picture: name };
    },
    async remove(agentId) {
      await store.remove(agentId);
      await names.set(agentId, undefined);
    },
    of: names.of,
    all: names.all,
    find: store.find,
    async restore() {
      await names.replace(await store.current());
    },
  };
}
