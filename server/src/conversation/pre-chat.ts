/** What a visitor answers before their first message: keeps only what the site asks for, and refuses what is missing. */
import type { Consent, PreChatForm } from '@firstword/shared/site-view';
import type { PreChatSet } from '@firstword/shared/wire-requests';
import { RefusedError } from '../lib/guarded.ts';
import type { PreChat } from '../store/pre-chat-store.ts';

interface AskedFor {
  readonly preChat?: PreChatForm | undefined;
  readonly consent?: Pick<Consent, 'version'> | undefined;
}

/** Whether the visitor has agreed to the site's present text. */
export const hasConsent = ({ consent }: AskedFor, answered: PreChat | undefined): boolean =>
  consent === undefined || answered?.consent?.version === consent.version;

/** Whether they have filled in the form. */
export const hasAnswered = (answered: PreChat | undefined): boolean =>
  Object.keys(answered ?? {}).some((field) => field !== 'consent');

/**
 * What is stored from now on.
 * @param before what is stored so far
 * @throws RefusedError `not-found` if the site asks for nothing, `bad-message` naming what is missing
 */
export function readPreChat(site: AskedFor, given: PreChatSet, before: PreChat | undefined, now: number): PreChat {
  const { preChat: form = {}, consent } = site;
  const { name, email, answer } = given;
  if (site.preChat === undefined && consent === undefined)
    throw new RefusedError('not-found', 'This site has no pre-chat form.');
  if (!hasConsent(site, before) && given.consent !== consent?.version)
    throw new RefusedError(
      'bad-message',
      `pre-chat-set: consent: this site needs the visitor's consent to version "${consent?.version}" of its text`,
    );
  const isAnswered = hasAnswered(before);
  const missing = [
    form.name === 'required' && name === undefined && 'name',
    form.email === 'required' && email === undefined && 'email',
    form.question?.required === true && answer === undefined && 'answer',
  ].filter((field) => field !== false);
  if (missing.length > 0 && !isAnswered)
    throw new RefusedError('bad-message', `pre-chat-set: ${missing.join(', ')}: required by this site`);
  return {
    ...before,
    ...(form.name && name !== undefined && { name }),
    ...(form.email && email !== undefined && { email }),
    ...(form.question && answer !== undefined && { question: form.question.label, answer }),
    ...(consent && given.consent === consent.version && { consent: { version: consent.version, at: now } }),
  };
}
