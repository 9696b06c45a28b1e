/** The open ticket: its state, the reply being written, and the agent's actions on it. */
import type { CheckedEvidence } from '@firstword/shared/analysis';
import type { Macro } from '@firstword/shared/canned-reply';
import type { TicketDetail } from '@firstword/shared/console-wire';
import type { Ticket } from '@firstword/shared/ticket';
import type { AgentAction } from '@firstword/shared/ticket-requests';
import type { Message } from '@firstword/shared/wire';
import { type ReadonlySignal, signal } from '@preact/signals';
import type { ActionChoice, ActionRequest, Api, Failure } from './api.ts';
import { createMacroRunner } from './macro-runner.ts';
import { quoteSpan } from './marks.ts';
import {
  applyAnswer,
  applyDetail,
  applyErased,
  applyMessage,
  applyRead,
  createOpenTicket,
  markPassage,
  type OpenTicket,
} from './open-ticket.ts';
import { createReplyDraft, type Notice, type ReplyDraft } from './reply-draft.ts';
import { reviewedRun } from './reply-plan.ts';
import type { Drafts } from './synced-drafts.ts';
import { commonTexts } from './texts/common-texts.ts';
import { ticketTexts } from './texts/ticket-texts.ts';
import { createTicketReader, type UpdateTicket } from './ticket-reader.ts';

export interface TicketController
  extends Pick<
    ReplyDraft,
    | 'draft'
    | 'plan'
    | 'delayed'
    | 'attachments'
    | 'detach'
    | 'send'
    | 'write'
    | 'replace'
    | 'attachMacro'
    | 'rewrite'
    | 'writeOwn'
    | 'useProposal'
    | 'focused'
    | 'close'
  > {
  readonly current: ReadonlySignal<OpenTicket | undefined>;
  readonly busy: ReadonlySignal<AgentAction | undefined>;
  readonly notice: ReadonlySignal<Notice | undefined>;
  open(ticketId: string | undefined): Promise<void>;
  reload(): Promise<void>;
  addMessage(message: Message): void;
  visitorTyping(on: boolean): void;
  /** What the assistant is writing now; undefined: nothing. */
  showAnswer(answer: OpenTicket['answer']): void;
  visitorRead(seq: number, at: number): void;
  /** A conversation was deleted, with its tickets. */
  erased(conversationId: string): void;
  /** Resolves with whether the server accepted it. */
  act<A extends AgentAction>(action: A, choice: ActionChoice<A>): Promise<boolean>;
  /** Applies a macro that sends nothing. */
  applyMacro(macro: Macro): Promise<void>;
  /** Can be undone for as long as its notice is shown. */
  removeTag(tag: string): Promise<void>;
  /** Saves a case for evaluations of the newest reply that was rejected or edited. */
  saveCase(): Promise<void>;
  chooseRun(number: number): void;
  jump(evidence: CheckedEvidence): void;
  say(notice: Notice): void;
  dismiss(): void;
}

export interface TicketControllerParts {
  readonly api: Api;
  readonly drafts: Drafts;
  readonly agent: { readonly id: string; readonly name: string };
  /** The macro of a canned reply. */
  readonly macroOf: (id: string) => Promise<Macro | undefined>;
  readonly onDone: (action: AgentAction, ticket: Ticket) => void;
}

export function createTicketController({
  api,
  drafts,
  agent,
  macroOf,
  onDone,
}: TicketControllerParts): TicketController {
  const current = signal<OpenTicket | undefined>(undefined);
  const busy = signal<AgentAction | undefined>(undefined);
  const notice = signal<Notice | undefined>(undefined);
  const reply = createReplyDraft({
    drafts,
    attachmentApi: api.attachments,
    agent,
    current,
    busy,
    notice,
    async act(action, choice) {
      const detail = current.value?.detail;
      return detail && actOn(detail, action, choice);
    },
    async onSent(detail, id) {
      const macro = await macroOf(id);
      if (macro !== undefined) await runMacro(macro, detail);
    },
  });
  const runMacro = createMacroRunner({
    actOn,
    notice,
    isShown: (ticketId) => current.value?.ticketId === ticketId,
  });

  function actOn<A extends AgentAction>(detail: TicketDetail, action: A, choice: ActionChoice<A>) {
    const change = { expectedVersion: detail.ticket.version, idempotencyKey: crypto.randomUUID() };
    return perform(detail.ticket.id, action, { ...choice, ...change });
  }

  const update: UpdateTicket = (ticketId, change) => {
    if (current.value?.ticketId === ticketId) current.value = change(current.value);
  };
  const read = createTicketReader(api, update, () => current.value?.calls !== undefined);

  /** Sends one action. A retry carries the same idempotency key, so it is applied once. */
  async function perform<A extends AgentAction>(
    ticketId: string,
    action: A,
    request: ActionRequest<A>,
  ): Promise<TicketDetail | undefined> {
    if (busy.value !== undefined) return undefined;
    busy.value = action;
    notice.value = undefined;
    const sent = reply.draft.value;
    const unedited = reply.plan.value?.send === 'approve';
    const result = await api.act(ticketId, action, request);
    busy.value = undefined;
    if (result.ok) {
      const dropsProposal = action === 'reject' && unedited;
      const endsDraft = action === 'reply' || action === 'approve' || dropsProposal;
      if (endsDraft && drafts.read(ticketId)?.text === sent?.text) drafts.clear(ticketId);
      if (endsDraft && current.value?.ticketId === ticketId && reply.draft.value === sent)
        reply.draft.value = undefined;
      update(ticketId, (now) => applyDetail(now, result.value));
      onDone(action, result.value.ticket);
      return result.value;
    }
    showFailure(ticketId, result, () => void perform(ticketId, action, request));
    return undefined;
  }

  function showFailure(ticketId: string, failure: Failure, retry: () => void) {
    if (current.value?.ticketId !== ticketId || failure.code === 'signed-out') return;
    if (failure.code === 'conflict') {
      notice.value = { kind: 'conflict', text: ticketTexts.conflict };
      const { detail } = failure;
      if (detail !== undefined) update(ticketId, (now) => applyDetail(now, detail));
      else void read(ticketId);
    } else if (failure.code === 'offline' || failure.code === 'unavailable' || failure.code === 'rate-limited') {
      notice.value = { kind: 'failed', text: ticketTexts.notSent, remedy: { label: commonTexts.tryAgain, run: retry } };
    } else {
      notice.value = { kind: 'refused', text: ticketTexts.refused(failure.message) };
      void read(ticketId);
    }
  }

  const controller: TicketController = {
    ...reply,
    current,
    busy,
    notice,
    async open(ticketId) {
      reply.leave();
      notice.value = undefined;
      current.value = ticketId === undefined ? undefined : createOpenTicket(ticketId);
      await Promise.all([reply.open(ticketId), ticketId === undefined ? undefined : read(ticketId)]);
    },
    async reload() {
      if (current.value !== undefined) await read(current.value.ticketId);
    },
    addMessage(message) {
      if (current.value !== undefined) current.value = applyMessage(current.value, message);
    },
    visitorTyping(on) {
      if (current.value !== undefined) current.value = { ...current.value, visitorTyping: on };
    },
    showAnswer(answer) {
      if (current.value !== undefined) current.value = applyAnswer(current.value, answer);
    },
    erased(conversationId) {
      if (current.value !== undefined) current.value = applyErased(current.value, conversationId);
    },
    visitorRead(seq, at) {
      if (current.value !== undefined) current.value = applyRead(current.value, seq, at);
    },
    async act(action, choice) {
      const detail = current.value?.detail;
      return detail !== undefined && (await actOn(detail, action, choice)) !== undefined;
    },
    async applyMacro(macro) {
      const detail = current.value?.detail;
      if (detail !== undefined) await runMacro(macro, detail);
    },
    async removeTag(tag) {
      if (!(await controller.act('tag', { remove: [tag] }))) return;
      const undo = { label: ticketTexts.undo, run: () => void controller.act('tag', { add: [tag] }) };
      notice.value = { kind: 'done', text: ticketTexts.tagRemoved(tag), remedy: undo };
    },
    async saveCase() {
      const detail = current.value?.detail;
      const run = detail && reviewedRun(detail);
      if (detail === undefined || run === undefined) return;
      const { id } = detail.ticket;
      const result = await api.saveCase(id, run.id);
      if (!result.ok) return showFailure(id, result, () => void controller.saveCase());
      if (current.value?.ticketId === id) notice.value = { kind: 'done', text: ticketTexts.caseSaved };
    },
    chooseRun(number) {
      if (current.value !== undefined) current.value = { ...current.value, runNumber: number };
    },
    jump(evidence) {
      const seq = Number(evidence.sourceId);
      const message = current.value?.detail?.messages.find((candidate) => candidate.seq === seq);
      if (current.value === undefined || message === undefined) return;
      current.value = markPassage(current.value, seq, quoteSpan(message.text, evidence));
    },
    say(said) {
      notice.value = said;
    },
    dismiss() {
      notice.value = undefined;
    },
  };
  return controller;
}
