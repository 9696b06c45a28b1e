/** Refuses what a visitor writes until they have agreed to the site's text. Knows the answer before their first message. */
import type { Site } from '@firstword/shared/site';
import { hasConsent } from '../conversation/pre-chat.ts';
import { RefusedError } from '../lib/guarded.ts';
import type { PreChat, PreChatStore } from '../store/pre-chat-store.ts';

export interface ConsentGate {
  /** @throws RefusedError `bad-message` */
  check(): Promise<void>;
  /** What was stored just now. */
  note(answered: PreChat): void;
}

export function createConsentGate(
  site: Pick<Site, 'consent'>,
  conversationId: string,
  preChat: Pick<PreChatStore, 'of'>,
): ConsentGate {
  const read = async () => hasConsent(site, await preChat.of(conversationId));
  // Ahead of the first message, which must not wait for it.
  let given = site.consent === undefined ? Promise.resolve(true) : read();
  given.catch(() => {}); // read again by `check`
  return {
    async check() {
      if (await given.catch(() => false)) return;
      given = read(); // another tab may have asked
      if (!(await given)) throw new RefusedError('bad-message', consentNeeded(site));
    },
    note(answered) {
      given = Promise.resolve(hasConsent(site, answered));
    },
  };
}

export const consentNeeded = ({ consent }: Pick<Site, 'consent'>) =>
  `This site needs the visitor's consent first. Send pre-chat-set with consent: "${consent?.version}".`;
