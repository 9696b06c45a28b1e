/** Which data a site hides from which models. */
import type { MaskPolicy } from '@firstword/shared/masking';
import { plainSigns } from './find-data.ts';
import { createMask, type Mask } from './mask.ts';
import { type MaskKind, PERSONAL_KINDS, SECRET_KINDS } from './patterns.ts';

/** `chat`: whatever is asked while a visitor waits. */
export type MaskedUse = 'chat' | 'analysis';

const ALL: ReadonlySet<MaskKind> = new Set([...SECRET_KINDS, ...PERSONAL_KINDS]);
const SECRETS: ReadonlySet<MaskKind> = new Set(SECRET_KINDS);
const PERSONAL: ReadonlySet<MaskKind> = new Set(PERSONAL_KINDS);
const NONE: ReadonlySet<MaskKind> = new Set();

function kindsFor(
  { maskPersonalData = 'off', maskSecrets = 'all' }: MaskPolicy,
  use: MaskedUse,
): ReadonlySet<MaskKind> {
  const hides = (scope: typeof maskSecrets) => scope === 'all' || scope === use;
  if (hides(maskPersonalData)) return hides(maskSecrets) ? ALL : PERSONAL;
  return hides(maskSecrets) ? SECRETS : NONE;
}

/** A mask for one request. */
export function createMaskFor(policy: MaskPolicy, use: MaskedUse): Mask {
  const mask = createMask(kindsFor(policy, use));
  // Agents check an analysis against the conversation, which they see as it is.
  return policy.revealMasked === false && use === 'chat' ? { ...mask, reveal: (text) => text } : mask;
}

/** A mask that finds everything, whatever the site hides. */
export const createFullMask = (): Mask => createMask(ALL);

/** The text with placeholders for good. */
export const hidePersonalData = (text: string): string => createFullMask().hide(text);

/** A number or an address that is still being typed. */
const BEGUN = /(?:\d[\d\s().+/_-]{2,}|[^\s]*@[^\s]*|[\w-]{16,})$/;

/** Whether a text that is still being typed may be sent to a model: nothing in it is hidden, or may become what is. */
export function mayLeave(policy: MaskPolicy, text: string): boolean {
  const { maskPersonalData = 'off', maskSecrets = 'all' } = policy;
  if (maskPersonalData === 'off' && maskSecrets === 'off') return true;
  const kinds = maskPersonalData === 'off' ? SECRETS : maskSecrets === 'off' ? PERSONAL : ALL;
  const mask = createMask(kinds);
  return mask.hide(text) === text && !BEGUN.test(plainSigns(text));
}
