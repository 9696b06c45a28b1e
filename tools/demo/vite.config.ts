/** Builds the demo and its engine for `npm start`. */
import { defineConfig } from 'vite';

export default defineConfig({
  // Bundles packages, too: finding and reading their many small files takes a quarter of a start.
  ssr: { noExternal: true },
  build: {
    ssr: true,
    target: 'node20',
    sourcemap: true,
    rolldownOptions: {
      input: { demo: 'src/demo.ts', 'demo-engine-main': 'src/demo-engine-main.ts' },
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});
