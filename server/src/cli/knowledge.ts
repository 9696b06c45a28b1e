/** `npm run knowledge`: manages the help articles of a site, also while a server is running. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { readConfig } from '../config/config.ts';
import { createArticleStore } from '../knowledge/article-store.ts';
import { readArticleFile } from '../knowledge/read-articles.ts';
import { createLog } from '../lib/log.ts';
import { openSources } from '../sources/open-sources.ts';
import { createRedisKeys } from '../store/keys.ts';
import { createCommandAudit } from './command-audit.ts';
import { readKnowledgeCommand, USAGE } from './knowledge/read-arguments.ts';
import { runKnowledgeCommand } from './knowledge/run-knowledge-command.ts';
import { readSites, siteIdsOf } from './known-sites.ts';
import { runCommand, withRecords, withRedis } from './run-command.ts';

await runCommand(async (args) => {
  const command = readKnowledgeCommand(args);
  if (command.name === 'help') return void process.stdout.write(`${USAGE}\n`);
  const config = readConfig(process.env);
  await withRedis(config, (redis) =>
    withRecords(config, async (records) => {
      const { knowledge: store } = records;
      const siteIds = siteIdsOf((await readSites(config, records)).sites);
      const sources = openSources({
        store,
        articles: createArticleStore(redis, createRedisKeys('firstword')),
        siteIds: () => siteIds,
        privateHosts: config.privateHosts,
        log: createLog('silent'),
      });
      const stop = () => void sources.importer.close();
      process.once('SIGINT', stop).once('SIGTERM', stop);
      await runKnowledgeCommand(command, {
        store,
        sources,
        siteIds,
        audit: createCommandAudit(records.audit),
        readFile: async (path) => readArticleFile(await readFile(path), basename(path)),
        say: (line) => void process.stdout.write(`${line}\n`),
      });
    }),
  );
});
