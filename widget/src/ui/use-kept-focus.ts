/** Keeps the focus in the panel when the control that had it is removed, such as a form that was sent. */
import { useEffect } from 'preact/hooks';

/** Whether the focus fell to the page because its element in the widget was removed. */
export function focusIsLost(element: Element): boolean {
  const root = element.getRootNode();
  return root instanceof ShadowRoot && root.activeElement === null && document.activeElement === document.body;
}

export function useKeptFocus(panel: { current: HTMLElement | null }) {
  useEffect(() => {
    const { current: element } = panel;
    if (!element) return;
    let focused: EventTarget | null = null;
    const note = ({ target }: Event) => {
      focused = target;
    };
    const forget = ({ target }: Event) => {
      // Some browsers fire blur before the removal, others don't fire it.
      queueMicrotask(() => {
        if (focused === target && target instanceof Node && element.contains(target)) focused = null;
      });
    };
    const observer = new MutationObserver(() => {
      if (!(focused instanceof Node) || element.contains(focused)) return;
      focused = null;
      if (focusIsLost(element)) element.focus({ preventScroll: true });
    });
    element.addEventListener('focusin', note);
    element.addEventListener('focusout', forget);
    observer.observe(element, { childList: true, subtree: true });
    return () => {
      element.removeEventListener('focusin', note);
      element.removeEventListener('focusout', forget);
      observer.disconnect();
    };
  }, []);
}
