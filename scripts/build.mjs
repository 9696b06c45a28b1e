/** `npm run build`: builds what `npm start` runs. */
import { bootstrap } from './lib/bootstrap.mjs';
import { buildStep } from './lib/build.mjs';
import { packagesStep } from './lib/packages.mjs';
import { createSteps } from './lib/steps.mjs';

const { root, run } = bootstrap();
const step = createSteps({ out: process.stdout });
await step(packagesStep({ root, run }));
await step(buildStep({ root, run }));
