/** Keeps the widget in a page that swaps its whole body or empties it, as navigation without a page load does. */

/** Returns what lets go of it. The element takes its state along: it is moved, not made anew. */
export function keepAttached(host: HTMLElement): () => void {
  const observer = new MutationObserver(() => {
    const { body } = document;
    if (!body) return;
    // Who keeps copies of pages brings back an empty shell of the widget with them.
    for (const copy of body.querySelectorAll('[data-firstword]')) if (!copy.shadowRoot) copy.remove();
    if (host.parentNode !== body) body.append(host);
    watch();
  });
  function watch() {
    observer.disconnect();
    // Direct children alone: what happens deeper in the page costs nothing.
    observer.observe(document.documentElement, { childList: true });
    observer.observe(document.body, { childList: true });
  }
  watch();
  return () => observer.disconnect();
}
