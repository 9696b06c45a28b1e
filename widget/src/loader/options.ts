/** Reads the options from the attributes of the script element. */
import { browserLocale, type WidgetOptions } from '../contract.ts';

export interface LoaderOptions extends WidgetOptions {
  openAtOnce: boolean;
  /** The page asks for the site's proactive messages, whether the script knows of any or not. */
  proactive: boolean;
  /** Launcher colour until the site's theme is known. */
  accent: string | undefined;
  /** Address of the script; the other files are served from the same folder. */
  scriptUrl: string;
}

const TAG = '<script async src="https://your-server.example/widget.js" data-site="your-site"></script>';
/** As the server checks it. */
const SITE_ID = /^[a-z0-9][a-z0-9-]{0,47}$/;

/** Why the script element can't show the chat, and the fix; undefined where it can. */
export function setUpFault(script: unknown): string | undefined {
  if (!(script instanceof HTMLScriptElement))
    return `The script can't read its options. Remove type="module" from its tag, or load it by a tag of its own: ${TAG}`;
  const { site } = script.dataset;
  if (!script.src) return `The script runs inline. Load it by its address: ${TAG}`;
  if (!site) return `The attribute data-site is missing. Set it to the id of your site: ${TAG}`;
  if (!SITE_ID.test(site))
    return `data-site="${site.slice(0, 60)}" is not a site id. Ids have up to 48 characters: a-z, 0-9 and "-".`;
  return undefined;
}

export function readOptions(script: HTMLScriptElement): LoaderOptions {
  const { site = '', locale, theme, position, nonce, userToken, open, accent, proactive } = script.dataset;
  return {
    site,
    server: new URL('.', script.src).href.slice(0, -1),
    scriptUrl: script.src,
    locale: locale || browserLocale(),
    theme: theme === 'light' || theme === 'dark' ? theme : 'auto',
    position: position === 'start' || position === 'left' ? 'start' : 'end',
    nonce: nonce || script.nonce || undefined,
    userToken: userToken || undefined,
    page: undefined,
    proactive: proactive !== undefined,
    openAtOnce: open !== undefined && open !== 'false',
    accent: accent || undefined,
  };
}
