/** `npm run knowledge`: manages the help articles of a site, also while a server is running. */
import { readConfig } from '../config.ts';
import { readArticleSource } from '../knowledge/article-source.ts';
import { createArticleStore } from '../knowledge/article-store.ts';
import { createRedisKeys } from '../store/keys.ts';
import { readKnowledgeCommand, runKnowledgeCommand, USAGE } from './knowledge-command.ts';
import { runCommand, withRedis } from './run-command.ts';

await runCommand(async (args) => {
  const command = readKnowledgeCommand(args);
  if (command.name === 'help') return void process.stdout.write(`${USAGE}\n`);
  await withRedis(readConfig(process.env), (redis) =>
    runKnowledgeCommand(command, {
      store: createArticleStore(redis, createRedisKeys('firstword')),
      readSource: readArticleSource,
      say: (line) => void process.stdout.write(`${line}\n`),
    }),
  );
});
