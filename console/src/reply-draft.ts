/** The reply to the open ticket: its draft, the composer's content, and sending. */
import type { TicketDetail } from '@firstword/shared/console-wire';
import { MESSAGE_TEXT_MAX } from '@firstword/shared/limits';
import type { SentFile } from '@firstword/shared/wire';
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { ActionChoice } from './api.ts';
import type { AttachmentApi } from './attachment-api.ts';
import { type Attachments, createAttachments } from './attachments.ts';
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
  /** Files that are being uploaded. The uploaded ones are in the draft. */
  readonly attachments: Attachments;
  /** Deletes an uploaded file. */
  detach(file: SentFile): void;
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
  readonly attachmentApi: AttachmentApi;
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

export function createReplyDraft({
  drafts,
  attachmentApi,
  agent,
  current,
  busy,
  notice,
  act,
  onSent,
}: ReplyDraftParts): ReplyDraft {
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

  const attached = () => draft.value?.attachments ?? [];
  const keptFiles = () => (attached().length === 0 ? {} : { attachments: [...attached()] });
  /** The draft that begins with the proposal in the composer, where there is none yet. */
  const fromProposal = (): Draft | undefined => {
    const reply = plan.value;
    if (draft.value !== undefined || reply?.send !== 'approve' || reply.proposal === undefined) return draft.value;
    return { text: reply.text, runId: reply.proposal.runId, afterSeq: lastSeq() };
  };
  const attachments = createAttachments({
    api: attachmentApi,
    detail: computed(() => current.value?.detail),
    attached: () => attached().length,
    onUploaded(ticketId, file) {
      const isOpen = current.value?.ticketId === ticketId;
      const before = isOpen ? fromProposal() : drafts.read(ticketId);
      const kept = before ?? { text: '', ...(isOpen ? { afterSeq: lastSeq() } : {}) };
      const next = { ...kept, attachments: [...(kept.attachments ?? []), file] };
      if (isOpen) keep(next);
      else drafts.write(ticketId, next);
    },
  });

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
    const files = attached().length === 0 ? {} : { attachments: attached().map(({ id }) => id) };
    const submit = async () => {
      const { proposal } = reply;
      const sent = await (reply.send === 'reply' || proposal === undefined || text === ''
        ? act('reply', { text, ...files })
        : act('approve', { runId: proposal.runId, text, ...files }));
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
    attachments,
    leave: delayed.flush,
    async open(ticketId) {
      composerFocused.value = false;
      touched = false;
      const shown = ticketId === undefined ? undefined : drafts.read(ticketId);
      draft.value = shown;
      if (ticketId === undefined) return;
      const loaded = await drafts.load(ticketId);
      if (current.value?.ticketId === ticketId && !touched && !isSame(loaded, shown)) draft.value = loaded;
    },
    send(how) {
      const reply = plan.value;
      const text = reply?.text.trim() ?? '';
      if (reply === undefined || text.length > MESSAGE_TEXT_MAX || busy.value !== undefined) return;
      const isEmpty = text === '' && attached().length === 0;
      if (isEmpty || attachments.uploads.value.some(({ fault }) => fault === undefined)) return;
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
        ...keptFiles(),
        afterSeq: startedAfter ?? lastSeq(),
      });
    },
    detach({ id }) {
      const { draft: before } = replyDraft;
      if (before.value === undefined || current.value === undefined) return;
      const { attachments: files = [], ...kept } = before.value;
      const left = files.filter((file) => file.id !== id);
      keep(left.length === 0 ? kept : { ...kept, attachments: left });
      void attachmentApi.remove(current.value.ticketId, id);
    },
    attachMacro(id) {
      if (draft.value === undefined) return;
      const { macroOf: _, ...kept } = draft.value;
      keep(id === undefined ? kept : { ...kept, macroOf: id });
    },
    writeOwn() {
      if (plan.value?.send === 'approve') keep({ text: '', ...keptFiles(), afterSeq: lastSeq() });
    },
    useProposal() {
      const proposal = plan.value?.proposal;
      if (proposal !== undefined) replyDraft.replace(proposal.text);
    },
    replace(text) {
      const before = draft.value;
      const runId = plan.value?.proposal?.runId;
      keep({ text, ...(runId === undefined ? {} : { runId }), ...keptFiles(), afterSeq: lastSeq() });
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
      draft.value = fromProposal();
      composerFocused.value = true;
    },
    close() {
      delayed.undo();
    },
  };
  return replyDraft;
}

const isSame = (one: Draft | undefined, other: Draft | undefined) =>
  one?.text === other?.text && JSON.stringify(one?.attachments) === JSON.stringify(other?.attachments);
