/** What the closed chat says on its own. Fetched on the pages of sites that have such messages. */
import { nextOpening } from '@firstword/shared/hours';
import { matchesPage } from '@firstword/shared/page-pattern';
import { type ProactiveMessage, proactiveText } from '@firstword/shared/proactive-message';
import { attempt } from './attempt.ts';
import type { ProactiveModule } from './contract.ts';
import { sessionKey } from './kept.ts';
import { createBubble } from './proactive/bubble.ts';
import { createCurrentMessages } from './proactive/current-messages.ts';
import { createLife } from './proactive/life.ts';
import { nextMessage } from './proactive/next-message.ts';
import { createShownMessages } from './proactive/shown-messages.ts';
import { createVisibleClock } from './proactive/visible-clock.ts';
import { watchAddress } from './proactive/watch-address.ts';

/** Between two looks at what the site has to say, while the page is on screen. */
const LOOK_MS = 60_000;

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
  const current = createCurrentMessages(
    () => fetch(`${server}/proactive-messages/${site}`, { credentials: 'omit' }),
    () => performance.now(),
  );
  await current.refresh();
  if (messages().length === 0) return;
  const life = createLife(isRemoved);
  const { signal, hasEnded } = life;
  if (hasEnded()) return;
  const { button } = launcher;
  const shown = createShownMessages(site, Date.now);
  const clock = createVisibleClock(() => {
    plan();
    void look();
  }, signal);
  /** When the visitor came to a page for which each message is meant, by the clock. */
  const since = new Map<string, number>();
  let pathname: string | undefined;
  /** When the visitor came to this path, by the clock. */
  let arrivedAt = 0;
  let present: ProactiveMessage | undefined;
  /** At most one message a page. */
  let isDone = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function messages(): readonly ProactiveMessage[] {
    return current.last()?.messages ?? [];
  }
  const locale = () => options.locale ?? navigator.language;
  const isOpen = () => button.getAttribute('aria-expanded') === 'true';
  const isWithinHours = ({ duringHours }: ProactiveMessage) => {
    const now = Date.now();
    const hours = current.last()?.hours;
    return !duringHours || !hours || nextOpening(hours, now) === now;
  };
  const bubble = createBubble(launcher, { open: () => button.click(), dismiss: hide });

  function hide() {
    present = undefined;
    bubble.hide();
  }
  const isSilent = () => hasEnded() || isDone || isOpen() || hasConversation(site);
  const nextDue = () => nextMessage(messages(), since, (message) => !shown.wasShown(message) && isWithinHours(message));
  function plan() {
    clearTimeout(timer);
    if (present || !clock.runs() || isSilent()) return;
    const next = nextDue();
    if (next) timer = setTimeout(() => void show(), Math.max(0, next.at - clock.now()));
  }
  async function show() {
    // The owner may have changed it since it was read.
    if (await current.refresh()) update();
    const { message, at } = nextDue() ?? {};
    if (!message || at === undefined || at > clock.now() || !clock.runs() || present || isSilent()) return plan();
    if (!(await shown.claim(message))) return plan();
    // Meanwhile, the visitor may have opened the chat or left the page.
    if (isSilent() || !since.has(message.id)) return;
    isDone = true;
    present = message;
    draw(message);
  }
  function draw(message: ProactiveMessage) {
    const name = current.last()?.name ?? '';
    bubble.show({ name, text: proactiveText(message, locale()), locale: locale() });
  }
  const isHere = ({ pages }: ProactiveMessage) => pages.some((pattern) => matchesPage(pattern, location));
  /** The owner has changed the messages: what is new counts from when the visitor came to this page. */
  function update() {
    const here = messages().filter(isHere);
    for (const id of since.keys()) if (!here.some((message) => message.id === id)) since.delete(id);
    for (const { id } of here) if (!since.has(id)) since.set(id, arrivedAt);
    const former = present;
    if (!former) return;
    present = here.find(({ id }) => id === former.id);
    if (!present) hide();
    else if (proactiveText(present, locale()) !== proactiveText(former, locale())) draw(present);
  }
  async function look() {
    if (hasEnded() || !clock.runs() || (isSilent() && !present)) return;
    if (!(await current.refresh())) return;
    update();
    plan();
  }
  function arrive() {
    shown.continueVisit();
    const isOther = location.pathname !== pathname;
    pathname = location.pathname;
    if (isOther) arrivedAt = clock.now();
    for (const message of messages()) {
      if (!isHere(message)) since.delete(message.id);
      else if (isOther || !since.has(message.id)) since.set(message.id, clock.now());
    }
    if (isOther) isDone = false;
    if (present && !since.has(present.id)) hide();
    plan();
    void look();
  }
  function toggled() {
    if (!isOpen()) return plan();
    clearTimeout(timer);
    if (present) shown.setOpened(present.id);
    hide();
    const id = shown.opened();
    const opened = messages().find((message) => message.id === id);
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
  const looking = setInterval(() => void look(), LOOK_MS);
  signal.addEventListener('abort', () => clearInterval(looking));
  arrive();
  if (isOpen()) toggled();
};
