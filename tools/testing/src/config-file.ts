/** A configuration file for one test. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTestFolder } from './test-folder.ts';

/** Call it in a test, whose end removes the file. @returns the environment that names the file. A text is written as it is, anything else as JSON. */
export function withConfigFile(content: unknown): { CONFIG_FILE: string } {
  const path = join(createTestFolder(), 'config.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return { CONFIG_FILE: path };
}

export const acme = { id: 'acme', name: 'Acme', allowedOrigins: ['https://acme.example'] };
/** A configuration with one site. */
export const acmeWith = (more: object) => ({ sites: [{ ...acme, ...more }] });
