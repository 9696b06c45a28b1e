/** Asks the questions of cases, some at the same time, and judges the answers. */
import type { JudgedCase } from '@firstword/shared/judged-case';
import type { Message } from '@firstword/shared/wire';
import { type AnswerCase, faultsOf, type JudgedReply } from './answer-case.ts';

/** A reply as a visitor gets it. */
export interface CaseReply extends JudgedReply {
  readonly unsupported: readonly string[];
  readonly citations: NonNullable<Message['citations']>;
  readonly found: JudgedCase['found'];
  readonly serverTtftMs?: number;
}

/**
 * Asks one message of a visitor. Undefined: it may not be asked, so that no further case is judged.
 * @param history earlier messages, oldest first
 */
export type AskForCase = (text: string, history: readonly Message[]) => Promise<CaseReply | undefined>;

export interface JudgingSettings {
  readonly ask: AskForCase;
  readonly atOnce: number;
  readonly onJudged: (judged: JudgedCase, index: number) => Promise<void> | void;
}

export async function judgeCases(cases: readonly AnswerCase[], settings: JudgingSettings): Promise<void> {
  const waiting = cases.entries();
  let isEnded = false;
  const work = async () => {
    for (const [index, asked] of waiting) {
      const judged = isEnded ? undefined : await judge(asked, settings.ask);
      isEnded ||= judged === undefined;
      if (judged === undefined) return;
      await settings.onJudged(judged, index);
    }
  };
  const endOthers = (error: unknown) => {
    isEnded = true;
    throw error;
  };
  await Promise.all(Array.from({ length: settings.atOnce }, () => work().catch(endOthers)));
}

async function judge(asked: AnswerCase, ask: AskForCase): Promise<JudgedCase | undefined> {
  const history: Message[] = [];
  let reply: CaseReply | undefined;
  for (const text of asked.messages) {
    reply = await ask(text, [...history]);
    if (reply === undefined) return undefined;
    if (reply.kind === 'failed') break;
    history.push(
      { seq: history.length + 1, id: `visitor-${history.length}`, from: 'visitor', text, at: 0 },
      {
        seq: history.length + 2,
        id: `assistant-${history.length}`,
        from: 'assistant',
        text: reply.text,
        at: 0,
        citations: reply.citations,
      },
    );
  }
  if (reply === undefined) throw new Error(`case "${asked.id}" asks nothing`);
  const { kind, text, citedIds, unsupported, found, serverTtftMs } = reply;
  return {
    id: asked.id,
    kind,
    faults: faultsOf(asked, reply),
    ...(asked.cites.length > 0 && { citesRight: asked.cites.every((id) => citedIds.includes(id)) }),
    unsupported: [...unsupported],
    text,
    citedIds: [...citedIds],
    found: [...found],
    ...(serverTtftMs !== undefined && { serverTtftMs }),
  };
}
