/** What is known of an answer's sentences: those without support, and its sources. */
import type { Message } from '@firstword/shared/wire';
import { ticketTexts } from '../texts/ticket-texts.ts';
import { SafeLink } from './safe-link.tsx';

/** What no article supports. */
export function Unsupported({ sentences }: { sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <div class="message__unsupported">
      <p>{ticketTexts.unsupported}</p>
      <ul>
        {sentences.map((sentence) => (
          <li key={sentence} dir="auto">
            {sentence}
          </li>
        ))}
      </ul>
    </div>
  );
}

export function Sources({ citations }: { citations: NonNullable<Message['citations']> }) {
  if (citations.length === 0) return null;
  return (
    <ol class="sources" aria-label={ticketTexts.sources}>
      {citations.map(({ n, title, url }) => (
        <li key={n} value={n}>
          <SafeLink url={url}>{title}</SafeLink>
        </li>
      ))}
    </ol>
  );
}
