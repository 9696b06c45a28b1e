/** A configuration file for one test. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @returns the environment that names the file. A text is written as it is, anything else as JSON. */
export function withConfigFile(content: unknown): { CONFIG_FILE: string } {
  const path = join(mkdtempSync(join(tmpdir(), 'firstword-config-')), 'config.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return { CONFIG_FILE: path };
}

export const acme = { id: 'acme', name: 'Acme', allowedOrigins: ['https://acme.example'] };
/** A configuration with one site. */
export const acmeWith = (more: object) => ({ sites: [{ ...acme, ...more }] });
