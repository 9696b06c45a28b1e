/** Builds the widget in three runs: the panel as hashed modules with the package's entry, the part for proactive messages, then the loader, which carries the names of both files. */
import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import { markdownPatches, textOnly, unusedMethods, websocketOnly } from './client-patches.ts';

const here = path.dirname(fileURLToPath(import.meta.url));
const outDir = path.join(here, 'dist');
const panelEntry = 'src/panel.tsx';
const mountEntry = 'src/mount.ts';
const proactiveEntry = 'src/proactive.ts';
const proactiveManifest = '.vite/proactive.json';

/** Style sheets are imported as text (`?inline`) and adopted by the shadow root, so no build ever writes a CSS file. */
const common = {
  root: here,
  base: './',
  publicDir: false,
  oxc: { jsx: { importSource: 'preact', runtime: 'automatic', development: false } },
  logLevel: 'warn',
} satisfies UserConfig;
const build = {
  outDir,
  target: 'es2022',
  cssMinify: 'lightningcss',
  modulePreload: false,
  minify: 'terser',
  terserOptions: {
    ecma: 2020,
    module: true,
    compress: { passes: 3, keep_fargs: false, pure_funcs: ['console.assert'], pure_getters: true, unsafe_arrows: true },
  },
} satisfies UserConfig['build'];

function panelConfig(): UserConfig {
  return {
    ...common,
    plugins: [websocketOnly(), textOnly(), unusedMethods(), markdownPatches(), plainImports()],
    resolve: { conditions: ['browser', 'module', 'import', 'default'] },
    build: {
      ...build,
      emptyOutDir: true,
      manifest: true,
      rollupOptions: {
        input: [path.join(here, panelEntry), path.join(here, mountEntry)],
        // Files that the panel fetches later import shared parts from the panel's file.
        preserveEntrySignatures: 'allow-extension',
        // The client's modules have no side effects; the probe for XMLHttpRequest is removed together with the transports.
        treeshake: { moduleSideEffects: [{ test: /node_modules.(engine|socket)\.io/, sideEffects: false }] },
        output: {
          format: 'es',
          // The package's entry keeps its name; all other files have a hash in theirs.
          entryFileNames: ({ name }) => (name === 'mount' ? 'mount.js' : 'assets/[name]-[hash].js'),
          chunkFileNames: 'assets/[name]-[hash].js',
        },
      },
    },
  };
}

/** On its own: a part that it shared with the panel would fetch the panel. */
function proactiveConfig(): UserConfig {
  return {
    ...common,
    build: {
      ...build,
      emptyOutDir: false,
      manifest: proactiveManifest,
      rollupOptions: {
        input: path.join(here, proactiveEntry),
        preserveEntrySignatures: 'strict',
        output: { format: 'es', entryFileNames: 'assets/[name]-[hash].js' },
      },
    },
  };
}

function readManifest(file: string): Readonly<Record<string, { file: string } | undefined>> {
  return JSON.parse(readFileSync(path.join(outDir, file), 'utf8'));
}

function loaderConfig(): UserConfig {
  return {
    ...common,
    plugins: [versionedLoader()],
    define: {
      __PANEL_FILE__: JSON.stringify(readManifest('.vite/manifest.json')[panelEntry]?.file),
      __PROACTIVE_FILE__: JSON.stringify(readManifest(proactiveManifest)[proactiveEntry]?.file),
    },
    build: {
      ...build,
      emptyOutDir: false,
      rollupOptions: {
        input: path.join(here, 'src/loader.ts'),
        output: { format: 'iife', entryFileNames: 'widget.js' },
      },
    },
  };
}

/** Files loaded on demand need no preloading, because none imports another: without Vite's wrapper each import is shorter. */
function plainImports(): Plugin {
  const wrapper = /__vitePreload\([^;]*?(import\("[^"]+"\))[^_]*__VITE_PRELOAD__, import\.meta\.url\)/g;
  return {
    name: 'plain-imports',
    enforce: 'pre',
    renderChunk(code) {
      const plain = code.replaceAll(wrapper, '$1');
      if (plain.includes('__VITE_PRELOAD__')) this.error('An import is still wrapped. Check the installed vite.');
      return plain;
    },
  };
}

/** A copy with a hash in its name never changes, so pages may name its integrity. `server/src/http/widget-loader.ts` reads it. */
function versionedLoader(): Plugin {
  return {
    name: 'versioned-loader',
    writeBundle() {
      const loader = path.join(outDir, 'widget.js');
      const hash = createHash('sha256').update(readFileSync(loader)).digest('hex').slice(0, 16);
      copyFileSync(loader, path.join(outDir, 'assets', `widget-${hash}.js`));
    },
  };
}

const configs: Readonly<Record<string, () => UserConfig>> = { proactive: proactiveConfig, loader: loaderConfig };

export default defineConfig(({ mode }) => (configs[mode] ?? panelConfig)());
