import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const SCHEME = /prefers-color-scheme|data-scheme|light-dark\(/g;
const DARK_BLOCK = /(?:\(prefers-color-scheme: dark\) \{\s*:root|\[data-scheme="dark"\]) \{([^}]*)\}/;
const COLOR = /^(--[a-z-]+: (#[0-9a-f]{6}|rgb\([\d ]+\))|--shadow: .+|color-scheme: dark)$/;

// Otherwise `violationsInBothSchemes` would have to apply every rule in both.
test.each(['console/src', 'widget/src'])('the color schemes of %s differ in colors only', (folder) => {
  const css = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.css'))
    .map((name) => readFileSync(path.join(root, folder, name), 'utf8'))
    .join('\n');
  const [, block = ''] = DARK_BLOCK.exec(css) ?? [];
  const declarations = block.split(/;\s*/).map((line) => line.trim());
  expect(css.match(SCHEME)).toHaveLength(1);
  expect(declarations.length).toBeGreaterThan(5);
  expect(declarations.filter((line) => line !== '' && !COLOR.test(line))).toEqual([]);
});
