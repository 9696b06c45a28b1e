/** Texts about who a visitor is. */
import { type Texts, translated } from './translated.ts';

const english = {
  verified: 'Verified',
  claimed: 'Claimed',
  hints: {
    verified: 'Your site has verified who this visitor is.',
    claimed: 'The visitor typed this. Your site has not verified it.',
  },
  subject: (subject: string) => `Customer ID ${subject}`,
  yes: 'yes',
  no: 'no',
  all: 'All conversations of this visitor',
} as const;
export type IdentityTexts = Texts<typeof english>;
export const identityTexts = translated<IdentityTexts>('identity', english);
