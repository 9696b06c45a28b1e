/** Joins a message with the ones before it whose answer it has superseded, so that one answer covers all of them. */
import { MESSAGE_TEXT_MAX } from '@firstword/shared/limits';
import type { Message } from '@firstword/shared/wire';

interface Question {
  readonly seq: number;
  readonly text: string;
  readonly history: readonly Message[];
}

export interface JoinedQuestion extends Question {
  /** `seq` of the first message that it covers. */
  readonly firstSeq: number;
}

/** @param superseded the turn that was running, and the first message that it would have answered */
export function joinQuestion(
  question: Question,
  superseded: { readonly turnId: string; readonly firstSeq: number } | undefined,
): JoinedQuestion {
  const { seq, history } = question;
  const alone = { ...question, firstSeq: seq };
  // It may have ended by itself just before.
  const isAnswered = history.some(
    ({ turnId, state = 'done' }) => turnId === superseded?.turnId && turnId !== undefined && state === 'done',
  );
  if (superseded === undefined || isAnswered) return alone;
  const open = history.filter(
    ({ seq: earlier, from, file }) => earlier >= superseded.firstSeq && from === 'visitor' && !file,
  );
  const [first] = open;
  const text = [...open.map((message) => message.text), question.text].join('\n\n');
  if (first === undefined || text.length > MESSAGE_TEXT_MAX) return alone;
  return {
    seq,
    text,
    history: history.filter((message) => message.seq < first.seq || message.file),
    firstSeq: first.seq,
  };
}
