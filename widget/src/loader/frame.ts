/** The shadow root around the whole widget, with its colours and language. */
import { accentShades, DEFAULT_ACCENT } from '@firstword/shared/accent';
import type { WidgetOptions } from '../contract.ts';
import { detach } from '../natives.ts';
import { keepEvents } from './keep-events.ts';
import tokensCss from './tokens.css?inline';

export interface Frame {
  host: HTMLElement;
  root: ShadowRoot;
  /** The landmark around launcher and panel. */
  frame: HTMLElement;
  adopt(css: string): void;
  setAccent(hex: string): void;
  setLanguage(language: { locale: string; direction: 'ltr' | 'rtl'; region: string }): void;
  remove(): void;
}

/** `style` is set with `!important`, so that no rule of the page changes the host element. */
export function createFrame(
  options: Pick<WidgetOptions, 'theme' | 'nonce'>,
  parent: HTMLElement,
  style: Readonly<Record<string, string>>,
): Frame {
  const host = document.createElement('div');
  for (const [property, value] of Object.entries(style)) host.style.setProperty(property, value, 'important');
  host.dataset['firstword'] = '';
  const root = host.attachShadow({ mode: 'open' });
  const frame = document.createElement('section');
  frame.className = 'frame';

  function adopt(css: string) {
    if (root.adoptedStyleSheets) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
      return;
    }
    const element = document.createElement('style');
    if (options.nonce) element.nonce = options.nonce;
    element.textContent = css;
    root.appendChild(element);
  }
  adopt(tokensCss);
  root.appendChild(frame);
  const stopKeeping = keepEvents(host, root);

  let accent = DEFAULT_ACCENT;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  function drawColours() {
    const scheme = options.theme === 'auto' ? (dark.matches ? 'dark' : 'light') : options.theme;
    frame.dataset['scheme'] = scheme;
    for (const [name, value] of Object.entries(accentShades(accent, scheme))) frame.style.setProperty(name, value);
  }
  drawColours();
  // Old browsers and stand-ins for them have only `addListener`.
  dark.addEventListener?.('change', drawColours);
  parent.appendChild(host);

  return {
    host,
    root,
    frame,
    adopt,
    setAccent(hex) {
      if (hex === accent) return;
      accent = hex;
      drawColours();
    },
    setLanguage({ locale, direction, region }) {
      host.lang = locale;
      host.dir = direction;
      // `all: initial` does not reset the page's direction.
      frame.dir = direction;
      frame.setAttribute('aria-label', region);
    },
    remove() {
      dark.removeEventListener?.('change', drawColours);
      stopKeeping();
      detach(host);
    },
  };
}
