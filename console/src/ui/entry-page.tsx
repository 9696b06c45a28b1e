/** The frame of the pages before sign-in: one card with one form. */
import type { ComponentChildren } from 'preact';
import type { Failure } from '../api.ts';
import { commonTexts } from '../texts/common-texts.ts';
import { signInTexts } from '../texts/sign-in-texts.ts';
import { Mark } from './icons.tsx';

export interface EntryPageProps {
  readonly title: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly children: ComponentChildren;
  /** Below the card. */
  readonly foot?: ComponentChildren;
}

export function EntryPage({ title, hint, error, children, foot }: EntryPageProps) {
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
        <EntryError text={error} />
      </div>
      {foot}
    </main>
  );
}

/** Always there, so that screen readers announce what appears in it. */
export function EntryError({ text }: { text: string | undefined }) {
  return (
    <p class="entry__error" role="alert">
      {text}
    </p>
  );
}

/** @param refused the text for credentials that the server rejects */
export function failureText(failure: Failure, refused: string): string {
  if (failure.code === 'offline' || failure.code === 'unavailable') return commonTexts.offline;
  if (failure.code === 'rate-limited')
    return signInTexts.tooManyAttempts(Math.ceil((failure.retryAfterMs ?? 60_000) / 1000));
  if (failure.code === 'bad-request') return failure.message;
  return refused;
}
