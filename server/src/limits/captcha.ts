/** Has the tokens of a captcha checked by its provider. While the provider can't be reached, no challenge names the captcha. */
import type { Captcha as CaptchaView } from '@firstword/shared/proof-of-work';
import { z } from 'zod';
import type { EventLog } from '../lib/quiet-log.ts';

export type CaptchaOutcome = 'passed' | 'failed' | 'unreachable';

/** Whose browser brings a token. */
export interface TokenBearer {
  readonly ip: string;
  /** Of the page; undefined for a client that names none. */
  readonly host: string | undefined;
}

export interface Captcha {
  /** For a challenge; undefined while the provider can't be reached. */
  named(): CaptchaView | undefined;
  /** Never rejects because of the provider. Each token passes once. */
  check(token: string, bearer: TokenBearer): Promise<CaptchaOutcome>;
  /** Whether a proof of work is enough where a token is missing. */
  readonly mayBeMissing: boolean;
}

export interface CaptchaParts {
  readonly view: CaptchaView;
  readonly mayBeMissing: boolean;
  readonly secretKey: string;
  /** Asks the provider: a form, answered with JSON. Rejects when it does not answer in time. */
  readonly ask: (form: Readonly<Record<string, string>>) => Promise<unknown>;
  /** Remembers an id over all processes; false when it was used before. */
  readonly useOnce: (id: string, seconds: number) => Promise<boolean>;
  readonly onChecked: (outcome: CaptchaOutcome) => void;
  readonly log: EventLog;
  readonly now?: () => number;
}

/** As both providers answer. */
const verdictSchema = z.object({
  success: z.boolean(),
  hostname: z.string().optional(),
  'error-codes': z.array(z.string()).default([]),
});
/** Faults of the provider or of our settings, which no client can cause. */
const NOT_THE_CLIENT = ['missing-input-secret', 'invalid-input-secret', 'internal-error'];
/** A provider that failed is not asked again before. */
const AWAY_MS = 30_000;
/** Providers accept a token for five minutes at most. */
const USED_SECONDS = 600;
/** At the same time. Further tokens fail, so that a flood of them can't be what makes the provider late. */
const RUNNING_MAX = 100;

export function createCaptcha(parts: CaptchaParts): Captcha {
  const { view, mayBeMissing, secretKey, ask, useOnce, onChecked, log, now = Date.now } = parts;
  let awayUntil = 0;
  let running = 0;

  const away = (reason: string) => {
    awayUntil = now() + AWAY_MS;
    log.error({ provider: view.provider, reason }, 'the captcha provider did not check a token; using proofs of work');
    return 'unreachable' as const;
  };
  const judge = async (token: string, { ip, host }: TokenBearer): Promise<CaptchaOutcome> => {
    if (host === undefined || running >= RUNNING_MAX) return 'failed';
    running += 1;
    try {
      if (!(await useOnce(`captcha ${token}`, USED_SECONDS))) return 'failed';
      const form = { secret: secretKey, response: token, sitekey: view.siteKey, remoteip: ip };
      const verdict = await ask(form)
        .then((answer) => verdictSchema.parse(answer))
        .catch((error: unknown) => away(String(error)));
      if (verdict === 'unreachable') return verdict;
      const { success, hostname, 'error-codes': codes } = verdict;
      if (codes.some((code) => NOT_THE_CLIENT.includes(code))) return away(codes.join(', '));
      if (!success) return 'failed';
      if (hostname?.toLowerCase() === host) return 'passed';
      log.warn({ hostname, expected: host }, 'a captcha was solved on another host');
      return 'failed';
    } finally {
      running -= 1;
    }
  };

  return {
    named: () => (now() < awayUntil ? undefined : view),
    async check(token, bearer) {
      const outcome = await judge(token, bearer);
      onChecked(outcome);
      return outcome;
    },
    mayBeMissing,
  };
}
