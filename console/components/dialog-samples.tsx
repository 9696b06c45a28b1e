/** Every dialog. All are open at once, so that none is modal here. */
import { keysOf } from '@firstword/shared/keys-of';
import type { ComponentType } from 'preact';
import type { DialogName } from '../src/commands/command.ts';
import type { ReplayTarget } from '../src/message-replay.ts';
import { Dialogs } from '../src/ui/dialogs.tsx';
import type { Workspace } from '../src/workspace.ts';
import { shopTickets } from '../test/shop-tickets.ts';
import { Sample } from './sample.tsx';
import { openSampleWorkspace, type SampleOptions, until } from './sample-workspace.ts';

const SHOP = { tickets: shopTickets(Date.now()), open: 't-1042' };
const NOTHING = { tickets: [], hasConversations: false };
const NAMES: Readonly<Record<DialogName, string>> = {
  'dead-letters': 'Failed analyses',
  'kill-switch': 'Stop model calls',
  assign: 'Assign',
  compare: 'Compare',
  reject: 'Reject',
  resolve: 'Resolve',
  snooze: 'Snooze',
  note: 'Note',
  tag: 'Tag',
  rerun: 'Run again',
  merge: 'Merge',
  'mark-spam': 'Mark as spam',
  'hand-back': 'Hand back',
  'visitor-data': 'Visitor data',
  replay: 'Replay',
  case: 'Test case',
  shortcuts: 'Shortcuts',
  palette: 'Palette',
  search: 'Search',
  'assign-selected': 'Assign several',
  'snooze-selected': 'Snooze several',
  'resolve-selected': 'Resolve several',
};
const REPLAYED: ReplayTarget = {
  conversationId: 'c-1042',
  siteId: 'demo',
  question: { seq: 1, id: 'm-1', from: 'visitor', text: 'Can I still return the lamp?', at: Date.now() },
  original: { seq: 2, id: 'm-2', from: 'assistant', text: 'You have **30 days** to return it.', at: Date.now() },
  calls: [],
};
interface DialogState {
  readonly name: string;
  readonly dialog: DialogName;
  readonly options?: SampleOptions;
  readonly act?: (workspace: Workspace) => Promise<void> | void;
}

const resolve = async ({ ticket }: Workspace) => {
  void ticket.act('resolve', { code: 'answered' });
  await until(() => ticket.busy.value !== undefined || ticket.notice.value !== undefined);
};
const search = async ({ searchBox }: Workspace) => {
  searchBox.type('desk');
  await until(() => searchBox.failed.value || (searchBox.found.value !== undefined && !searchBox.busy.value));
};
const eraseVisitor = async ({ visitorRequests }: Workspace) => {
  visitorRequests.choose({ site: 'demo', visitorId: 'v-1042' });
  await visitorRequests.erase();
};
const replayOnTwo = ({ replay }: Workspace) => {
  replay.choose(REPLAYED);
  return replay.start(['kimi-k2.5', 'our-own-with-a-very-long-name-of-its-own'], undefined);
};
const stopCalls = async ({ reports }: Workspace) => {
  reports.planSwitch({ site: 'demo', name: 'Wendleby', stopped: true });
  await reports.confirmSwitch('Wrong prices in the answers');
};

const STATES: readonly DialogState[] = [
  { name: 'Assign, loading', dialog: 'assign', options: { ...SHOP, pending: /^GET \/agents$/ } },
  { name: 'Assign, failed', dialog: 'assign', options: { ...SHOP, failing: /^GET \/agents$/ } },
  {
    name: 'Merge, without others',
    dialog: 'merge',
    options: { ...SHOP, tickets: SHOP.tickets.filter(({ ticket: { id } }) => id === 't-1042') },
  },
  { name: 'Resolve, sending', dialog: 'resolve', options: { ...SHOP, pending: /\/resolve$/ }, act: resolve },
  { name: 'Resolve, failed', dialog: 'resolve', options: { ...SHOP, failing: /\/resolve$/ }, act: resolve },
  { name: 'Search, results', dialog: 'search', act: search },
  { name: 'Search, nothing found', dialog: 'search', options: NOTHING, act: search },
  { name: 'Search, failed', dialog: 'search', options: { ...SHOP, failing: /^GET \/search$/ }, act: search },
  { name: 'Replay, answered', dialog: 'replay', act: replayOnTwo },
  { name: 'Replay, failed', dialog: 'replay', options: { ...SHOP, failing: /\/replay$/ }, act: replayOnTwo },
  { name: 'Visitor data, deleted', dialog: 'visitor-data', act: eraseVisitor },
  {
    name: 'Visitor data, failed',
    dialog: 'visitor-data',
    options: { ...SHOP, failing: /\/erase$/ },
    act: eraseVisitor,
  },
  {
    name: 'Stop model calls, failed',
    dialog: 'kill-switch',
    options: { ...SHOP, failing: /\/kill-switch$/ },
    act: stopCalls,
  },
  {
    name: 'Resume model calls',
    dialog: 'kill-switch',
    act: ({ reports }) => reports.planSwitch({ site: 'demo', name: 'Wendleby', stopped: false }),
  },
  { name: 'Failed analyses, none', dialog: 'dead-letters', options: { ...SHOP, pending: /^GET \/dead-letters$/ } },
];

/** What each dialog needs before it opens. */
const prepare: Readonly<Partial<Record<DialogName, (workspace: Workspace) => Promise<void> | void>>> = {
  'kill-switch': ({ reports }) => reports.planSwitch({ site: 'demo', name: 'Wendleby', stopped: true }),
  async 'dead-letters'({ deadLetters }) {
    deadLetters.ticketChanged(undefined);
    await until(() => deadLetters.letters.value.length > 0);
  },
  replay: ({ replay }) => replay.choose(REPLAYED),
  async case({ messageCases }) {
    const { conversationId, siteId, question, original } = REPLAYED;
    const messages = original === undefined ? [question] : [question, original];
    messageCases.choose({ conversationId, siteId, question, messages });
    await until(() => messageCases.stored.response.value !== undefined);
  },
  'assign-selected': select,
  'snooze-selected': select,
  'resolve-selected': select,
};

function select({ selection }: Workspace): void {
  selection.start();
  selection.toggleAll(['t-1042', 't-1039']);
}

export async function loadDialogSamples(): Promise<ComponentType> {
  HTMLDialogElement.prototype.showModal = HTMLDialogElement.prototype.show;
  const plain = keysOf(NAMES).map((dialog): DialogState => {
    const act = prepare[dialog];
    return { name: NAMES[dialog], dialog, ...(act === undefined ? {} : { act }) };
  });
  const opened = await Promise.all(
    [...plain, ...STATES].map(async ({ name, dialog, options = SHOP, act }) => {
      const { workspace } = await openSampleWorkspace(options);
      await until(() => workspace.list.ticketRows.value.rows !== undefined);
      await act?.(workspace);
      workspace.dialog.value = dialog;
      return { name, workspace };
    }),
  );
  return () => (
    <>
      {opened.map(({ name, workspace }) => (
        <Sample key={name} name={`Dialog: ${name}`} kind="dialog">
          <Dialogs workspace={workspace} />
        </Sample>
      ))}
    </>
  );
}
