/** Copies a text where the clipboard's own interface is missing (plain-http pages, frames) or refused. */
import { detach } from '../natives.ts';

/** `root`: of the widget, because a selection outside of it would be the page's. Returns whether it worked. */
export function copyByCommand(root: Node, text: string): boolean {
  const field = document.createElement('textarea');
  field.className = 'unseen';
  field.readOnly = true;
  field.value = text;
  const parent = root instanceof ShadowRoot ? root : document.body;
  const focused = parent instanceof ShadowRoot ? parent.activeElement : undefined;
  parent.appendChild(field);
  field.select();
  const copied = document.execCommand('copy');
  detach(field);
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  return copied;
}
