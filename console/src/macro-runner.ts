/** Applies the steps of a macro to one ticket, one after another, and offers to undo them. */
import type { Macro } from '@firstword/shared/canned-reply';
import type { TicketDetail } from '@firstword/shared/console-wire';
import type { AgentAction } from '@firstword/shared/ticket-requests';
import type { Signal } from '@preact/signals';
import type { ActionChoice } from './api.ts';
import { type MacroStep, macroText, planMacro } from './macros.ts';
import type { Notice } from './reply-draft.ts';
import { macroTexts } from './texts/macro-texts.ts';

/** Resolves with the ticket after the action; undefined when it was not accepted, which a notice says. */
export type ActOn = <A extends AgentAction>(
  detail: TicketDetail,
  action: A,
  choice: ActionChoice<A>,
) => Promise<TicketDetail | undefined>;

export interface MacroRunnerParts {
  readonly actOn: ActOn;
  readonly notice: Signal<Notice | undefined>;
  /** Whether the ticket is the one that is shown. */
  readonly isShown: (ticketId: string) => boolean;
}

export type MacroRunner = (macro: Macro, detail: TicketDetail) => Promise<void>;

export function createMacroRunner({ actOn, notice, isShown }: MacroRunnerParts): MacroRunner {
  /** Resolves with the ticket after the last step; undefined when one was not accepted. */
  const runAll = async (steps: readonly MacroStep[], detail: TicketDetail) => {
    let current = detail;
    for (const { action, choice } of steps) {
      const next = await actOn(current, action, choice);
      if (next === undefined) return undefined;
      current = next;
    }
    return current;
  };
  return async (macro, detail) => {
    const { steps, undo } = planMacro(macro, detail.ticket, Date.now());
    const after = await runAll(steps, detail);
    if (after === undefined || !isShown(detail.ticket.id)) return;
    const revert = { label: macroTexts.undo, run: () => void runAll(undo, after) };
    notice.value = {
      kind: 'done',
      text: macroTexts.applied(macroText(macro)),
      ...(undo.length === 0 ? {} : { remedy: revert }),
    };
  };
}
