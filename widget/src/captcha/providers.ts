/** Starts a check with the script of each provider, shown only where the visitor must act. */
import type { CaptchaPlace } from './place.ts';

export interface Check {
  readonly siteKey: string;
  readonly place: CaptchaPlace;
  readonly solved: (token: string) => void;
  readonly failed: () => void;
}

/** What the script puts on the page. */
interface ProviderApi {
  render(place: HTMLElement, options: object): string;
  remove(id: string): void;
}
declare global {
  interface Window {
    turnstile?: ProviderApi;
    hcaptcha?: ProviderApi & { execute(id: string): unknown };
  }
}

interface Starter {
  readonly isLoaded: () => boolean;
  /** Returns a function that ends it. */
  readonly start: (check: Check) => () => void;
}

const MISSING = 'The script of the provider has no such check.';

export const startTurnstile: Starter = {
  isLoaded: () => window.turnstile !== undefined,
  start({ siteKey, place, solved, failed }) {
    const { turnstile } = window;
    if (turnstile === undefined) throw new Error(MISSING);
    const id = turnstile.render(place.element, {
      ...{ sitekey: siteKey, theme: place.scheme, language: place.language },
      appearance: 'interaction-only',
      size: 'flexible',
      retry: 'never',
      'refresh-expired': 'never',
      callback: solved,
      // Otherwise it would throw in the page.
      'error-callback': () => {
        failed();
        return true;
      },
      'timeout-callback': failed,
      'unsupported-callback': failed,
      'before-interactive-callback': place.show,
      'after-interactive-callback': place.hide,
    });
    return () => turnstile.remove(id);
  },
};

export const startHcaptcha: Starter = {
  isLoaded: () => window.hcaptcha !== undefined,
  start({ siteKey, place, solved, failed }) {
    const { hcaptcha } = window;
    if (hcaptcha === undefined) throw new Error(MISSING);
    const id = hcaptcha.render(place.element, {
      ...{ sitekey: siteKey, theme: place.scheme, hl: place.language },
      size: 'invisible',
      callback: solved,
      'error-callback': failed,
      'chalexpired-callback': failed,
      'expired-callback': failed,
      'close-callback': failed,
      // Its puzzle is part of the page, below the layer of the widget.
      'open-callback': place.giveWay,
    });
    void hcaptcha.execute(id);
    return () => hcaptcha.remove(id);
  },
};
