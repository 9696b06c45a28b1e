/**
 * Keeps the widget in the page and on top of it: in the top layer, where no filter or transform of the body moves it, inside a modal
 * dialog while one is open, in its own size where the page is zoomed, and in a page that replaces or empties its body or its root, as
 * client-side navigation and hydration do.
 */
import { detach } from '../natives.ts';
import { createPlaceMemory } from './place-memory.ts';

const HIDING = ['inert', 'aria-hidden', 'hidden'];
const OPENINGS = { subtree: true, attributeFilter: ['open'] };
const hasTopLayer = () => 'showPopover' in HTMLElement.prototype;

/** Returns a function that stops it. The element is moved, not recreated, so it keeps its state. */
export function keepAttached(host: HTMLElement, root: ShadowRoot): () => void {
  const memory = createPlaceMemory(host, root);
  const topLayer = hasTopLayer();
  /** Open modal dialogs of the page; the last one opened makes everything outside of it inert. */
  const modals = new Set<Element>();
  if (topLayer) {
    host.setAttribute('popover', 'manual');
    for (const dialog of document.querySelectorAll('dialog:modal')) modals.add(dialog);
  }

  function home(): Element {
    for (const dialog of [...modals].reverse()) {
      if (dialog.isConnected && dialog.matches(':modal')) return dialog;
      modals.delete(dialog);
    }
    // Without a top layer only the root element is outside of what a body's filter or transform contains.
    return topLayer ? document.body : document.documentElement;
  }

  function place() {
    if (!document.body) return;
    // Page caches (Turbo) restore a copy of the host without its shadow root.
    for (const copy of document.querySelectorAll('[data-firstword]')) if (!copy.shadowRoot) detach(copy);
    const parent = home();
    const moves = host.parentNode !== parent;
    if (moves) parent.appendChild(host);
    if (topLayer && !host.matches(':popover-open')) host.showPopover();
    if (moves) memory.restore();
    keepSize();
    watch(parent);
  }
  /** Zoomed, the panel could be larger than the viewport. */
  function keepSize() {
    host.style.setProperty('zoom', `${1 / (host.parentElement?.currentCSSZoom || 1)}`, 'important');
  }

  const children = new MutationObserver(place);
  const sizes = new ResizeObserver(keepSize);
  function watch(parent: Element) {
    children.disconnect();
    // Direct children only, so that changes deeper in the page cost nothing; a dialog may go together with anything around it.
    const deep = parent !== document.body && parent !== document.documentElement;
    children.observe(document, { childList: true, subtree: deep });
    if (!deep)
      for (const each of [document.documentElement, document.body]) children.observe(each, { childList: true });
    sizes.disconnect();
    sizes.observe(document.body);
  }
  const dialogs = new MutationObserver((records) => {
    for (const { target } of records) {
      if (!(target instanceof HTMLDialogElement)) continue;
      modals.delete(target);
      if (target.matches(':modal')) modals.add(target);
    }
    if (home() !== host.parentNode) place();
  });
  /** The document's observer sees no dialog in a shadow root, such as that of a web component. Opened, it has the focus. */
  function findDialog(event: Event) {
    for (const each of event.composedPath()) {
      if (!(each instanceof HTMLDialogElement) || modals.has(each) || !each.matches(':modal')) continue;
      modals.add(each);
      dialogs.observe(each.getRootNode(), OPENINGS);
      place();
    }
  }
  if (topLayer) {
    dialogs.observe(document, OPENINGS);
    addEventListener('focusin', findDialog, true);
  }
  // Modal dialogs of libraries hide every other child of the body.
  const hiding = new MutationObserver(show);
  function show() {
    for (const name of HIDING) if (host.hasAttribute(name)) host.removeAttribute(name);
  }
  hiding.observe(host, { attributeFilter: HIDING });
  place();
  return () => {
    hiding.disconnect();
    children.disconnect();
    dialogs.disconnect();
    sizes.disconnect();
    removeEventListener('focusin', findDialog, true);
  };
}
