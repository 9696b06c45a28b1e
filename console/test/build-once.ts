/** Builds the console once, before its tests run in a browser. */
import { buildOnce } from '@firstword/testing/build-once';

export function setup() {
  buildOnce('console', 'index.html', ['vite.config.ts', 'index.html']);
}
