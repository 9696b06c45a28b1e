/** The main area without anything to read: why that is, what to do, and on a phone the way back to the list. */
import type { ComponentChildren } from 'preact';
import { ticketTexts } from '../texts/ticket-texts.ts';

export interface PlaceholderProps {
  /** What the link that skips the list leads to. */
  readonly id?: string;
  readonly title: string;
  readonly text?: string;
  /** Absent while the list is shown on a phone, too. */
  readonly onBack: (() => void) | undefined;
  readonly children?: ComponentChildren;
}

export function Placeholder({ id, title, text, onBack, children }: PlaceholderProps) {
  return (
    <section class="ticket ticket--none" id={id} tabIndex={-1} aria-label={title}>
      <div class="nothing">
        <h2>{title}</h2>
        {text !== undefined && <p>{text}</p>}
        <div class="nothing__actions">
          {children}
          {onBack !== undefined && (
            <button type="button" class="button button--plain nothing__back" onClick={onBack}>
              {ticketTexts.back}
            </button>
          )}
        </div>
      </div>
    </section>
  );
}
