/** Takes what a visitor is asked before their first message: only what the site asks for, and all that it requires. */
import type { PreChatForm, PreChatSet } from '@firstword/shared/wire';
import { RefusedError } from '../lib/guarded.ts';
import type { PreChat } from '../store/pre-chat-store.ts';

/** @throws RefusedError `not-found` where the site asks nothing, `bad-message` with the name of what is missing */
export function readPreChat(form: PreChatForm | undefined, { name, email, answer }: PreChatSet): PreChat {
  if (form === undefined) throw new RefusedError('not-found', 'This site asks nothing before the first message.');
  const missing = [
    form.name === 'required' && name === undefined && 'name',
    form.email === 'required' && email === undefined && 'email',
    form.question?.required === true && answer === undefined && 'answer',
  ].filter((field) => field !== false);
  if (missing.length > 0) throw new RefusedError('bad-message', `pre-chat-set: ${missing.join(', ')}: required here`);
  return {
    ...(form.name && name !== undefined && { name }),
    ...(form.email && email !== undefined && { email }),
    ...(form.question && answer !== undefined && { question: form.question.label, answer }),
  };
}
