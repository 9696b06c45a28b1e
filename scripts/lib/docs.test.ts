import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const filesIn = (folder: string, ends: string) =>
  readdirSync(join(root, folder)).flatMap((name) => (name.endsWith(ends) ? [join(folder, name)] : []));

/** `docs/decisions` is left out of the check of paths: its pages are history. */
const PAGES = [...filesIn('.', '.md'), ...filesIn('docs', '.md')];
const DECISIONS = filesIn('docs/decisions', '.md');
/** Where a path in backticks may begin. */
const BASES = ['.', 'server/src', 'server/test', 'server/test/reliability'];

test.each(PAGES)('every file that %s names in backticks exists', (page) => {
  const names = [...read(page).matchAll(/`([\w./@-]+\.(?:tsx?|mjs|md|yml))`/g)].map(([, name]) => name ?? '');
  const missing = names.filter((name) => ![...BASES, dirname(page)].some((base) => existsSync(join(root, base, name))));
  expect(missing).toEqual([]);
});

/** GitHub's rule for the anchor of a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
const anchorsOf = (path: string) =>
  [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading ?? ''));

test.each([...PAGES, ...DECISIONS])('every link of %s leads to a file and a heading that exist', (page) => {
  const links = [...read(page).matchAll(/(?:\]\(|src=")(?!https?:|mailto:)([^)"\s]+)[)"]/g)].map(
    ([, link]) => link ?? '',
  );
  const broken = links.filter((link) => {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? page : join(dirname(page), path);
    if (!existsSync(join(root, target))) return true;
    return anchor !== undefined && !anchorsOf(target).includes(anchor);
  });
  expect(broken).toEqual([]);
});

/** The names in the first column of a table whose head begins with `head`. */
function firstColumn(page: string, head: string): string[] {
  const [, table = ''] = read(page).split(`| ${head}`);
  const [rows = ''] = table.split('\n\n');
  return [...rows.matchAll(/^\| ((?:`[^`]+`(?:, )?)+)/gm)].flatMap(([, names = '']) =>
    [...names.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? ''),
  );
}

test('the rooms of ARCHITECTURE.md are the folders of server/src', () => {
  const folders = readdirSync(join(root, 'server/src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(firstColumn('ARCHITECTURE.md', 'room').toSorted()).toEqual(folders.map(({ name }) => name).toSorted());
});

test('the workspaces of ARCHITECTURE.md are those of package.json', () => {
  const { workspaces } = JSON.parse(read('package.json'));
  expect(firstColumn('ARCHITECTURE.md', 'workspace').toSorted()).toEqual(workspaces.toSorted());
});
