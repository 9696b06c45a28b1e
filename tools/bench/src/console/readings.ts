/** What an agent does again and again, each measured in the page. */
import { SITES } from '../records/past-conversations.ts';
import { type AgentPage, CONVERSATION_ROW, TICKET_ROW } from './agent-page.ts';

export const GOALS = {
  'load the console': undefined,
  'open the conversations': 300,
  'filter conversations by site': 150,
  'filter conversations by ticket': 150,
  'search conversations, from the last key': 150,
  'back to the tickets': 300,
  'open another view of tickets': 300,
  'filter tickets by urgency': 150,
  'open a ticket': 300,
  'search everything, from the last key': 150,
} as const satisfies Record<string, number | undefined>;
export type Reading = keyof typeof GOALS;

/** @param word what is searched for */
export async function measureRound(
  { page, load, timeTo, timeToFind }: AgentPage,
  note: (reading: Reading, ms: number) => void,
  { round, word }: { round: number; word: string },
): Promise<void> {
  const list = (name: string) => page.getByRole('region', { name, exact: true });
  const link = (name: string) =>
    page.getByRole('navigation', { name: 'Agent console' }).getByLabel(name, { exact: true });
  note('load the console', await load());

  note('open the conversations', await timeTo(CONVERSATION_ROW, () => link('Conversations').click()));
  const conversations = list('Conversations');
  await conversations.getByRole('button', { name: 'Filters' }).click();
  const choose = (label: string, value: string) => async () => {
    await conversations.getByRole('combobox', { name: label, exact: true }).selectOption(value);
  };
  const { id: siteId } = SITES[round % SITES.length] ?? SITES[0];
  note('filter conversations by site', await timeTo(CONVERSATION_ROW, choose('Site', siteId), 'change'));
  await timeTo(CONVERSATION_ROW, choose('Site', ''), 'change');
  note('filter conversations by ticket', await timeTo(CONVERSATION_ROW, choose('Ticket', 'with'), 'change'));
  await timeTo(CONVERSATION_ROW, choose('Ticket', ''), 'change');
  await conversations.getByRole('button', { name: 'Filters' }).click();
  note(
    'search conversations, from the last key',
    await timeToFind(conversations.getByRole('searchbox'), CONVERSATION_ROW, word),
  );

  note('back to the tickets', await timeTo(TICKET_ROW, () => link('Tickets').click()));
  const tickets = list('Tickets');
  note(
    'open another view of tickets',
    await timeTo(TICKET_ROW, () => tickets.getByRole('button', { name: /^Open/ }).click()),
  );
  await tickets.getByRole('button', { name: 'Filters' }).click();
  const urgency = ['high', 'low', 'normal', 'critical'][round % 4] ?? 'high';
  const chooseUrgency = (value: string) => async () => {
    await tickets.getByRole('combobox', { name: 'Urgency', exact: true }).selectOption(value);
  };
  note('filter tickets by urgency', await timeTo(TICKET_ROW, chooseUrgency(urgency), 'change'));
  await timeTo(TICKET_ROW, chooseUrgency(''), 'change');
  await tickets.getByRole('button', { name: 'Filters' }).click();
  note(
    'open a ticket',
    await timeTo('.ticket .message', () =>
      page
        .locator(TICKET_ROW)
        .nth(1 + (round % 5))
        .click(),
    ),
  );

  await page.getByRole('button', { name: 'Search everything' }).click();
  const dialog = page.getByRole('dialog');
  note('search everything, from the last key', await timeToFind(dialog.getByRole('combobox'), '#search-results', word));
  await page.keyboard.press('Escape');
}
