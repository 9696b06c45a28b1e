/** Builds the console: one HTML file and hashed assets. Nothing is inline, because the content security policy forbids it. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = path.dirname(fileURLToPath(import.meta.url));

const ENTRY = path.join(here, 'src/main.tsx');

interface Build {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

/** Chunk of what the entry imports without waiting for a page to be opened. Found once, with the first module. */
function startChunk(): (id: string, build: Build) => string | null {
  let modules: Set<string> | undefined;
  return (id, build) => {
    if (modules === undefined) {
      modules = new Set([ENTRY]);
      for (const found of modules)
        for (const imported of build.getModuleInfo(found)?.importedIds ?? []) modules.add(imported);
    }
    return modules.has(id) ? 'start' : null;
  };
}

export default defineConfig({
  root: here,
  // The server inserts the base path into the page, see server/src/http/assets.ts.
  base: './',
  publicDir: false,
  logLevel: 'warn',
  oxc: { jsx: { importSource: 'preact', runtime: 'automatic' } },
  resolve: { conditions: ['browser', 'module', 'import', 'default'] },
  build: {
    outDir: path.join(here, 'dist'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssMinify: 'lightningcss',
    rolldownOptions: {
      output: {
        codeSplitting: {
          // One file. Because it waits for the language (src/texts/translated.ts), it would be cut into dozens.
          groups: [
            {
              name: startChunk(),
              debugName: 'start',
            },
          ],
        },
      },
    },
  },
});
