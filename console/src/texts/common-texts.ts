/** Texts used in several parts of the console. */

export const countOf = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

export const commonTexts = {
  settings: 'Settings',
  product: 'Firstword',
  console: 'Agent console',
  skipToTicket: 'Skip to ticket',
  loading: 'Loading…',
  loadingMore: 'Loading more…',
  offline: 'Can’t reach the server. Check your connection and try again.',
  tryAgain: 'Try again',
  dismiss: 'Dismiss',
  cancel: 'Cancel',
} as const;
