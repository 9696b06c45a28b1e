import { defineConfig } from 'vite';

export default defineConfig({
  // Packages, too: to find and read their many small files is a quarter of what a start costs.
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
