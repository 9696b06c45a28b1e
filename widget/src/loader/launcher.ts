/** Draws the launcher in a shadow root of its own and keeps its look: colours, scheme, language, unread count. */
import type { PanelHost, WidgetOptions } from '../contract.ts';
import { direction } from '../direction.ts';
import { accentShades, DEFAULT_ACCENT } from './accent.ts';
import { firstWords } from './first-words.ts';
import launcherCss from './launcher.css?inline';
import tokensCss from './tokens.css?inline';

export interface Launcher {
  host: HTMLElement;
  root: ShadowRoot;
  button: HTMLButtonElement;
  setOpen(open: boolean): void;
  setUnread: PanelHost['setUnread'];
  setAccent: PanelHost['setAccent'];
  setLanguage: PanelHost['setLanguage'];
  adopt: PanelHost['adopt'];
  remove(): void;
}

const SVG = 'http://www.w3.org/2000/svg';
const SPEECH =
  'M6.5 4.5h11A2.5 2.5 0 0 1 20 7v6.5a2.5 2.5 0 0 1-2.5 2.5h-5L8 19.75V16H6.5A2.5 2.5 0 0 1 4 13.5V7a2.5 2.5 0 0 1 2.5-2.5z';
const CROSS = 'M6.5 6.5l11 11m0-11l-11 11';

function icon(name: string, path: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', name);
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

export function createLauncher(options: Pick<WidgetOptions, 'theme' | 'position' | 'nonce' | 'locale'>): Launcher {
  const host = document.createElement('div');
  // Inline and important, so that no rule of the page ("div { … }") moves or hides the widget.
  for (const [property, value] of Object.entries({ all: 'initial', position: 'fixed', 'z-index': '2147483000' })) {
    host.style.setProperty(property, value, 'important');
  }
  host.dataset['firstword'] = '';
  host.dataset['position'] = options.position;
  const root = host.attachShadow({ mode: 'open' });

  function adopt(css: string) {
    if ('adoptedStyleSheets' in root) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
      return;
    }
    const style = document.createElement('style');
    if (options.nonce) style.nonce = options.nonce;
    style.textContent = css;
    (root as ShadowRoot).append(style);
  }
  adopt(tokensCss);
  adopt(launcherCss);

  const frame = document.createElement('section');
  frame.className = 'frame';
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'launcher';
  const badge = document.createElement('span');
  badge.className = 'badge';
  badge.hidden = true;
  button.append(icon('speech', SPEECH), icon('cross', CROSS), badge);
  const tip = document.createElement('span');
  tip.className = 'tip';
  tip.setAttribute('aria-hidden', 'true');
  frame.append(button, tip);
  root.append(frame);

  const locale = options.locale ?? navigator.language;
  let language = {
    // Known from the start, so that the launcher never changes sides.
    direction: direction(locale),
    ...firstWords(locale),
    close: 'Close chat',
    region: 'Support chat',
  };
  let accent = DEFAULT_ACCENT;
  let open = false;
  let unread = 0;
  const dark = matchMedia('(prefers-color-scheme: dark)');

  function drawColours() {
    const scheme = options.theme === 'auto' ? (dark.matches ? 'dark' : 'light') : options.theme;
    host.dataset['scheme'] = scheme;
    for (const [name, value] of Object.entries(accentShades(accent, scheme))) host.style.setProperty(name, value);
  }
  function drawWords() {
    host.lang = language.locale;
    host.dir = language.direction;
    frame.setAttribute('aria-label', language.region);
    const label = open ? language.close : language.open;
    button.setAttribute('aria-label', unread > 0 ? `${label} (${unread})` : label);
    button.setAttribute('aria-expanded', String(open));
    tip.textContent = label;
    badge.textContent = unread > 9 ? '9+' : String(unread);
    badge.hidden = unread === 0;
  }
  drawColours();
  drawWords();
  dark.addEventListener('change', drawColours);
  document.body.append(host);

  return {
    host,
    root,
    button,
    adopt,
    setOpen(next) {
      open = next;
      drawWords();
    },
    setUnread(count) {
      unread = count;
      drawWords();
    },
    setAccent(hex) {
      accent = hex;
      drawColours();
    },
    setLanguage(next) {
      language = next;
      drawWords();
    },
    remove() {
      dark.removeEventListener('change', drawColours);
      host.remove();
    },
  };
}
