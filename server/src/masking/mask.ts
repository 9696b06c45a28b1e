/** Masks personal data and secrets in prompts with placeholders, and restores them in what the model writes. */

import { findData } from './find-data.ts';
import type { MaskKind } from './patterns.ts';

export interface Mask {
  /** Replaces data by placeholders such as `[email-1]`; the same data always gets the same placeholder. */
  hide(text: string): string;
  /** Replaces placeholders by the data. */
  reveal(text: string): string;
  /** Number of different values found. */
  found(): number;
}

/** A mask belongs to one request. It is never stored, nor sent to a model. */
export function createMask(kinds: ReadonlySet<MaskKind>): Mask {
  const names = new Map<string, string>();
  const data = new Map<string, string>();

  const nameOf = (kind: MaskKind, value: string) => {
    const known = names.get(value);
    if (known !== undefined) return known;
    const name = `[${kind}-${names.size + 1}]`;
    names.set(value, name);
    data.set(name, value);
    return name;
  };

  return {
    hide(text) {
      let hidden = '';
      let from = 0;
      for (const { kind, start, end } of findData(text, kinds)) {
        hidden += text.slice(from, start) + nameOf(kind, text.slice(start, end));
        from = end;
      }
      return hidden + text.slice(from);
    },
    reveal: (text) =>
      names.size === 0 ? text : text.replace(PLACEHOLDER, (name) => data.get(name.toLowerCase()) ?? name),
    found: () => names.size,
  };
}

const PLACEHOLDER = /\[(?:secret|token|card|email|iban|id|birth-date|phone)-\d{1,5}\]/gi;
