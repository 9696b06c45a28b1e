/** Texts about who a visitor is. */

export const identityTexts = {
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
