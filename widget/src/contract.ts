/** What loader and panel share: the loader draws the launcher and serves the page's API, the panel talks to the server. */
import { languageOf } from '@firstword/shared/language';

export const EVENT_NAMES = ['ready', 'open', 'close', 'message', 'unread', 'ticket', 'error'] as const;
export type EventName = (typeof EVENT_NAMES)[number];

export interface PageView {
  url: string;
  title?: string;
}

export interface WidgetOptions {
  site: string;
  /** Address of the server without a trailing slash: the folder of the script. It has a path where a proxy serves it below one. */
  server: string;
  locale: string;
  theme: 'auto' | 'light' | 'dark';
  position: 'start' | 'end';
  nonce: string | undefined;
  userToken: string | undefined;
  /** Set by the page; otherwise its address without the query. */
  page: PageView | undefined;
}

/** What the loader provides to the panel. */
export interface PanelHost {
  root: ShadowRoot;
  options: WidgetOptions;
  /** Counts the chats of this site on the page: 1 is the launcher's. */
  place: number;
  emit(event: EventName, payload?: unknown): void;
  /** The visitor has left this session: ends it on the server. */
  endSession(token: string | undefined): void;
  /** Closes the panel; undefined where the panel is part of the page and can't be closed. */
  close: (() => void) | undefined;
  /** Opens the panel; `restored` as in `Panel`. Undefined like `close`. */
  open: ((restored: boolean) => void) | undefined;
  setUnread(count: number): void;
  setAccent(hex: string): void;
  setLanguage(language: {
    locale: string;
    direction: 'ltr' | 'rtl';
    open: string;
    close: string;
    region: string;
  }): void;
  adopt(css: string): void;
}

/** A proactive message with which the visitor has opened the chat. */
export interface Opening {
  id: string;
  text: string;
}

export interface Panel {
  /** Opens the socket; further calls do nothing. */
  connect(): void;
  /** `restored`: as it was before the page load, so it takes no focus. */
  open(restored?: boolean): void;
  close(): void;
  send(text: string): void;
  /** Undefined signs the visitor out: the next conversation is an anonymous visitor's. */
  identify(token: string | undefined): void;
  setLocale(locale: string): void;
  setPage(page: PageView): void;
  /** The site has said this beside the launcher: an empty conversation begins with it. */
  greet(opening: Opening): void;
  /** Removes the panel with its socket and timers. The conversation stays in the browser's storage. */
  leave(): void;
  /** Like `leave`, and ends the session. The host clears the browser's storage. */
  shutdown(): void;
}

export interface PanelModule {
  createPanel(host: PanelHost): Panel;
}

/** Of the visitor's browser. Some name none, such as crawlers and hardened browsers. */
export const browserLocale = (): string => navigator.language || 'en';

/** The part that shows the site's proactive messages. */
export interface ProactiveModule {
  startProactive(host: {
    options: WidgetOptions;
    launcher: { root: ShadowRoot; button: HTMLButtonElement; adopt(css: string): void };
    withPanel(use: (panel: Panel) => void): void;
    /** The page has removed the widget. */
    isRemoved(): boolean;
  }): Promise<void>;
}

const RIGHT_TO_LEFT = new Set(['ar', 'dv', 'fa', 'he', 'ku', 'ps', 'sd', 'ug', 'ur', 'yi']);

export function direction(locale: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(languageOf(locale)) ? 'rtl' : 'ltr';
}
