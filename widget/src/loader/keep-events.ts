/** Keeps from the page what happens inside the widget, so that its shortcuts, focus traps and scrolling do not react to it. */

/**
 * The page would get them with the host element as target: its shortcuts would react to what a visitor types, its modal dialogs
 * take the focus back or close, its drop zones receive the files, and its smooth scrolling move the page instead of the chat.
 * Not the ends of a gesture, such as `mouseup`: it may have begun in the page.
 */
const INSIDE_ONLY = (
  'keydown keypress keyup beforeinput input paste copy cut compositionstart compositionupdate compositionend ' +
  'focus blur focusin focusout dragenter dragover dragleave drop pointerdown mousedown touchstart touchmove wheel contextmenu click'
).split(' ');
/** Where libraries keep the focus. Some give it no role. */
const DIALOG = 'dialog,[role$=dialog],[class*=modal],[class*=dialog],[data-focus-lock-disabled]';

/** A copy that ends at the shadow root. A pointer's is a plain event: a second click would follow a link twice. */
function copyWithin(event: Event): Event {
  const kind = /click|menu|mouse|pointer|touch|wheel/.test(event.type) ? CustomEvent : event.constructor;
  const get = (from: Event, name: string) => name !== 'composed' && Reflect.get(from, name);
  const copy: Event = Reflect.construct(kind, [event.type, new Proxy(event, { get })]);
  // Firefox fills the clipboard of an event that it did not make with nothing.
  const clipboardData: unknown = Reflect.get(event, 'clipboardData');
  return clipboardData ? Object.defineProperty(copy, 'clipboardData', { value: clipboardData }) : copy;
}

/** Returns a function that stops it. */
export function keepEvents(host: HTMLElement, root: ShadowRoot): () => void {
  function keep(event: Event) {
    const [inside] = event.composedPath();
    // Not what a captcha's provider draws: it is a part of the page, and only shown inside.
    if (inside instanceof Node && inside.getRootNode() === root) {
      // Before any listener of the page, also one that captures: the browser's own action, such as typing, stays.
      event.stopImmediatePropagation();
      if (!inside.dispatchEvent(copyWithin(event))) event.preventDefault();
      return;
    }
    // A modal dialog would take the focus back as soon as it enters the widget.
    const { target } = event;
    if (
      event instanceof FocusEvent &&
      event.relatedTarget === host &&
      target instanceof Element &&
      target.closest(DIALOG)
    )
      event.stopImmediatePropagation();
  }
  // Where the page has mounted the widget into a closed shadow root of its own, the window does not see what is inside.
  const stop = (event: Event) => event.stopPropagation();
  for (const type of INSIDE_ONLY) {
    addEventListener(type, keep, true);
    root.addEventListener(type, stop);
  }
  return () => {
    for (const type of INSIDE_ONLY) removeEventListener(type, keep, true);
  };
}
