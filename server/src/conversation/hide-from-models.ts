/** A question as the models see it: without the data that its site hides from them. */
import type { Message } from '@firstword/shared/wire';
import type { Mask } from '../masking/mask.ts';

interface Words {
  /** Oldest first. */
  readonly history: readonly Message[];
  readonly text: string;
}

/** The history is masked first, so that a prompt begins in the same way as the prompt of its warm-up. */
export function hideFromModels(mask: Mask, { history, text }: Words): Words {
  const hidden = history.map((message) => {
    const seen = mask.hide(message.text);
    return seen === message.text ? message : { ...message, text: seen };
  });
  return { history: hidden, text: mask.hide(text) };
}
