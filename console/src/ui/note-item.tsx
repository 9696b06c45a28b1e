/** An agent's note, shown in the conversation and never sent to the visitor. */
import type { TicketDetail } from '@firstword/shared/console-wire';
import { splitNote } from '../mentions.ts';
import { ticketTexts } from '../texts/ticket-texts.ts';
import { Ago } from './clock.tsx';

export function NoteItem({ note }: { note: TicketDetail['notes'][number] }) {
  return (
    <li class="message message--note">
      <p class="message__head">
        <span class="message__speaker">{note.author}</span>
        <span>{ticketTexts.note}</span>
        <Ago at={note.at} />
      </p>
      <p class="message__text" dir="auto">
        {splitNote(note.text, note.mentions ?? []).map(({ text, isMention }, index) =>
          isMention ? <b key={index}>{text}</b> : text,
        )}
      </p>
    </li>
  );
}
