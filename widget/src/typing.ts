/** Watches the message field where the site answers while visitors type. A separate file, fetched once the field has the focus. */
import type { Signal } from '@preact/signals';
import { createDraftSender, type DraftSenderParts } from './typing/draft-sender.ts';

/** Returns a function that ends it. */
export function watchTyping(area: HTMLTextAreaElement, draft: Signal<string>, parts: DraftSenderParts): () => void {
  const sender = createDraftSender({ ...parts, maySend: () => parts.maySend() && !savesData() });
  function onInput(event: Event) {
    const { isComposing, inputType } = event as InputEvent;
    if (isComposing) sender.composing();
    else sender.typed(area.value, event.timeStamp, inputType === 'insertText');
  }
  area.addEventListener('input', onInput);
  area.addEventListener('compositionend', onInput);
  area.addEventListener('compositionstart', sender.composing);
  const unsubscribe = draft.subscribe((text) => {
    if (text === '') sender.reset();
  });
  return () => {
    area.removeEventListener('input', onInput);
    area.removeEventListener('compositionend', onInput);
    area.removeEventListener('compositionstart', sender.composing);
    unsubscribe();
    sender.reset();
  };
}

/** Undefined in browsers without the Network Information API. */
function savesData(): boolean {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };
  return connection?.saveData === true;
}
