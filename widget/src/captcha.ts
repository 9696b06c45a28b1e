/** Has the visitor's browser checked by the provider that a challenge names. A separate file, fetched only then. */
import type { Captcha } from '@firstword/shared/proof-of-work';
import { openPlace } from './captcha/place.ts';
import { type Check, startHcaptcha, startTurnstile } from './captcha/providers.ts';

const LOAD_MS = 10_000;
/** The challenge is valid for two minutes. */
const SOLVE_MS = 100_000;

/** The provider's token. Rejects when its script is blocked, the check fails or the visitor leaves it. */
export async function solveCaptcha({ provider, siteKey, scriptUrl }: Captcha, root: ShadowRoot): Promise<string> {
  const { start, isLoaded } = provider === 'turnstile' ? startTurnstile : startHcaptcha;
  if (!isLoaded()) await within(LOAD_MS, load(scriptUrl));
  const place = openPlace(root);
  let stop = () => {};
  try {
    const solved = new Promise<string>((resolve, reject) => {
      const check: Check = { siteKey, place, solved: resolve, failed: () => reject(new Error('not solved')) };
      stop = start(check);
    });
    return await within(SOLVE_MS, solved);
  } finally {
    stop();
    place.close();
  }
}

function load(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = url;
    script.async = true;
    script.onload = () => resolve();
    script.onerror = () => {
      script.remove();
      reject(new Error('blocked'));
    };
    document.head.append(script);
  });
}

function within<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  return Promise.race([work, new Promise<never>((_, reject) => setTimeout(() => reject(new Error('late')), ms))]);
}
