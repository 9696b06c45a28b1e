/** The answer that every widget renders: all kinds of Markdown, in tokens of typical length. */

/** Occurs nowhere else in an answer. */
export const LAST_WORDS = 'That is the whole answer.';

const PARTS = [
  '### Before you send it back\n\n',
  'You can return an **unopened bag** within 30 days of delivery; opened coffee is a different matter, so tell us ',
  'what was wrong with it and we send another one at our cost.[1]\n\n',
  '1. Open your order at [your account](https://shop.example/account).\n2. Choose *Return* and print the label.\n',
  '3. Drop the parcel at any pickup point, and keep the receipt until the money has arrived.\n\n',
  '| Item | Return within | Cost |\n|---|---|---|\n| Unopened coffee | 30 days | free |\n| Grinders | 60 days | free |\n\n',
  'Refunds reach the card that was used for the order 3 to 5 days after the parcel has been checked.\n\n',
  '```\nReturn code: FW-4711\n```\n\n',
  '- Parcels without a label take longer.\n- Gifts are credited to the person who receives them.\n\n',
].join('');

/** @param count tokens, from 8 */
export function answerTokens(count: number): string[] {
  const words = PARTS.match(/\s*\S{1,6}|\s+$/g) ?? [];
  const last = LAST_WORDS.match(/\s*\S{1,6}/g) ?? [];
  const body = Array.from({ length: count - last.length - 1 }, (_, at) => words[at % words.length] ?? '');
  return [...body, '\n\n', ...last];
}
