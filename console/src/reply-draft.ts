/** The reply to the open ticket: its draft, the composer's content, and sending. */
import type { TicketDetail } from '@firstword/shared/console-wire';
import { MESSAGE_TEXT_MAX } from '@firstword/shared/limits';
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { ActionChoice } from './api.ts';
import { createDelayedSend, type DelayedSend } from './delayed-send.ts';
import type { Draft } from './drafts.ts';
import type { OpenTicket } from './open-ticket.ts';
import { planReply, type ReplyPlan, replyMeanwhile } from './reply-plan.ts';
import type { Drafts } from './synced-drafts.ts';
import { replyTexts } from './texts/reply-texts.ts';

export interface Notice {
  readonly kind: 'conflict' | 'failed' | 'refused' | 'done';
  readonly text: string;
  /** The button beside the notice. */
  readonly remedy?: { readonly label: string; readonly run: () => void };
}

export interface ReplyDraft {
  readonly draft: Signal<Draft | undefined>;
  readonly plan: ReadonlySignal<ReplyPlan | undefined>;
  /** A reply that can still be undone. */
  readonly delayed: Pick<DelayedSend, 'secondsLeft' | 'undo'>;
  /** Called before another ticket is opened: a delayed reply is sent at once. */
  leave(): void;
  /** Resolves when the server's draft is known. */
  open(ticketId: string | undefined): Promise<void>;
  /** Sends the reply; with `delay`, it can be undone for some seconds. Leaving the ticket sends it at once. */
  send(how: 'now' | 'delay'): void;
  write(text: string): void;
  /** The canned reply whose macro is applied once the reply is sent; undefined for none. */
  attachMacro(id: string | undefined): void;
  /** Clears an unedited proposal. A draft is kept. */
  writeOwn(): void;
  /** Replaces the draft with a run's proposed reply. Can be undone. */
  replace(text: string): void;
  /** Replaces the text by a better one; `done` says how. Can be undone. */
  rewrite(text: string, done: string): void;
  /** Fills in the proposed reply. */
  useProposal(): void;
  /** From now on, no proposal fills the composer or replaces its text. */
  focused(): void;
  /** Drops a delayed reply; its text stays in the composer. */
  close(): void;
}

export interface ReplyDraftParts {
  readonly drafts: Drafts;
  readonly agent: { readonly id: string; readonly name: string };
  readonly current: ReadonlySignal<OpenTicket | undefined>;
  readonly busy: ReadonlySignal<string | undefined>;
  readonly notice: Signal<Notice | undefined>;
  /** Resolves with the ticket afterwards; undefined when the reply was not accepted. */
  readonly act: <A extends 'reply' | 'approve'>(
    action: A,
    choice: ActionChoice<A>,
  ) => Promise<TicketDetail | undefined>;
  /** A reply was sent that began with the canned reply of this id. */
  readonly onSent: (detail: TicketDetail, macroOf: string) => Promise<void>;
}

export function createReplyDraft({ drafts, agent, current, busy, notice, act, onSent }: ReplyDraftParts): ReplyDraft {
  const draft = signal<Draft | undefined>(undefined);
  const composerFocused = signal(false);
  const delayed = createDelayedSend();
  /** Whether the draft has changed since the ticket was opened. */
  let touched = false;
  const plan = computed(
    () =>
      current.value?.detail &&
      planReply(current.value.detail, draft.value, { agentId: agent.id, focused: composerFocused.value }),
  );
  const lastSeq = () => current.value?.detail?.messages.at(-1)?.seq ?? 0;

  /** Edits undo a delayed reply, so that the text sent is always the text shown. */
  function keep(next: Draft | undefined) {
    if (current.value === undefined) return;
    touched = true;
    delayed.undo();
    draft.value = next;
    if (next === undefined) drafts.clear(current.value.ticketId);
    else drafts.write(current.value.ticketId, next);
  }

  function sendNow(reply: ReplyPlan, afterSeq: number) {
    const detail = current.value?.detail;
    if (detail === undefined) return;
    const text = reply.text.trim();
    const macroOf = draft.value?.macroOf;
    const submit = async () => {
      const { proposal } = reply;
      const sent = await (reply.send === 'reply' || proposal === undefined
        ? act('reply', { text })
        : act('approve', { runId: proposal.runId, text }));
      if (sent !== undefined && macroOf !== undefined) await onSent(sent, macroOf);
    };
    if (!replyMeanwhile(detail, afterSeq, agent.name)) return void submit();
    keep(draft.value ?? { text: reply.text, afterSeq });
    notice.value = {
      kind: 'conflict',
      text: replyTexts.replyMeanwhile,
      remedy: { label: replyTexts.sendAnyway, run: () => void submit() },
    };
  }

  const replyDraft: ReplyDraft = {
    draft,
    plan,
    delayed,
    leave: delayed.flush,
    async open(ticketId) {
      composerFocused.value = false;
      touched = false;
      const shown = ticketId === undefined ? undefined : drafts.read(ticketId);
      draft.value = shown;
      if (ticketId === undefined) return;
      const loaded = await drafts.load(ticketId);
      if (current.value?.ticketId === ticketId && !touched && loaded?.text !== shown?.text) draft.value = loaded;
    },
    send(how) {
      const reply = plan.value;
      const text = reply?.text.trim() ?? '';
      if (reply === undefined || text === '' || text.length > MESSAGE_TEXT_MAX || busy.value !== undefined) return;
      notice.value = undefined;
      const afterSeq = draft.value?.afterSeq ?? lastSeq();
      if (how === 'now') {
        delayed.undo();
        sendNow(reply, afterSeq);
      } else if (delayed.secondsLeft.value === undefined) delayed.start(() => sendNow(reply, afterSeq));
    },
    write(text) {
      const before = draft.value;
      const runId = plan.value?.send === 'approve' ? plan.value.proposal?.runId : before?.runId;
      const startedAfter = before?.text.trim() ? before.afterSeq : undefined;
      const macroOf = text.trim() === '' ? undefined : before?.macroOf;
      keep({
        text,
        ...(runId === undefined ? {} : { runId }),
        ...(macroOf === undefined ? {} : { macroOf }),
        afterSeq: startedAfter ?? lastSeq(),
      });
    },
    attachMacro(id) {
      if (draft.value === undefined) return;
      const { macroOf: _, ...kept } = draft.value;
      keep(id === undefined ? kept : { ...kept, macroOf: id });
    },
    writeOwn() {
      if (plan.value?.send === 'approve') keep({ text: '', afterSeq: lastSeq() });
    },
    useProposal() {
      const proposal = plan.value?.proposal;
      if (proposal !== undefined) replyDraft.replace(proposal.text);
    },
    replace(text) {
      const before = draft.value;
      const runId = plan.value?.proposal?.runId;
      keep({ text, ...(runId === undefined ? {} : { runId }), afterSeq: lastSeq() });
      if (before === undefined || before.text.trim() === '') return;
      notice.value = {
        kind: 'conflict',
        text: replyTexts.draftReplaced,
        remedy: {
          label: replyTexts.undo,
          run() {
            notice.value = undefined;
            keep(before);
          },
        },
      };
    },
    rewrite(text, done) {
      const before = draft.value;
      replyDraft.write(text);
      const undo = () => {
        notice.value = undefined;
        keep(before);
      };
      notice.value = { kind: 'done', text: done, remedy: { label: replyTexts.undo, run: undo } };
    },
    focused() {
      const reply = plan.value;
      composerFocused.value = true;
      if (draft.value === undefined && reply?.send === 'approve' && reply.proposal !== undefined)
        draft.value = { text: reply.text, runId: reply.proposal.runId, afterSeq: lastSeq() };
    },
    close() {
      delayed.undo();
    },
  };
  return replyDraft;
}
