/** Draws the launcher in its own shadow root: icon, label and unread count. */
import { direction, type PanelHost, type WidgetOptions } from '../contract.ts';
import { createFrame } from './frame.ts';
import { keepAttached } from './keep-attached.ts';
import launcherCss from './launcher.css?inline';
import { launcherTexts } from './launcher-texts.ts';

export interface Launcher {
  host: HTMLElement;
  root: ShadowRoot;
  button: HTMLButtonElement;
  setOpen(open: boolean): void;
  /** Says that the chat could not be loaded, until it is opened again. */
  showFailure(): void;
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
  svg.appendChild(line);
  return svg;
}

export function createLauncher(options: Pick<WidgetOptions, 'theme' | 'position' | 'nonce' | 'locale'>): Launcher {
  const outer = createFrame(options, document.body, { all: 'initial', position: 'fixed', 'z-index': '2147483000' });
  const { host, root, frame, adopt, setAccent } = outer;
  host.dataset['position'] = options.position;
  adopt(launcherCss);

  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'launcher';
  button.appendChild(icon('speech', SPEECH));
  button.appendChild(icon('cross', CROSS));
  frame.appendChild(button);
  // Created on demand: text in a new font is the most expensive part of drawing the launcher.
  let badge: HTMLElement | undefined;
  let tip: HTMLElement | undefined;
  function part(name: string, parent: HTMLElement): HTMLElement {
    const made = parent.appendChild(document.createElement('span'));
    made.className = name;
    return made;
  }
  function showTip() {
    if (!tip) {
      tip = part('tip', frame);
      tip.addEventListener('click', () => button.click());
    }
    drawTexts();
  }
  button.addEventListener('pointerenter', showTip, { once: true });

  const { locale } = options;
  const { unreachable, ...first } = launcherTexts(locale);
  let language = {
    // Known from the start, so that the launcher never changes sides.
    direction: direction(locale),
    ...first,
    close: 'Close chat',
    region: 'Support chat',
  };
  let open = false;
  let failed = false;
  let unread = 0;

  function drawTexts() {
    outer.setLanguage(language);
    const label = failed ? unreachable : open ? language.close : language.open;
    button.setAttribute('aria-label', unread > 0 ? `${label} (${unread})` : label);
    button.setAttribute('aria-expanded', String(open));
    if (tip) {
      // The label already names the button; only a failure is announced.
      tip.setAttribute('role', failed ? 'alert' : 'none');
      tip.setAttribute('aria-hidden', String(!failed));
      tip.textContent = label;
    }
    if (unread > 0) badge ??= part('badge', button);
    if (!badge) return;
    badge.textContent = unread > 9 ? '9+' : String(unread);
    badge.hidden = unread === 0;
  }
  drawTexts();
  const stopKeeping = keepAttached(host, root);

  return {
    host,
    root,
    button,
    adopt,
    setAccent,
    remove() {
      stopKeeping();
      outer.remove();
    },
    setOpen(next) {
      open = next;
      failed = false;
      drawTexts();
    },
    showFailure() {
      failed = true;
      showTip();
    },
    setUnread(count) {
      unread = count;
      drawTexts();
    },
    setLanguage(next) {
      language = next;
      drawTexts();
    },
  };
}
