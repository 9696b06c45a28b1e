/** Opens the form that adds a message to the test cases, for agents who manage those of the site. */
import { caseIdOf } from '@firstword/shared/answer-cases';
import { may } from '@firstword/shared/permissions';
import type { Message } from '@firstword/shared/wire';
import type { CaseTarget } from '../message-cases.ts';
import { isQuestion } from '../replay-run.ts';
import type { Workspace } from '../workspace.ts';

/** The function that is returned is undefined for a message that can't be a test case. */
export function caseOpener(
  { session, messageCases, dialog }: Workspace,
  conversation: Pick<CaseTarget, 'conversationId' | 'siteId' | 'messages'>,
) {
  const { conversationId, siteId } = conversation;
  const isAllowed = may(session.agent, 'knowledge:manage', siteId);
  const notice = messageCases.notice.value;
  return (question: Message) => {
    if (!isAllowed || !isQuestion(question)) return {};
    return {
      onAddCase() {
        messageCases.choose({ ...conversation, question });
        dialog.value = 'case';
      },
      caseNotice: notice?.caseId === caseIdOf(conversationId, question.seq) ? notice : undefined,
    };
  };
}
