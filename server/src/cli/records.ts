/** `npm run records`: commands for what is stored, also while a server is running. */
import type { Site } from '@firstword/shared/site';
import { readConfig } from '../config/config.ts';
import { secretIn } from '../lib/data-dir.ts';
import { createLog } from '../lib/log.ts';
import { createTokenHash } from '../lib/tokens.ts';
import { privatePostgresUrl } from '../local/private-postgres.ts';
import { openRecords } from '../records/records.ts';
import { createRedisKeys } from '../store/keys.ts';
import { createVisitorData } from '../visitor-data.ts';
import { createWebFileStore } from '../web/web-files.ts';
import { createCommandAudit } from './command-audit.ts';
import { readSites, siteIdsOf } from './known-sites.ts';
import { recordFamilies } from './records/record-families.ts';
import { readRecordsCommand, runRecordsCommand, USAGE } from './records/records-command.ts';
import { runCommand, withRedis } from './run-command.ts';

await runCommand(async (args) => {
  const command = readRecordsCommand(args);
  if (command.name === 'help') return void process.stdout.write(`${USAGE}\n`);
  const config = readConfig(process.env);
  const log = createLog('silent');
  const keys = createRedisKeys('firstword');
  const url = config.databaseUrl ?? privatePostgresUrl(config.dataDir);
  const known: Map<string, Site> = new Map();
  const localeOf = (siteId: string) => known.get(siteId)?.locale ?? 'en';
  await withRedis(config, async (redis) => {
    const records = await openRecords({ url, localeOf, log });
    try {
      await records.check();
      for (const [id, site] of (await readSites(config, records)).sites) known.set(id, site);
      const files = createWebFileStore(redis, keys, config, known);
      const tokenHash = createTokenHash(config.appSecret ?? secretIn(config.dataDir, 'app'));
      await runRecordsCommand(command, {
        redis,
        keys,
        families: recordFamilies({ redis, keys, records, log }),
        visitors: () => ({
          data: createVisitorData({ redis, keys, records, files, tokenHash, log }),
          files,
          siteIds: siteIdsOf(known),
          audit: createCommandAudit(records.audit),
        }),
        say: (line) => void process.stdout.write(`${line}\n`),
        log,
      });
    } finally {
      await records.close();
    }
  });
});
