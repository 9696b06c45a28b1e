/** Builds the console once, before its tests run in a browser. */
import { build } from 'vite';

export async function setup() {
  await build({ configFile: new URL('../vite.config.ts', import.meta.url).pathname });
}
