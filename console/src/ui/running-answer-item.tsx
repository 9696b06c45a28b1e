/** What the assistant is writing. It is quiet for screen readers until its message has come. */
import type { RunningAnswer } from '../running-answer.ts';
import { ticketTexts } from '../texts/ticket-texts.ts';
import { MarkdownText } from './markdown-text.tsx';

export function RunningAnswerItem({ answer }: { answer: RunningAnswer }) {
  return (
    <li class="message message--assistant message--running" aria-busy="true">
      <p class="message__head">
        <span class="message__speaker">{ticketTexts.speakers.assistant}</span>
        <span>{ticketTexts.answering}</span>
      </p>
      <MarkdownText text={answer.text} span={undefined} />
    </li>
  );
}
