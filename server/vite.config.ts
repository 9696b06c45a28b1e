import { existsSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { defineConfig } from 'vite';

/** Commands for people and scripts, so that they run where only production packages are. */
function commands(): Record<string, string> {
  const folder = 'src/cli';
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return Object.fromEntries(
    files
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => [`cli/${basename(file, '.ts')}`, `${folder}/${file}`]),
  );
}

export default defineConfig({
  // Packages, too: to find and read their many small files is a quarter of what a start costs.
  ssr: { noExternal: true },
  build: {
    ssr: true,
    target: 'node20',
    sourcemap: true,
    rolldownOptions: {
      input: {
        main: 'src/main.ts',
        run: 'src/run.ts',
        'index-thread': 'src/knowledge/index-thread.ts',
        'parse-thread': 'src/sources/parse-thread.ts',
        'text-thread': 'src/analysis/text-thread.ts',
        ...commands(),
      },
      // Chunks beside the entries: code that resolves a path by its own URL must be one folder below server/, as in src.
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
