/** Finds environment variables that were probably meant for Firstword but have no effect. */

import { nearMiss } from '../lib/near-miss.ts';
import type { GivenEnvironment } from './environment.ts';

/** Names that begin like ours; others, such as `APP_ENV` or `LOG_DIR`, are too common to warn about. */
const OUR_PREFIX = /^(?:CAPTCHA|FIRSTWORD|LLM|OIDC|REDIS|SMTP)_/i;
/** Kubernetes and Docker set these for a service that is called `redis`. */
const SERVICE_LINK = /_(?:SERVICE_(?:HOST|PORT)|PORT)(?:_|$)|_(?:ENV|NAME)(?:_|$)/i;
/** A name this short is one typing error away from too many others. */
const NEAR_MISS_MIN_LENGTH = 7;

/** One line for each. Values are never shown. */
export function unknownNames(env: GivenEnvironment, known: readonly string[], references: readonly string[]): string[] {
  return Object.entries(env).flatMap(([name, value]) => {
    if (value === undefined || value === '' || known.includes(name) || references.includes(name)) return [];
    const near =
      known.find((each) => each === name.toUpperCase()) ??
      (name.length >= NEAR_MISS_MIN_LENGTH
        ? nearMiss(
            name,
            known.filter((each) => each.length >= NEAR_MISS_MIN_LENGTH),
          )
        : undefined);
    if (near !== undefined) return [`${name}: has no effect, because there is no such setting. Did you mean ${near}?`];
    if (!OUR_PREFIX.test(name) || SERVICE_LINK.test(name)) return [];
    const prefix = name.slice(0, name.indexOf('_') + 1).toUpperCase();
    const similar = known.filter((each) => each.startsWith(prefix) && !each.endsWith('_FILE'));
    return [
      `${name}: has no effect, because there is no such setting. ${similar.length > 0 ? `Use ${similar.join(' or ')}` : 'See docs/configuration.md for all of them'}.`,
    ];
  });
}
