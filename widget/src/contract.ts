/** What loader and panel agree on: the loader draws the launcher and speaks to the page, the panel speaks to the server. */

export const EVENT_NAMES = ['ready', 'open', 'close', 'message', 'unread', 'ticket', 'error'] as const;
export type EventName = (typeof EVENT_NAMES)[number];

export interface PageView {
  url: string;
  title?: string;
}

export interface WidgetOptions {
  site: string;
  /** Origin of the script: the server that this widget speaks to. */
  server: string;
  locale: string | undefined;
  theme: 'auto' | 'light' | 'dark';
  position: 'start' | 'end';
  nonce: string | undefined;
  userToken: string | undefined;
  /** What the page says it is; otherwise its address without the query. */
  page: PageView | undefined;
}

/** What the panel may ask of the loader. */
export interface PanelHost {
  root: ShadowRoot;
  options: WidgetOptions;
  emit(event: EventName, payload?: unknown): void;
  /** The visitor asked for it from inside the panel; undefined where the panel is a part of the page and stays. */
  close: (() => void) | undefined;
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

export interface Panel {
  /** Opens the socket; further calls do nothing. */
  connect(): void;
  open(): void;
  close(): void;
  send(text: string): void;
  identify(token: string): void;
  setLocale(locale: string): void;
  setPage(page: PageView): void;
  /** Leaves the page: no socket, no timer, no element. The conversation waits in the browser's storage. */
  leave(): void;
  /** Leaves nothing behind: not even a stored value. */
  shutdown(): void;
}

export interface PanelModule {
  createPanel(host: PanelHost): Panel;
}
