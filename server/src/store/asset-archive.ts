/** Keeps the hashed files of recent builds in Redis: pages from before a deploy, and processes still on it, find theirs. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';
import type { Redis } from '../lib/redis.ts';
import type { RedisKeys } from './keys.ts';

export type BuiltPart = 'widget' | 'console';

export interface AssetArchive {
  /** Stores what is in the `assets` folder of a build, each file for 30 days from now. */
  publish(part: BuiltPart, folder: string): Promise<void>;
  /** The file's content, compressed with brotli; undefined when no recent build had it. */
  find(part: BuiltPart, name: string): Promise<Buffer | undefined>;
}

const KEPT_SECONDS = 30 * 86_400;
const ASSET_NAME = /^[\w.-]{1,120}\.(?:js|css|svg)$/;
const compress = promisify(brotliCompress);

/** The build leaves a compressed copy of all but the smallest files. */
async function packed(path: string): Promise<Buffer> {
  return readFile(`${path}.br`).catch(async () => compress(await readFile(path)));
}

export function createAssetArchive(redis: Redis, keys: Pick<RedisKeys, 'asset'>): AssetArchive {
  return {
    async publish(part, folder) {
      // One after the other: no visitor waits for it.
      for (const name of await readdir(folder)) {
        if (!ASSET_NAME.test(name)) continue;
        const stored = await redis.expire(keys.asset(part, name), KEPT_SECONDS);
        if (stored === 1) continue; // a hashed name always has the same content
        const content = await packed(join(folder, name));
        await redis.set(keys.asset(part, name), content, 'EX', KEPT_SECONDS);
      }
    },
    async find(part, name) {
      if (!ASSET_NAME.test(name)) return undefined;
      return (await redis.getBuffer(keys.asset(part, name))) ?? undefined;
    },
  };
}
