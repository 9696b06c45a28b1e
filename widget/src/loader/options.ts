/** Reads the options from the attributes of the script element. */
import type { WidgetOptions } from '../contract.ts';

export interface LoaderOptions extends WidgetOptions {
  openAtOnce: boolean;
  /** Launcher colour until the site's theme is known. */
  accent: string | undefined;
  /** Address of the script; the other files are served from the same folder. */
  scriptUrl: string;
}

/** Undefined without `data-site` or `src`. */
export function readOptions(script: HTMLScriptElement): LoaderOptions | undefined {
  const { site, locale, theme, position, nonce, userToken, open, accent } = script.dataset;
  if (!site || !script.src) return undefined;
  return {
    site,
    server: new URL('.', script.src).href.slice(0, -1),
    scriptUrl: script.src,
    locale: locale || undefined,
    theme: theme === 'light' || theme === 'dark' ? theme : 'auto',
    position: position === 'start' || position === 'left' ? 'start' : 'end',
    nonce: nonce || script.nonce || undefined,
    userToken: userToken || undefined,
    page: undefined,
    openAtOnce: open !== undefined && open !== 'false',
    accent: accent || undefined,
  };
}
