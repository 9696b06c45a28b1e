/** Draws a message of the site beside the closed launcher: a click opens the chat. */
import previewCss from '../extras/preview.css?inline';
import { detach } from '../natives.ts';
import bubbleCss from './bubble.css?inline';
import { dismissText } from './dismiss-text.ts';

export interface Bubble {
  show(content: { name: string; text: string; locale: string }): void;
  hide(): void;
}

const SVG = 'http://www.w3.org/2000/svg';

function part<Name extends keyof HTMLElementTagNameMap>(name: Name, className: string, parent: HTMLElement) {
  const made = parent.appendChild(document.createElement(name));
  made.className = className;
  return made;
}

export function createBubble(
  launcher: { root: ShadowRoot; button: HTMLButtonElement; adopt(css: string): void },
  act: { open(): void; dismiss(): void },
): Bubble {
  const { root, button, adopt } = launcher;
  adopt(previewCss);
  adopt(bubbleCss);
  // In the page before it has a text, or screen readers would not read the text out.
  const region = document.createElement('div');
  region.className = 'proactive';
  region.setAttribute('role', 'status');
  button.parentNode?.insertBefore(region, button);
  let shown: HTMLElement | undefined;

  function hide() {
    if (!shown) return;
    const hadFocus = shown.contains(root.activeElement);
    detach(shown);
    shown = undefined;
    if (hadFocus) button.focus({ preventScroll: true });
  }
  return {
    show({ name, text, locale }) {
      hide();
      const bubble = document.createElement('div');
      bubble.className = 'preview';
      const open = part('button', 'preview__open', bubble);
      open.type = 'button';
      open.addEventListener('click', act.open);
      const words = part('span', 'preview__words', open);
      part('b', 'preview__name', words).textContent = name;
      const line = part('span', 'preview__text', words);
      line.dir = 'auto';
      line.textContent = text;
      const dismiss = part('button', 'tool', bubble);
      dismiss.type = 'button';
      dismiss.title = dismissText(locale);
      dismiss.setAttribute('aria-label', dismiss.title);
      dismiss.addEventListener('click', act.dismiss);
      const icon = dismiss.appendChild(document.createElementNS(SVG, 'svg'));
      icon.setAttribute('viewBox', '0 0 20 20');
      icon.setAttribute('aria-hidden', 'true');
      icon.appendChild(document.createElementNS(SVG, 'path')).setAttribute('d', 'M5 5l10 10M15 5L5 15');
      bubble.addEventListener('keydown', (event) => {
        if (event.key === 'Escape') act.dismiss();
      });
      shown = region.appendChild(bubble);
    },
    hide,
  };
}
