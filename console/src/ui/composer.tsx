/** The form to review, edit and send a reply. Works without an analysis. */
import type { TicketDetail } from '@firstword/shared/console-wire';
import { MESSAGE_TEXT_MAX } from '@firstword/shared/limits';
import { type Signal, useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { textFor } from '../canned-replies.ts';
import { COMMANDS } from '../commands/commands.ts';
import { keyLabel } from '../commands/shortcuts.ts';
import { filesOf } from '../dropped-files.ts';
import { macroText } from '../macros.ts';
import { replyParts } from '../marks.ts';
import type { ReplyPlan } from '../reply-plan.ts';
import { replyTexts, writingText } from '../texts/reply-texts.ts';
import { isDone } from '../ticket-rows.ts';
import type { Workspace } from '../workspace.ts';
import { AttachButton } from './attach-button.tsx';
import { AttachmentList } from './attachment-list.tsx';
import { Avatar } from './avatar.tsx';
import { CommandButton } from './command-button.tsx';
import { MacroLine } from './macro-line.tsx';
import { MarkdownText } from './markdown-text.tsx';
import { isMac } from './platform.ts';
import { ReplyField } from './reply-field.tsx';
import { UnsupportedList } from './unsupported-list.tsx';
import { useSuggestions } from './use-suggestions.tsx';
import { WritingMenu } from './writing-menu.tsx';

const TITLES = { approve: replyTexts.proposed, edited: replyTexts.edited, reply: replyTexts.own } as const;
const BUTTONS = {
  approve: replyTexts.approveAndSend,
  edited: replyTexts.sendEdited,
  reply: replyTexts.sendReply,
} as const;

export function Composer({ workspace, detail }: { workspace: Workspace; detail: TicketDetail }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const { ticket } = workspace;
  const requests = workspace.composerFocusRequests.value;
  const handled = useRef(requests);
  const previewing = useSignal(false);
  const dropping = useSignal(false);

  useLayoutEffect(() => {
    if (requests === handled.current) return;
    handled.current = requests;
    previewing.value = false;
    field.current?.focus();
  }, [requests, previewing]);

  const { list } = workspace.cannedReplies;
  const canned = list.response.value;
  const suggestions = useSuggestions({
    field,
    mark: '/',
    label: replyTexts.cannedReplies,
    suggestions: (canned?.replies ?? [])
      .filter(({ siteId }) => siteId === undefined || siteId === detail.ticket.siteId)
      .map((reply) => {
        const text = textFor(reply, detail, workspace.session.agent.name, canned?.sites ?? []);
        return { id: reply.id, label: reply.shortcut, aside: text || macroText(reply.macro ?? {}), text, reply };
      }),
    onOpen: () => void list.load(),
    textOf: ({ text }) => text,
    onPick({ text, reply: { id, macro } }) {
      if (macro !== undefined && text === '') void ticket.applyMacro(macro);
      else if (macro !== undefined) ticket.attachMacro(id);
    },
  });

  const plan = ticket.plan.value;
  if (plan === undefined) return null;
  if (workspace.situation.value.readOnly)
    return (
      <footer class="composer composer--closed">
        <p>{replyTexts.readOnly}</p>
      </footer>
    );
  if (isDone(detail.ticket))
    return (
      <footer class="composer composer--closed">
        <p>{replyTexts.closed}</p>
        <CommandButton workspace={workspace} id="reopen" kind="plain" />
        <CommandButton workspace={workspace} id="restore" kind="plain" />
      </footer>
    );

  const assisted = workspace.assist.text.value;
  const isOwn = assisted !== undefined || plan.send === 'reply';
  const parts = replyParts(assisted ?? plan.text, isOwn ? [] : (plan.proposal?.sentences ?? []));
  const over = plan.text.length - MESSAGE_TEXT_MAX;
  const sending = ticket.busy.value === 'reply' || ticket.busy.value === 'approve';
  const delayed = ticket.delayed.secondsLeft.value !== undefined;
  const uploading = ticket.attachments.uploads.value.some(({ fault }) => fault === undefined);
  const isEmpty = plan.text.trim() === '' && (ticket.draft.value?.attachments ?? []).length === 0;
  const attachFrom = (event: Event, data: DataTransfer | null) => {
    const files = filesOf(data);
    if (files === undefined || detail.uploads === undefined) return;
    event.preventDefault();
    ticket.attachments.attach(files);
  };
  return (
    <form
      class={dropping.value ? 'composer composer--dropping' : 'composer'}
      aria-label={replyTexts.reply}
      onPaste={(event) => attachFrom(event, event.clipboardData)}
      onDragOver={(event) => {
        if (detail.uploads === undefined || !event.dataTransfer?.types.includes('Files')) return;
        event.preventDefault();
        dropping.value = true;
      }}
      onDragLeave={() => {
        dropping.value = false;
      }}
      onDrop={(event) => {
        dropping.value = false;
        attachFrom(event, event.dataTransfer);
      }}
      onSubmit={(event) => {
        event.preventDefault();
        workspace.send();
      }}
    >
      {workspace.writing.value.length > 0 && (
        <p class="composer__writing" role="status">
          {workspace.writing.value.map(({ id, name }) => (
            <Avatar key={id} name={name} picture={workspace.pictures.of(id)} decorative />
          ))}
          {writingText(workspace.writing.value.map(({ name }) => name))}
        </p>
      )}
      <ComposerHead workspace={workspace} plan={plan} previewing={previewing} />
      {suggestions.list}
      {previewing.value && assisted === undefined ? (
        <section class="reply-preview" aria-label={replyTexts.previewHint}>
          <MarkdownText text={plan.text} span={undefined} />
        </section>
      ) : (
        <ReplyField
          field={field}
          label={TITLES[plan.send]}
          parts={parts}
          text={assisted ?? plan.text}
          readOnly={assisted !== undefined}
          onInput={workspace.write}
          onSend={workspace.send}
          onFocus={ticket.focused}
          suggestions={suggestions}
        />
      )}
      <AttachmentList workspace={workspace} />
      <MacroLine workspace={workspace} />
      <UnsupportedList parts={parts} field={field} />
      <div class="composer__foot">
        <AttachButton workspace={workspace} />
        <WritingMenu workspace={workspace} text={plan.text} language={detail.ticket.language ?? detail.ticket.locale} />
        <UndoBar workspace={workspace} />
        {over > 0 && <p class="composer__over">{replyTexts.tooLong(over)}</p>}
        <button
          type="submit"
          class="button button--primary"
          disabled={
            assisted !== undefined || isEmpty || uploading || over > 0 || delayed || ticket.busy.value !== undefined
          }
          data-tip={`A · ${isMac ? '⌘' : 'Ctrl '}Enter`}
          aria-keyshortcuts="a Control+Enter Meta+Enter"
        >
          {sending ? replyTexts.sending : BUTTONS[plan.send]}
        </button>
      </div>
    </form>
  );
}

function UndoBar({ workspace: { ticket } }: { workspace: Workspace }) {
  const { secondsLeft, undo } = ticket.delayed;
  if (secondsLeft.value === undefined) return null;
  return (
    <p class="composer__undo">
      {replyTexts.sendingIn(secondsLeft.value)} ·{' '}
      <button type="button" class="link" onClick={undo}>
        {replyTexts.undo}
      </button>
    </p>
  );
}

interface ComposerHeadProps {
  readonly workspace: Workspace;
  readonly plan: ReplyPlan;
  readonly previewing: Signal<boolean>;
}

function ComposerHead({ workspace, plan, previewing }: ComposerHeadProps) {
  const { ticket } = workspace;
  const { proposal } = plan;
  return (
    <p class="composer__head">
      <span class="composer__title">{TITLES[plan.send]}</span>
      {plan.text.trim() !== '' && (
        <button
          type="button"
          class="link"
          aria-pressed={previewing.value}
          title={replyTexts.previewHint}
          onClick={() => {
            previewing.value = !previewing.value;
          }}
        >
          {replyTexts.preview}
        </button>
      )}
      {plan.send === 'edited' && (
        <button type="button" class="link" onClick={ticket.useProposal}>
          {replyTexts.resetProposal}
        </button>
      )}
      {plan.offered && proposal !== undefined && (
        <button type="button" class="link" onClick={ticket.useProposal}>
          {replyTexts.useProposal}
        </button>
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
