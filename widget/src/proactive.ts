/** What the closed chat says on its own. Fetched on the pages of sites that have such messages. */
import { nextOpening } from '@firstword/shared/hours';
import { matchesPage } from '@firstword/shared/page-pattern';
import { type ProactiveMessage, type ProactiveMessages, proactiveText } from '@firstword/shared/proactive-message';
import { attempt } from './attempt.ts';
import type { ProactiveModule } from './contract.ts';
import { sessionKey } from './kept.ts';
import { createBubble } from './proactive/bubble.ts';
import { createLife } from './proactive/life.ts';
import { nextMessage } from './proactive/next-message.ts';
import { createShownMessages } from './proactive/shown-messages.ts';
import { createVisibleClock } from './proactive/visible-clock.ts';
import { watchAddress } from './proactive/watch-address.ts';

async function readMessages(server: string, site: string): Promise<ProactiveMessages | undefined> {
  const response = await fetch(`${server}/proactive-messages/${site}`, { credentials: 'omit' }).catch(() => undefined);
  return response?.ok ? response.json() : undefined;
}

/** The visitor has read a message of a conversation that goes on. The panel keeps that in the browser. */
function hasConversation(site: string): boolean {
  const json = attempt(() => localStorage.getItem(`${sessionKey(site)}:person`));
  return (attempt(() => JSON.parse(json ?? '{}').readSeq) ?? 0) > 0;
}

export const startProactive: ProactiveModule['startProactive'] = async ({
  options,
  launcher,
  withPanel,
  isRemoved,
}) => {
  const { server, site } = options;
  const found = await readMessages(server, site);
  if (!found || found.messages.length === 0) return;
  const life = createLife(isRemoved);
  const { signal, hasEnded } = life;
  if (hasEnded()) return;
  const { name, hours, messages } = found;
  const { button } = launcher;
  const shown = createShownMessages(site, Date.now);
  const clock = createVisibleClock(() => plan(), signal);
  /** When the visitor came to a page for which each message is meant, by the clock. */
  const since = new Map<string, number>();
  let pathname: string | undefined;
  let present: ProactiveMessage | undefined;
  /** At most one message a page. */
  let isDone = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const locale = () => options.locale ?? navigator.language;
  const isOpen = () => button.getAttribute('aria-expanded') === 'true';
  const isWithinHours = ({ duringHours }: ProactiveMessage) => {
    const now = Date.now();
    return !duringHours || !hours || nextOpening(hours, now) === now;
  };
  const bubble = createBubble(launcher, { open: () => button.click(), dismiss: hide });

  function hide() {
    present = undefined;
    bubble.hide();
  }
  const isSilent = () => hasEnded() || isDone || isOpen() || hasConversation(site);
  function plan() {
    clearTimeout(timer);
    if (present || !clock.runs() || isSilent()) return;
    const next = nextMessage(messages, since, (message) => !shown.wasShown(message) && isWithinHours(message));
    if (next) timer = setTimeout(() => void show(next.message), Math.max(0, next.at - clock.now()));
  }
  async function show(message: ProactiveMessage) {
    if (isSilent() || !isWithinHours(message) || !(await shown.claim(message))) return plan();
    // Meanwhile, the visitor may have opened the chat or left the page.
    if (isSilent() || !since.has(message.id)) return;
    isDone = true;
    present = message;
    bubble.show({ name, text: proactiveText(message, locale()), locale: locale() });
  }
  function arrive() {
    shown.continueVisit();
    const isOther = location.pathname !== pathname;
    pathname = location.pathname;
    for (const { id, pages } of messages) {
      if (!pages.some((pattern) => matchesPage(pattern, location))) since.delete(id);
      else if (isOther || !since.has(id)) since.set(id, clock.now());
    }
    if (isOther) isDone = false;
    if (present && !since.has(present.id)) hide();
    plan();
  }
  function toggled() {
    if (!isOpen()) return plan();
    clearTimeout(timer);
    if (present) shown.setOpened(present.id);
    hide();
    const id = shown.opened();
    const opened = messages.find((message) => message.id === id);
    if (opened) withPanel((panel) => panel.greet({ id: opened.id, text: proactiveText(opened, locale()) }));
  }

  function hideInConversation() {
    if (hasConversation(site)) hide();
  }
  new MutationObserver(toggled).observe(button, { attributeFilter: ['aria-expanded'] });
  // Another tab, or a page that the visitor has seen since this one went to the back/forward cache.
  addEventListener('storage', hideInConversation, { signal });
  addEventListener(
    'pageshow',
    ({ persisted }) => {
      if (!persisted) return;
      hideInConversation();
      pathname = undefined;
      arrive();
    },
    { signal },
  );
  watchAddress(arrive, life);
  arrive();
  if (isOpen()) toggled();
};
