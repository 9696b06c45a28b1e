/** The frame of the pages before the work begins: one card with one form. */
import type { ComponentChildren } from 'preact';
import { commonTexts } from '../texts/common-texts.ts';
import { Mark } from './icons.tsx';

export interface EntryPageProps {
  readonly title: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly children: ComponentChildren;
}

export function EntryPage({ title, hint, error, children }: EntryPageProps) {
  return (
    <main class="entry">
      <div class="entry__card">
        <p class="entry__brand">
          <Mark />
          {commonTexts.product}
        </p>
        <h1>{title}</h1>
        {hint !== undefined && <p class="entry__hint">{hint}</p>}
        {children}
        <p class="entry__error" role="alert">
          {error}
        </p>
      </div>
    </main>
  );
}

/** The text of a form's field. */
export function fieldText(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
