/** A reason as people read it: the server keeps some as codes and some in an agent's own words. */
import { texts } from './texts.ts';

const KNOWN: Record<string, string> = { ...texts.reasons, ...texts.resolutions, ...texts.rejectReasons };

export function reasonText(reason: string): string {
  return Object.hasOwn(KNOWN, reason) ? (KNOWN[reason] ?? reason) : reason;
}
