/** The entry point of `npm run dev`: the product with its demo, from source. */
import { runProcess } from '@firstword/server/run';
import { demo } from './demo.ts';

await runProcess(demo);
