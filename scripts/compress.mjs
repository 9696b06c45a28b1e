/** `node scripts/compress.mjs FOLDER`: writes `.br` and `.gz` beside every text file that a build left in FOLDER. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

/** Smaller files fit into one packet anyway. */
const MIN_BYTES = 1024;
/** Images and fonts are compressed already. */
const TEXT_TYPES = new Set(['.js', '.css', '.html', '.svg', '.json']);

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: node scripts/compress.mjs FOLDER');
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !TEXT_TYPES.has(extname(entry.name))) continue;
  const path = join(entry.parentPath, entry.name);
  const content = readFileSync(path);
  if (content.length < MIN_BYTES) continue;
  writeFileSync(`${path}.br`, brotliCompressSync(content));
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
}
