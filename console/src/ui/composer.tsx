/** Where the reply is read, edited and sent. It works without an analysis. */
import type { TicketDetail } from '@firstword/shared/console-wire';
import { MESSAGE_TEXT_MAX } from '@firstword/shared/limits';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { COMMANDS } from '../commands/commands.ts';
import { keyLabel } from '../commands/shortcuts.ts';
import { replyParts } from '../marks.ts';
import type { ReplyPlan } from '../reply-plan.ts';
import { texts } from '../texts.ts';
import { isDone } from '../ticket-rows.ts';
import type { Workspace } from '../workspace.ts';
import { CommandButton } from './command-button.tsx';
import { isMac } from './platform.ts';
import { ReplyField } from './reply-field.tsx';
import { UnsupportedList } from './unsupported-list.tsx';

const TITLES = { approve: texts.replyProposed, edited: texts.replyEdited, reply: texts.replyOwn } as const;
const BUTTONS = { approve: texts.approveAndSend, edited: texts.sendEdited, reply: texts.sendReply } as const;

export function Composer({ workspace, detail }: { workspace: Workspace; detail: TicketDetail }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const { ticket } = workspace;
  const calls = workspace.composerFocusRequests.value;
  const answered = useRef(calls);

  useLayoutEffect(() => {
    if (calls === answered.current) return;
    answered.current = calls;
    field.current?.focus();
  }, [calls]);

  const plan = ticket.plan.value;
  if (plan === undefined) return null;
  if (isDone(detail.ticket))
    return (
      <footer class="composer composer--closed">
        <p>{texts.closedForReplies}</p>
        <CommandButton workspace={workspace} id="reopen" kind="plain" />
        <CommandButton workspace={workspace} id="restore" kind="plain" />
      </footer>
    );

  const parts = replyParts(plan.text, plan.send === 'reply' ? [] : (plan.proposal?.sentences ?? []));
  const over = plan.text.length - MESSAGE_TEXT_MAX;
  const sending = ticket.busy.value === 'reply' || ticket.busy.value === 'approve';
  return (
    <form
      class="composer"
      aria-label={texts.reply}
      onSubmit={(event) => {
        event.preventDefault();
        workspace.run('send');
      }}
    >
      <ComposerHead workspace={workspace} plan={plan} />
      <ReplyField
        field={field}
        label={TITLES[plan.send]}
        parts={parts}
        text={plan.text}
        onInput={workspace.write}
        onSend={() => workspace.run('send')}
      />
      <UnsupportedList parts={parts} field={field} />
      <div class="composer__foot">
        {over > 0 && <p class="composer__over">{texts.tooLong(over)}</p>}
        <button
          type="submit"
          class="button button--primary"
          disabled={plan.text.trim() === '' || over > 0 || ticket.busy.value !== undefined}
          data-tip={`A · ${isMac ? '⌘' : 'Ctrl '}Enter`}
          aria-keyshortcuts="a Control+Enter Meta+Enter"
        >
          {sending ? texts.sending : BUTTONS[plan.send]}
        </button>
      </div>
    </form>
  );
}

function ComposerHead({ workspace, plan }: { workspace: Workspace; plan: ReplyPlan }) {
  const { ticket } = workspace;
  const { proposal } = plan;
  return (
    <p class="composer__head">
      <span class="composer__title">{TITLES[plan.send]}</span>
      {plan.send === 'edited' && (
        <button type="button" class="link" onClick={() => ticket.begin(undefined)}>
          {texts.resetProposal}
        </button>
      )}
      {plan.beside && proposal !== undefined && (
        <span>
          {texts.proposalBeside(proposal.number)}{' '}
          <button type="button" class="link" onClick={() => ticket.begin(undefined)}>
            {texts.useProposal}
          </button>
        </span>
      )}
      {plan.send !== 'reply' && (
        <button
          type="button"
          class="link composer__own"
          data-tip={keyLabel('t', isMac)}
          onClick={() => workspace.run('write-own-reply')}
        >
          {COMMANDS['write-own-reply'].label}
        </button>
      )}
    </p>
  );
}
