/** Every dialog. All are open at once, so that none is modal here. */
import { keysOf } from '@firstword/shared/keys-of';
import type { ComponentType } from 'preact';
import type { DialogName } from '../src/commands/command.ts';
import type { ReplayTarget } from '../src/message-replay.ts';
import { Dialogs } from '../src/ui/dialogs.tsx';
import { shopTickets } from '../test/shop-tickets.ts';
import { Sample } from './sample.tsx';
import { openSampleWorkspace, type SampleOptions, until } from './sample-workspace.ts';

const SHOP = { tickets: shopTickets(Date.now()), open: 't-1042' };
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
const EXTRA: readonly (readonly [name: string, dialog: DialogName, options: SampleOptions])[] = [
  ['Assign, loading', 'assign', { ...SHOP, pending: /^GET \/agents$/ }],
  ['Assign, failed', 'assign', { ...SHOP, failing: /^GET \/agents$/ }],
  [
    'Merge, without others',
    'merge',
    { ...SHOP, tickets: SHOP.tickets.filter(({ ticket: { id } }) => id === 't-1042') },
  ],
];

export async function loadDialogSamples(): Promise<ComponentType> {
  HTMLDialogElement.prototype.showModal = HTMLDialogElement.prototype.show;
  const all = [...keysOf(NAMES).map((name) => [NAMES[name], name, SHOP] as const), ...EXTRA];
  const opened = await Promise.all(
    all.map(async ([name, dialog, options]) => {
      const { workspace } = await openSampleWorkspace(options);
      await until(() => workspace.list.ticketRows.value.rows !== undefined);
      if (dialog.endsWith('-selected')) {
        workspace.selection.start();
        workspace.selection.toggleAll(['t-1042', 't-1039']);
      }
      if (dialog === 'kill-switch') workspace.reports.planSwitch({ site: 'demo', name: 'Wendleby', stopped: true });
      if (dialog === 'dead-letters') {
        workspace.deadLetters.ticketChanged(undefined);
        await until(() => workspace.deadLetters.letters.value.length > 0);
      }
      if (dialog === 'replay') workspace.replay.choose(REPLAYED);
      if (dialog === 'case') {
        const { conversationId, siteId, question, original } = REPLAYED;
        const messages = original === undefined ? [question] : [question, original];
        workspace.messageCases.choose({ conversationId, siteId, question, messages });
        await until(() => workspace.messageCases.stored.response.value !== undefined);
      }
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
