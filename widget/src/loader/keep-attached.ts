/** Keeps the widget in a page that replaces or empties its body, as client-side navigation does. */
import { detach } from '../natives.ts';

/** Returns a function that stops it. The element is moved, not recreated, so it keeps its state. */
export function keepAttached(host: HTMLElement): () => void {
  const observer = new MutationObserver(() => {
    const { body } = document;
    if (!body) return;
    // Page caches (Turbo) restore a copy of the host without its shadow root.
    for (const copy of body.querySelectorAll('[data-firstword]')) if (!copy.shadowRoot) detach(copy);
    if (host.parentNode !== body) body.appendChild(host);
    watch();
  });
  function watch() {
    observer.disconnect();
    // Direct children only, so that changes deeper in the page cost nothing.
    observer.observe(document.documentElement, { childList: true });
    observer.observe(document.body, { childList: true });
  }
  watch();
  return () => observer.disconnect();
}
