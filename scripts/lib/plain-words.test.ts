import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** Files and folders whose texts, comments and test names must be in plain words. Add a folder once it is clean. */
const CHECKED = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'Dockerfile',
  'docker-compose.yml',
  '.env.example',
  '.ci',
  'docs',
  'scripts',
  'console/src',
  'console/test',
  'console/vite.config.ts',
  'e2e',
  'server/src',
  'server/test',
  'shared',
  'tools/bench',
  'tools/demo/src',
  'tools/testing',
  'widget/src',
  'widget/test',
];
/** History, pictures, phrases that visitors write, and this list itself. */
const SKIPPED = /^(node_modules|dist|decisions|screenshots|phrases|plain-words\.test\.ts)$/;

const FORBIDDEN =
  /\b(so many|so long|anew|afresh|whoever|hears? of|nobody|somebody|stands? (in|for|at|under|beside)|(is|are) told|takes nothing|first words?|felt wait)\b/gi;
/** Phrases that stay, each with its reason. */
const ALLOWED: readonly { file: string; phrase: string; reason: string }[] = [
  { file: 'README.md', phrase: 'first word', reason: 'the slogan' },
  { file: 'e2e/src/hand-off.test.ts', phrase: 'nobody', reason: 'a visitor writes it' },
  { file: 'e2e/src/screenshots.ts', phrase: 'nobody', reason: 'a visitor writes it' },
  { file: 'server/src/analysis/digest.test.ts', phrase: 'nobody', reason: 'a visitor writes it' },
  { file: 'server/test/analysis.test.ts', phrase: 'nobody', reason: 'a visitor writes it' },
  { file: 'server/src/local/postgres-user.ts', phrase: 'nobody', reason: 'the name of a system user' },
  { file: 'docs/operations.md', phrase: 'nobody', reason: 'the name of a system user' },
  { file: 'server/src/analysis/prompt.ts', phrase: 'stands in', reason: 'a prompt, measured as it is' },
  { file: 'tools/demo/src/demo-triage.ts', phrase: 'nobody', reason: 'a visitor writes it' },
  { file: 'tools/demo/src/demo-triage.ts', phrase: 'somebody', reason: 'a visitor writes it' },
  { file: 'tools/demo/src/demo-triage.test.ts', phrase: 'nobody', reason: 'a visitor writes it' },
  { file: 'tools/demo/src/demo-triage.test.ts', phrase: 'somebody', reason: 'a visitor writes it' },
];

function filesOf(path: string): string[] {
  if (!statSync(join(root, path)).isDirectory()) return [path];
  const names = readdirSync(join(root, path)).filter((name) => !SKIPPED.test(name));
  return names.flatMap((name) => filesOf(join(path, name)));
}

test.each(CHECKED)('%s is written in plain words', (path) => {
  const hits = filesOf(path).flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, index) =>
        [...line.matchAll(FORBIDDEN)].map(([phrase]) => ({ file, phrase: phrase.toLowerCase(), line: index + 1 })),
      ),
  );
  const isAllowed = (hit: { file: string; phrase: string }) =>
    ALLOWED.some(({ file, phrase }) => file === hit.file && phrase === hit.phrase);
  expect(hits.filter((hit) => !isAllowed(hit))).toEqual([]);
});

test('every allowed phrase still occurs', () => {
  const unused = ALLOWED.filter(
    ({ file, phrase }) => !readFileSync(join(root, file), 'utf8').toLowerCase().includes(phrase),
  );
  expect(unused).toEqual([]);
});
