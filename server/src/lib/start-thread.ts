/** Starts a thread from a module beside its caller, built or from source. It does not keep the process alive. */
import { type ResourceLimits, Worker } from 'node:worker_threads';

/** A thread does not inherit the TypeScript loader of a process that runs from source, so it registers its own. */
const LOAD_SOURCE = `
import('tsx/esm/api').then(({ register }) => {
  register();
  return import(process.argv[2]);
});
`;

/**
 * @param caller the caller's `import.meta.url`
 * @param name of the module without its extension; it needs an entry of its own in `vite.config.ts`
 */
export function startThread(caller: string, name: string, resourceLimits: ResourceLimits = {}): Worker {
  const worker = caller.endsWith('.ts')
    ? new Worker(LOAD_SOURCE, { eval: true, argv: [new URL(`./${name}.ts`, caller).href], resourceLimits })
    : new Worker(new URL(`./${name}.js`, caller), { resourceLimits });
  worker.unref();
  return worker;
}
