/** The names of older formats in the words of the current one. Each function leaves what is current as it is. */
import { z } from 'zod';

const RENAMED: ReadonlyMap<string, string> = new Map([
  ['ai', 'assistant'],
  ['waiting_human', 'waiting-agent'],
  ['human', 'agent'],
  ['waiting_customer', 'waiting-visitor'],
  ['on_hold', 'snoozed'],
  ['customer_request', 'visitor-request'],
  ['tool_failure', 'action-failure'],
  ['escalation', 'hand-off'],
  ['hold', 'snooze'],
  ['undo-spam', 'restore'],
]);

/** Events whose reason is a code. With other actions it is text, such as an agent's own words. */
const REASON_IS_CODE = ['open', 'rerun', 'reject'];

/** For values of an enum; never for text that people wrote. */
export function currentName(name: string): string {
  return RENAMED.get(name) ?? name.replaceAll('_', '-');
}

/** One or more handlings: `person`, `complex>off_topic`, `complex → off_topic`, and the reason `model:person`. */
export function currentHandlings(text: string): string {
  return text.replaceAll('off_topic', 'off-topic').replace(/\bperson$|\bperson(?=>| →)/g, 'agent');
}

type Row = Record<string, unknown>;
type Change = (value: unknown) => unknown;
const rowSchema = z.record(z.string(), z.unknown());
const rowsSchema = z.array(z.unknown());

/** Changes the named fields of an object; anything else comes back as it is. */
const fields =
  (changes: Readonly<Record<string, Change>>): Change =>
  (value) => {
    const row = rowSchema.safeParse(value).data;
    if (row === undefined) return value;
    return Object.fromEntries(
      Object.entries(row).map(([name, held]) => [name, Object.hasOwn(changes, name) ? changes[name]?.(held) : held]),
    );
  };
const each =
  (change: Change): Change =>
  (value) =>
    rowsSchema.safeParse(value).data?.map(change) ?? value;
const named: Change = (value) => (typeof value === 'string' ? currentName(value) : value);
const handlings: Change = (value) => (typeof value === 'string' ? currentHandlings(value) : value);
const verdictNote: Change = (value) => (value === 'rule:person-wish' ? 'rule:person-request' : handlings(value));
const renameField = (row: Row, from: string, to: string): Row =>
  Object.fromEntries(Object.entries(row).map(([name, held]) => [name === from ? to : name, held]));
const moved =
  (from: string, to: string): Change =>
  (value) => {
    const row = rowSchema.safeParse(value).data;
    return row === undefined ? value : renameField(row, from, to);
  };

const ticketFields = fields({ state: named, reason: named, openedBy: named, resolution: named });
const before = fields({ state: named, responder: named });
const inner = fields({
  before: (value) => before(moved('handler', 'responder')(value)),
  verdict: fields({ handling: handlings, correctedTo: handlings, reasons: each(verdictNote) }),
});
export const upgradeTicketRecord = fields({
  ticket: (ticket) => ticketFields(moved('holdUntil', 'snoozedUntil')(ticket)),
  inner,
});

const eventFields = fields({ action: named, actor: fields({ kind: named }), from: named, to: named });
const codeReason = fields({ reason: named });
const verdictReason = fields({ reason: handlings });
export const upgradeEvent: Change = (value) => {
  const event = eventFields(value);
  const action = rowSchema.safeParse(event).data?.['action'];
  if (action === 'correct-verdict') return verdictReason(event);
  return typeof action === 'string' && REASON_IS_CODE.includes(action) ? codeReason(event) : event;
};

const runFields = fields({
  run: fields({
    trigger: named,
    content: fields({
      reading: moved('customerGoal', 'visitorGoal'),
      hypotheses: each(fields({ status: named })),
      flags: each(named),
    }),
    review: fields({ reason: named }),
  }),
});
export const upgradeRun: Change = (value) => runFields(moved('epoch', 'fencingToken')(value));
