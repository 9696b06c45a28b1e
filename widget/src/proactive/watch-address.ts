/** Reports each change of the page's address, also without a page load. */

import type { Life } from './life.ts';

/** Where the browser does not report what `history.pushState` does. */
const LOOK_MS = 500;

export function watchAddress(changed: () => void, { signal, hasEnded }: Life): void {
  let last = location.href;
  const look = () => {
    if (hasEnded() || location.href === last) return;
    last = location.href;
    changed();
  };
  addEventListener('popstate', look, { signal });
  addEventListener('hashchange', look, { signal });
  const navigation = 'navigation' in window ? window.navigation : undefined;
  if (navigation instanceof EventTarget) {
    navigation.addEventListener('currententrychange', look, { signal });
  } else {
    // Replacing the page's `history.pushState` would get in the way of its router.
    const looking = setInterval(look, LOOK_MS);
    signal.addEventListener('abort', () => clearInterval(looking));
  }
}
