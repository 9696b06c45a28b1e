/** The web app with a year of conversations and tickets on a private PostgreSQL, and an agent who may read everything. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createAccountAdmin } from '@firstword/server/agents/account-admin';
import { createApiTokens } from '@firstword/server/agents/api-tokens';
import { createPasswords } from '@firstword/server/agents/passwords';
import { createLog } from '@firstword/server/lib/log';
import { connectRedis } from '@firstword/server/lib/redis';
import { createTokenHash } from '@firstword/server/lib/tokens';
import { createPrivatePostgres } from '@firstword/server/local/private-postgres';
import { openRecords, type Records } from '@firstword/server/records/records';
import { createRedisKeys } from '@firstword/server/store/keys';
import { rolesOn } from '@firstword/shared/permissions';
import { siteSchema } from '@firstword/shared/site';
import { SITES } from '../records/past-conversations.ts';
import { APP_SECRET, BENCH_ORIGIN, createWorkbench, type Workbench } from '../workbench.ts';
import { type Seeded, type SeedParts, seed } from './seed.ts';

export const AGENT = { email: 'agent@shop.example', name: 'Agent', password: 'a long enough password' };
const REDIS_PREFIX = 'bench-console';
const CONSOLE = fileURLToPath(new URL('../../../../console/dist', import.meta.url));
const siteIds = SITES.map(({ id }) => id);

export interface Installation {
  /** Of the console. */
  readonly url: string;
  readonly seeded: Seeded;
  /** Words that visitors have written, as frequent as in the texts. */
  readonly words: readonly string[];
  close(): Promise<void>;
}

/** @param keepIn a folder that keeps the filled database for the next run; a temporary one when absent */
export async function openInstallation(
  counts: Pick<Seeded, 'conversations' | 'tickets'>,
  { onRound, say }: Pick<SeedParts, 'onRound' | 'say'>,
  keepIn: string | undefined,
): Promise<Installation> {
  const log = createLog('error');
  const dataDir = keepIn ?? (await mkdtemp(join(tmpdir(), 'firstword-bench-')));
  await mkdir(dataDir, { recursive: true });
  const postgres = createPrivatePostgres({ dataDir, log });
  await postgres.ready;
  const localeOf = (siteId: string) => SITES.find(({ id }) => id === siteId)?.locale ?? 'en';
  const records = await openRecords({ url: postgres.url, localeOf, log });
  const seeded = await seed({ records, dataDir, onRound, say }, counts);
  await addAgent(records);
  const bench = await createWorkbench('instant');
  await putHeads(records, bench);
  const app = await bench.startWeb({
    records,
    redisPrefix: REDIS_PREFIX,
    folders: { widget: CONSOLE, console: CONSOLE },
    sites: SITES.map(({ id, locale }) => siteSchema.parse({ id, locale, name: id, allowedOrigins: [BENCH_ORIGIN] })),
  });
  return {
    url: `http://127.0.0.1:${app.port}/console`,
    seeded,
    words: await wordsOf(records),
    async close() {
      await bench.close();
      await records.close();
      await postgres.stop();
      if (keepIn === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function addAgent({ accounts, identities, apiTokens }: Records): Promise<void> {
  const tokenHash = createTokenHash(APP_SECRET);
  const passwords = createPasswords();
  const admin = createAccountAdmin({
    ...{ accounts, identities, apiTokens: createApiTokens(apiTokens, tokenHash), tokenHash, passwords },
  });
  // False when an earlier run has added it.
  await admin.add({ ...AGENT, roles: rolesOn('admin') });
}

/** Redis has the head of a cold conversation with an open ticket; the archive has its messages. */
async function putHeads({ tickets, archive }: Records, { redisUrl }: Workbench): Promise<void> {
  const redis = await connectRedis(redisUrl, 'commands', createLog('error'));
  const keys = createRedisKeys(REDIS_PREFIX);
  const { tickets: first } = await tickets.list({ view: 'open', agentId: '', siteIds, limit: 100 });
  for (const { conversationId, siteId, id } of first) {
    const found = await archive.find(conversationId, siteIds, { limit: 1 });
    if (found === undefined) throw new Error(`The conversation of ticket ${id} is missing.`);
    const { lastSeq: seq, lastAt: cold, visitorId: visitor = '' } = found.conversation;
    const head = { site: siteId, visitor, seq, cold, responder: 'waiting-agent', ticket: id };
    await redis.hset(keys.head(conversationId), head);
  }
  redis.disconnect();
}

async function wordsOf({ archive }: Records): Promise<string[]> {
  const spaced = siteIds.filter((id) => id !== 'shop-ja');
  const { conversations } = await archive.list({ siteIds: spaced, limit: 100 });
  return conversations.flatMap(
    ({ firstLine }) => firstLine.split(/[^\p{L}]+/u).findLast((word) => word.length > 4 && word.length < 12) ?? [],
  );
}
