/** Builds the server once, for tests that start it as a process. */
import { buildOnce } from '@firstword/testing/build-once';

export function setup() {
  buildOnce('server', 'main.js', ['vite.config.ts']);
}
