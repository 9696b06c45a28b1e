/** Lists failed analyses with their tickets. Each can be run again. */
import { COMMANDS } from '../commands/commands.ts';
import type { DeadLetter } from '../dead-letters.ts';
import { reportTexts } from '../texts/report-texts.ts';
import { ticketTexts } from '../texts/ticket-texts.ts';
import type { Workspace } from '../workspace.ts';
import { Ago } from './clock.tsx';
import { CloseFoot, DialogFrame } from './dialog-frame.tsx';

export function DeadLettersDialog({ workspace }: { workspace: Workspace }) {
  const { letters, failed } = workspace.deadLetters;
  return (
    <DialogFrame
      workspace={workspace}
      title={reportTexts.deadLettersTitle}
      hint={letters.value.length === 0 ? reportTexts.deadLettersDone : reportTexts.deadLettersHint}
      wide
    >
      <ul class="letters">
        {letters.value.map((letter) => (
          <Letter key={letter.runId} workspace={workspace} letter={letter} />
        ))}
      </ul>
      <p class="report__failed" role="alert">
        {failed.value && reportTexts.rerunFailed}
      </p>
      <CloseFoot workspace={workspace} first />
    </DialogFrame>
  );
}

function Letter({ workspace, letter }: { workspace: Workspace; letter: DeadLetter }) {
  const { deadLetters, router } = workspace;
  const { runId, ticket, reason, attempts, failedAt } = letter;
  return (
    <li class="letter">
      <a
        href={router.ticketHref(ticket.id)}
        aria-label={reportTexts.openTicket(ticket.number)}
        onClick={(event) => {
          event.preventDefault();
          workspace.dialog.value = undefined;
          router.go(ticket.id);
        }}
      >
        #{ticket.number}
      </a>
      <div class="letter__words">
        <p class="letter__line">{ticket.firstLine}</p>
        <p class="report__quiet">
          {reason} · {reportTexts.attempts(attempts)} · <Ago at={failedAt} />
        </p>
      </div>
      <button
        type="button"
        class="button button--plain"
        disabled={deadLetters.busy.value.includes(runId)}
        aria-label={`${COMMANDS.rerun.label}, ${ticketTexts.ticket(ticket.number)}`}
        onClick={() => deadLetters.rerun(letter)}
      >
        {COMMANDS.rerun.label}
      </button>
    </li>
  );
}
