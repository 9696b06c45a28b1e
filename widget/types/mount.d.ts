/** The package's own entry, for pages that are built with a bundler: draws the chat into an element of theirs. */
export interface MountOptions {
  /** Where the chat is drawn; it fills this element, which must have a height. */
  element: HTMLElement;
  /** Id of the site, as the server's configuration names it. */
  site: string;
  /** Origin of the server, such as `https://support.example.com`. */
  server: string;
  /** A language tag; otherwise the browser's. */
  locale?: string;
  theme?: 'auto' | 'light' | 'dark';
  /** Signed by the site: who the visitor is. */
  userToken?: string;
  /** For style elements, in browsers without adopted style sheets. */
  nonce?: string;
  /** Hears what happens: `message`, `unread`, `ticket`, `error`. */
  onEvent?: (event: string, payload: unknown) => void;
}

export interface Mounted {
  send(text: string): void;
  identify(token: string): void;
  setLocale(locale: string): void;
  setPage(page: { url: string; title?: string }): void;
  /** Takes the chat out of the page; mounted again, it goes on where it stood. */
  unmount(): void;
  /** Takes the chat out of the page and forgets the conversation. */
  shutdown(): void;
}

export function mount(options: MountOptions): Mounted;
