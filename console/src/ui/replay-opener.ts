/** Opens the replay of a message, for agents who may have one. */
import { may } from '@firstword/shared/permissions';
import type { Message } from '@firstword/shared/wire';
import type { callsByTurn } from '../calls.ts';
import { answerTo, isQuestion } from '../replay-run.ts';
import type { Workspace } from '../workspace.ts';

export interface ReplayableConversation {
  readonly conversationId: string;
  readonly siteId: string;
  readonly messages: readonly Message[];
  readonly calls: ReturnType<typeof callsByTurn> | undefined;
}

/** The function that is returned is undefined for a message that can't be replayed. */
export function replayOpener({ session, replay, dialog }: Workspace, conversation: ReplayableConversation) {
  const { conversationId, siteId, messages, calls } = conversation;
  const isAllowed = may(session.agent, 'conversations:replay', siteId);
  return (question: Message) => {
    if (!isAllowed || !isQuestion(question)) return undefined;
    return () => {
      const original = answerTo(messages, question.seq);
      const ofTurn = original?.turnId === undefined ? undefined : calls?.get(original.turnId);
      replay.choose({ conversationId, siteId, question, original, calls: ofTurn ?? [] });
      dialog.value = 'replay';
    };
  };
}
