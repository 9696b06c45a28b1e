/** A template tag that escapes every value that isn't HTML already. */
import { escapeHtml } from '@firstword/server/lib/html-text';

export interface Html {
  readonly html: string;
}

type Value = string | number | Html | readonly Html[] | undefined;

export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return { html: parts.map((part, index) => part + write(values[index])).join('') };
}

/** Marks the output of a trusted renderer as HTML. */
export function trusted(text: string): Html {
  return { html: text };
}

function write(value: Value): string {
  if (value === undefined) return '';
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
  if ('html' in value) return value.html;
  return value.map((item) => item.html).join('');
}
