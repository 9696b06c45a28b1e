/**
 * Keeps the widget in the page and on top of it: in the top layer, where no filter or transform of the body moves it, inside a modal
 * dialog while one is open, and in a page that replaces or empties its body, as client-side navigation does.
 */
import { detach } from '../natives.ts';
import { createPlaceMemory } from './place-memory.ts';

const HIDING = ['inert', 'aria-hidden', 'hidden'];
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
    watch(parent);
  }

  const children = new MutationObserver(place);
  function watch(parent: Element) {
    children.disconnect();
    // Direct children only, so that changes deeper in the page cost nothing; a dialog may go together with anything around it.
    const deep = parent !== document.body && parent !== document.documentElement;
    children.observe(document.documentElement, { childList: true, subtree: deep });
    if (!deep) children.observe(document.body, { childList: true });
  }
  const dialogs = new MutationObserver((records) => {
    for (const { target } of records) {
      if (!(target instanceof HTMLDialogElement)) continue;
      modals.delete(target);
      if (target.matches(':modal')) modals.add(target);
    }
    if (home() !== host.parentNode) place();
  });
  if (topLayer) dialogs.observe(document.documentElement, { subtree: true, attributeFilter: ['open'] });
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
  };
}
