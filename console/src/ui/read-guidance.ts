/** Reads guidance from the fields of its form. */
import type { Guidance } from '@firstword/shared/guidance';
import { linesOf } from '../lines-of.ts';
import { fieldText } from './field.tsx';

/** What the form says now. */
export function readGuidance(form: HTMLFormElement): Guidance {
  const data = new FormData(form);
  const lines = (name: string) => linesOf(fieldText(data, name));
  const snippetTexts = data.getAll('snippet-text');
  return {
    tone: fieldText(data, 'tone').trim(),
    maxWords: Number(fieldText(data, 'max-words')),
    always: lines('always'),
    never: lines('never'),
    snippets: data
      .getAll('snippet-title')
      .map((title, at) => ({ title: String(title).trim(), text: String(snippetTexts[at]).trim() })),
  };
}
