/** Builds the widget once, before its tests run in a browser. */
import { buildOnce } from '@firstword/testing/build-once';

export function setup() {
  buildOnce('widget', 'widget.js', ['vite.config.ts', 'client-patches.ts']);
}
