/** Pictures in memory, for unit tests. */
import type { PictureStore } from './picture-store.ts';

export function createMemoryPictureStore(): PictureStore {
  const saved = new Map<string, { readonly agentId: string; readonly content: Uint8Array | undefined }>();
  const currentOf = (agentId: string) =>
    [...saved].find(([, each]) => each.agentId === agentId && each.content !== undefined)?.[0];
  const empty = (agentId: string) => {
    for (const [name, each] of saved) if (each.agentId === agentId) saved.set(name, { agentId, content: undefined });
  };
  return {
    async save(agentId, name, content) {
      empty(agentId);
      saved.set(name, { agentId, content });
    },
    remove: async (agentId) => empty(agentId),
    async find(name) {
      const found = saved.get(name);
      if (found === undefined) return undefined;
      const current = currentOf(found.agentId);
      return { ...(found.content && { content: found.content }), ...(current && { current }) };
    },
    async current() {
      return Object.fromEntries(
        [...saved].flatMap(([name, { agentId, content }]) => (content === undefined ? [] : [[agentId, name]])),
      );
    },
  };
}
