/** Both lists with rows, without, while they load, and after a failure. */
import { type ComponentType, Fragment } from 'preact';
import { ConversationList } from '../src/ui/conversation-list.tsx';
import { TicketList } from '../src/ui/ticket-list.tsx';
import { shopTickets } from '../test/shop-tickets.ts';
import { Sample } from './sample.tsx';
import { openSampleWorkspace, type SampleOptions, until } from './sample-workspace.ts';

const SHOP = { tickets: shopTickets(Date.now()) };
const LISTS: readonly (readonly [name: string, options: SampleOptions])[] = [
  ['with rows', SHOP],
  ['empty', { tickets: [], hasConversations: false }],
  ['loading', { ...SHOP, pending: /^GET \/(?:tickets|conversations)/ }],
  ['failed', { ...SHOP, failing: /^GET \/(?:tickets|conversations)/ }],
];
export async function loadListStateSamples(): Promise<ComponentType> {
  const opened = await Promise.all(
    LISTS.map(async ([name, options]) => {
      const { workspace } = await openSampleWorkspace(options);
      workspace.conversations.refresh();
      const { list, conversations } = workspace;
      const isLoaded = () => list.ticketRows.value.rows !== undefined || list.failed.value;
      const isRead = () =>
        conversations.list.pages.value !== undefined || conversations.list.failure.value !== undefined;
      if (options.pending === undefined) await until(() => isLoaded() && isRead());
      return { name, workspace };
    }),
  );
  return () => (
    <>
      {opened.map(({ name, workspace }) => (
        <Fragment key={name}>
          <Sample name={`Tickets, ${name}`} kind="pane">
            <TicketList workspace={workspace} />
          </Sample>
          <Sample name={`Conversations, ${name}`} kind="pane">
            <ConversationList workspace={workspace} />
          </Sample>
        </Fragment>
      ))}
    </>
  );
}
