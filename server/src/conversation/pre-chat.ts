/** Checks a filled-in pre-chat form: keeps only fields the site asks for, and refuses missing required ones. */
import type { PreChatForm } from '@firstword/shared/wire';
import type { PreChatSet } from '@firstword/shared/wire-requests';
import { RefusedError } from '../lib/guarded.ts';
import type { PreChat } from '../store/pre-chat-store.ts';

/** @throws RefusedError `not-found` if the site has no form, `bad-message` naming the missing fields */
export function readPreChat(form: PreChatForm | undefined, { name, email, answer }: PreChatSet): PreChat {
  if (form === undefined) throw new RefusedError('not-found', 'This site has no pre-chat form.');
  const missing = [
    form.name === 'required' && name === undefined && 'name',
    form.email === 'required' && email === undefined && 'email',
    form.question?.required === true && answer === undefined && 'answer',
  ].filter((field) => field !== false);
  if (missing.length > 0)
    throw new RefusedError('bad-message', `pre-chat-set: ${missing.join(', ')}: required by this site`);
  return {
    ...(form.name && name !== undefined && { name }),
    ...(form.email && email !== undefined && { email }),
    ...(form.question && answer !== undefined && { question: form.question.label, answer }),
  };
}
