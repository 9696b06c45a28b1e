/** Notifies the agent of what has just happened, in the ways that they have chosen. */
import type { AgentNotification } from '@firstword/shared/agent-notification';
import type { NotificationSettings } from '@firstword/shared/agent-preferences';
import { type ReadonlySignal, signal } from '@preact/signals';
import { failureOf } from '../failure-of.ts';
import type { TeamApi } from '../team-api.ts';
import { commonTexts } from '../texts/common-texts.ts';
import { notificationTexts } from '../texts/notification-texts.ts';
import { createChime } from './chime.ts';
import { createDesktop, type Desktop } from './desktop.ts';
import { createPageMark } from './page-mark.ts';
import { createTabAgreement } from './tab-agreement.ts';

export interface Notifications {
  /** Undefined until they have been loaded. */
  readonly settings: ReadonlySignal<NotificationSettings | undefined>;
  /** Why the last change was not saved. */
  readonly failure: ReadonlySignal<string | undefined>;
  readonly desktop: Pick<Desktop, 'permission' | 'ask'>;
  /** Loads the settings, which another browser may have changed. */
  load(): Promise<void>;
  change(change: Partial<NotificationSettings>): Promise<void>;
  playSound(): void;
  notify(notification: AgentNotification): Promise<void>;
  /** Names the browser's tab by what it shows. */
  nameTab(part: string | undefined): void;
  close(): void;
}

export interface NotificationsParts {
  readonly api: Pick<TeamApi, 'readPreferences' | 'savePreferences'>;
  readonly agentId: string;
  readonly openTicket: (ticketId: string) => void;
  /** The ticket that this page shows. */
  readonly shownTicket: () => string | undefined;
}

const isLooking = () => document.visibilityState === 'visible' && document.hasFocus();

export function createNotifications({ api, agentId, openTicket, shownTicket }: NotificationsParts): Notifications {
  const settings = signal<NotificationSettings | undefined>(undefined);
  const failure = signal<string | undefined>(undefined);
  const mark = createPageMark(document, commonTexts.pageTitle);
  const desktop = createDesktop();
  const playSound = createChime();
  /** Tickets of which something has happened while the agent was not looking. */
  const unseen = new Set<string>();
  let loading: Promise<void> | undefined;

  const forget = () => {
    unseen.clear();
    mark.show(0);
  };
  const tabs = createTabAgreement({ agentId, storage: localStorage, locks: navigator.locks, onSeen: forget });
  const look = () => {
    if (!isLooking() || unseen.size === 0) return;
    forget();
    tabs.tellSeen();
  };
  window.addEventListener('focus', look);
  document.addEventListener('visibilitychange', look);

  const read = async () => {
    const result = await api.readPreferences();
    if (result.ok) settings.value = result.value.notifications;
  };
  const load = () => {
    loading = read();
    return loading;
  };

  return {
    settings,
    failure,
    desktop,
    load,
    async change(change) {
      const before = settings.value;
      if (before === undefined) return;
      settings.value = { ...before, ...change };
      const result = await api.savePreferences({ notifications: settings.value });
      failure.value = failureOf(result);
      if (!result.ok) settings.value = before;
    },
    playSound,
    nameTab: mark.name,
    async notify({ id, kind, ticketId, number, line }) {
      await loading;
      if (settings.value?.[kind] !== true) return;
      const looking = isLooking();
      const claim = await tabs.claim(id, looking);
      if (looking && shownTicket() === ticketId) return;
      const isFirst = claim === 'first';
      if (isFirst && settings.value.sound) playSound();
      if (looking || claim === 'seen') return;
      unseen.add(ticketId);
      if (settings.value.mark) mark.show(unseen.size);
      if (isFirst && settings.value.desktop)
        desktop.show(ticketId, notificationTexts.titles[kind](number), line, () => openTicket(ticketId));
    },
    close() {
      window.removeEventListener('focus', look);
      document.removeEventListener('visibilitychange', look);
      tabs.close();
      forget();
    },
  };
}
