/** Builds the console's service worker: one classic script, because not every browser has modules in service workers. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = path.dirname(fileURLToPath(import.meta.url));

export default defineConfig({
  root: here,
  publicDir: false,
  logLevel: 'warn',
  build: {
    outDir: path.join(here, 'dist'),
    emptyOutDir: false,
    target: 'es2022',
    rolldownOptions: {
      input: path.join(here, 'worker/push-worker.ts'),
      output: { format: 'iife', entryFileNames: 'push-worker.js' },
    },
  },
});
