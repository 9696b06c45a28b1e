/** Builds the server: its processes, their threads, and one file for each command. */
import { existsSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { defineConfig } from 'vite';

/** Built too, so that they run where only production packages are installed. */
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
  // Bundles packages, too: finding and reading their many small files takes a quarter of a start.
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
        'password-thread': 'src/agents/password-thread.ts',
        'text-thread': 'src/analysis/text-thread.ts',
        ...commands(),
      },
      // Chunks beside the entries: code that resolves a path by its own URL must be one folder below server/, as in src.
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
