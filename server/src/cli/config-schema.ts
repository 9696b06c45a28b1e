/** `npm run config:schema`: writes firstword.config.schema.json and the tables of docs/configuration.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { writeTables } from '../config/config-docs.ts';
import { configJsonSchema } from '../config/config-json-schema.ts';

const inRepository = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const page = inRepository('docs/configuration.md');

writeFileSync(inRepository('firstword.config.schema.json'), `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
writeFileSync(page, writeTables(readFileSync(page, 'utf8')));
process.stdout.write('Wrote firstword.config.schema.json and docs/configuration.md.\n');
