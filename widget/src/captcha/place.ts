/** The place of a captcha at the end of the panel. Its element is the page's, not the shadow root's, where scripts of providers find it. */
import { captchaTexts } from './captcha-texts.ts';

export interface CaptchaPlace {
  readonly element: HTMLElement;
  readonly language: string;
  readonly scheme: string;
  /** The visitor must act. */
  show(): void;
  hide(): void;
  /** The visitor must act elsewhere on the page. */
  giveWay(): void;
  close(): void;
}

const HIDDEN: readonly [property: string, value: string][] = [
  ['opacity', '0'],
  ['pointer-events', 'none'],
];

export function openPlace(root: ShadowRoot): CaptchaPlace {
  const { host } = root;
  const language = host.getAttribute('lang') ?? 'en';
  const element = document.createElement('div');
  element.slot = `captcha-${Math.random()}`;
  element.style.cssText = 'all: initial; display: block; min-inline-size: 0';
  const slot = document.createElement('slot');
  slot.name = element.slot;
  const text = document.createElement('p');
  text.setAttribute('role', 'status');
  const area = document.createElement('div');
  area.style.cssText = 'flex: none; padding: 0 12px';
  area.append(text, slot);
  // A check that needs no visitor also works outside of the panel.
  (root.querySelector('.panel') ?? root).append(area);
  host.append(element);

  const cover = (on: boolean) => {
    if (!(host instanceof HTMLElement)) return;
    host.inert = on;
    for (const [property, value] of HIDDEN)
      if (on) host.style.setProperty(property, value, 'important');
      else host.style.removeProperty(property);
  };
  return {
    element,
    language,
    scheme: root.querySelector('.frame')?.getAttribute('data-scheme') ?? 'auto',
    show() {
      text.textContent = captchaTexts(language);
      text.style.cssText = 'padding: 4px 0 8px; font-size: 14px; line-height: 20px';
      area.style.paddingBlockEnd = '12px';
    },
    hide() {
      text.textContent = '';
      text.style.cssText = '';
      area.style.paddingBlockEnd = '0';
    },
    giveWay: () => cover(true),
    close() {
      cover(false);
      area.remove();
      element.remove();
    },
  };
}
