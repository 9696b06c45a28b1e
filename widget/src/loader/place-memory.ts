/** Remembers what an element loses when it leaves the document: focus, selection and scroll positions. */

type Field = HTMLInputElement | HTMLTextAreaElement;
const isField = (element: Element): element is Field => 'selectionStart' in element;

export interface PlaceMemory {
  /** Call once the host is in the document again. */
  restore(): void;
}

export function createPlaceMemory(host: HTMLElement, root: ShadowRoot): PlaceMemory {
  let focused: HTMLElement | undefined;
  const tops = new Map<Element, number>();
  root.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement) focused = target;
  });
  root.addEventListener('focusout', ({ target }) => {
    // Also fires before a removal; by the next microtask it is known whether the visitor left the field or the host left the page.
    queueMicrotask(() => {
      if (host.isConnected && root.activeElement !== target && focused === target) focused = undefined;
    });
  });
  // Scroll events do not bubble.
  root.addEventListener(
    'scroll',
    ({ target }) => {
      if (host.isConnected && target instanceof Element) tops.set(target, target.scrollTop);
    },
    true,
  );
  return {
    restore() {
      for (const [element, top] of tops) {
        if (root.contains(element)) element.scrollTop = top;
        else tops.delete(element);
      }
      const active = document.activeElement;
      // Something else may have taken the focus meanwhile, such as an autofocus of the new page.
      if (!focused || !root.contains(focused) || (active && active !== document.body)) return;
      const [start, end] = isField(focused) ? [focused.selectionStart, focused.selectionEnd] : [];
      focused.focus({ preventScroll: true });
      if (isField(focused) && start !== null && start !== undefined) focused.setSelectionRange(start, end ?? start);
    },
  };
}
