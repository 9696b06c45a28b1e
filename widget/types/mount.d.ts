/** The package's entry, for pages that are built with a bundler: mounts the chat into an element of the page. */
export interface MountOptions {
  /** The element to mount into. The chat fills it, so it must have a height. */
  element: HTMLElement;
  /** The site's id in the server's configuration. */
  site: string;
  /** The server's address, such as `https://support.example.com` or `https://example.com/support`. */
  server: string;
  /** A BCP 47 language tag. Default: the browser's language. */
  locale?: string;
  theme?: 'auto' | 'light' | 'dark';
  /** A token signed by the site that identifies the visitor. */
  userToken?: string;
  /** CSP nonce for style elements, in browsers without adopted style sheets. */
  nonce?: string;
  /** Called for each event: `message`, `unread`, `ticket`, `error`. */
  onEvent?: (event: string, payload: unknown) => void;
}

export interface Mounted {
  send(text: string): void;
  /** The next visitor's token, or null when the visitor has signed out. */
  identify(token: string | null): void;
  setLocale(locale: string): void;
  setPage(page: { url: string; title?: string }): void;
  /** Removes the chat from the page. Mounting it again continues the conversation. */
  unmount(): void;
  /** Removes the chat from the page and forgets the conversation. */
  shutdown(): void;
}

export function mount(options: MountOptions): Mounted;
