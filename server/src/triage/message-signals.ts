/** Reads in a message, each at most once, what decides about a hand-off and about the offer of an agent. Pure. */
import { type AccountReport, createAccountReportFinder } from './account-report.ts';
import { createComplaintFinder } from './complaint.ts';
import { createDispleasureFinder, type Displeasure } from './displeasure.ts';
import type { Complaint } from './phrases/complaint.ts';
import { createReplyReader, type LastAnswer, type Reply } from './reply.ts';
import { countUnhelpful, type Exchange, isRepeated } from './unhelpful-answers.ts';

export interface SaidMessage {
  readonly text: string;
  /** The assistant's message just before; absent when there was none. */
  readonly last?: LastAnswer | undefined;
  /** The exchanges before, oldest first. */
  readonly earlier?: readonly Exchange[];
}

/** Each is found when it is first asked for: the request to the model waits for this. */
export interface MessageSignals {
  readonly text: string;
  readonly offersAgentBefore: boolean;
  complaint(): Complaint | undefined;
  displeasure(): Displeasure | undefined;
  accountReport(): AccountReport | undefined;
  reply(): Reply | undefined;
  /** Answers in a row that failed, or that the visitor's next message rejects; at most 2. */
  unhelpful(): number;
  /** Whether the message asks again what was asked shortly before. */
  isRepeated(): boolean;
}

export type MessageReader = (said: SaidMessage) => MessageSignals;

export function createMessageReader(): MessageReader {
  const complaintIn = createComplaintFinder();
  const displeasureIn = createDispleasureFinder();
  const accountReportIn = createAccountReportFinder();
  const readReply = createReplyReader();

  return ({ text, last, earlier = [] }) => {
    const complaint = atMostOnce(() => complaintIn(text));
    const reply = atMostOnce(() => readReply(text, last));
    const rejects = (message: string, answer: LastAnswer) => {
      const isThis = message === text;
      if ((isThis ? complaint() : complaintIn(message)) !== undefined) return true;
      const said = isThis && answer.text === last?.text ? reply() : readReply(message, answer);
      return said === 'not-helped' || said === 'bare-no';
    };
    return {
      text,
      offersAgentBefore: last?.offersAgent ?? false,
      complaint,
      displeasure: atMostOnce(() => displeasureIn(text, complaint)),
      accountReport: atMostOnce(() => accountReportIn(text)),
      reply,
      unhelpful: atMostOnce(() => countUnhelpful(earlier, text, rejects)),
      isRepeated: () => isRepeated(earlier, text),
    };
  };
}

function atMostOnce<Found>(find: () => Found): () => Found {
  let found: { readonly value: Found } | undefined;
  return () => {
    found ??= { value: find() };
    return found.value;
  };
}
