/** The entry point of a deployed process. */
import { runProcess } from './run.ts';

await runProcess();
