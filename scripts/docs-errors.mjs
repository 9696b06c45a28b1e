/** `npm run docs:errors`: writes `docs/errors.md` from the error catalogue. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { register } from 'tsx/esm/api';
import { bootstrap } from './lib/bootstrap.mjs';

const { root } = bootstrap();
register();
const page = await import(pathToFileURL(join(root, 'server/src/cli/error-page/error-page.ts')).href);
writeFileSync(join(root, 'docs/errors.md'), page.renderErrorPage());
