/**
 * Solves the challenge of a busy server: a proof of work, and a captcha where it names one. A separate file, fetched only then. It works
 * in short slices and not in a worker, because a page's Content Security Policy may forbid workers and would report each attempt.
 */
import { firstBitsOf } from '@firstword/shared/hash-bits';
import type { Captcha, Challenge, Proof } from '@firstword/shared/proof-of-work';

/** Shorter than a frame, so that scrolling and typing go on. */
const SLICE_MS = 6;
/** Hashes between two looks at the clock. */
const ROUND = 100;

/** @param root of the widget, for a captcha that the visitor must see */
export async function prove(challenge: Challenge, root: ShadowRoot | undefined): Promise<Proof> {
  const asked = root && challenge.captcha;
  const [proof, captcha] = await Promise.all([work(challenge), asked && token(asked, root)]);
  return captcha === undefined ? proof : { ...proof, captcha };
}

/** Undefined where the provider can't be reached: the server decides whether the proof of work is enough. */
async function token(captcha: Captcha, root: ShadowRoot): Promise<string | undefined> {
  try {
    return await (await import('./captcha.ts')).solveCaptcha(captcha, root);
  } catch {
    return undefined;
  }
}

export async function work({ token, tries, numbers: count }: Challenge): Promise<Proof> {
  const firstBits = firstBitsOf(`${token}:`);
  const below = 2 ** 32 / tries;
  const numbers: number[] = [];
  for (let n = 0; numbers.length < count; ) {
    const until = performance.now() + SLICE_MS;
    while (numbers.length < count && performance.now() < until)
      for (const end = n + ROUND; n < end; n += 1) if (firstBits(n) < below) numbers.push(n);
    await nextTask();
  }
  return { token, numbers: numbers.slice(0, count) };
}

/** Unlike timers, messages have no least delay, also in a tab in the background. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
}
