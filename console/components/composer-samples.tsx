/** The composer of a reply in every state, with the notices above it. */
import { MESSAGE_TEXT_MAX } from '@firstword/shared/limits';
import type { ComponentType } from 'preact';
import { Composer } from '../src/ui/composer.tsx';
import { NoticeLine } from '../src/ui/notice-line.tsx';
import type { Workspace } from '../src/workspace.ts';
import { shopTickets } from '../test/shop-tickets.ts';
import { detail, otherAgent, talk, ticket } from '../test/ticket-builders.ts';
import { LONG_TEXT, RTL_TEXT, Sample } from './sample.tsx';
import { openSampleWorkspace, type SampleOptions, type SampleWorkspace, until } from './sample-workspace.ts';

const NOW = Date.now();
const TEXT = 'The chair is on its way and arrives on **Tuesday**. [Track your parcel](https://shop.example/track)';
const WITH_PROPOSAL = { tickets: shopTickets(NOW), open: 't-1042' };
const WITHOUT = {
  tickets: [
    detail(ticket(1, NOW, { firstLine: 'Where is my chair?' }), talk(NOW, ['visitor', 'Where is my chair?']), []),
  ],
  open: 't-1',
};
const DONE = {
  ...WITHOUT,
  tickets: [detail(ticket(1, NOW, { state: 'resolved' }), talk(NOW, ['visitor', 'Thanks']), [])],
};

interface ComposerState {
  readonly name: string;
  readonly options: SampleOptions;
  readonly act?: (sample: SampleWorkspace) => Promise<void> | void;
}

async function send({ workspace }: SampleWorkspace): Promise<void> {
  workspace.write(TEXT);
  workspace.ticket.send('now');
  await until(() => workspace.ticket.busy.value !== undefined || workspace.ticket.notice.value !== undefined);
}

const STATES: readonly ComposerState[] = [
  { name: 'Empty', options: WITHOUT },
  { name: 'Draft', options: WITHOUT, act: ({ workspace }) => workspace.write(TEXT) },
  { name: 'Draft, long', options: WITHOUT, act: ({ workspace }) => workspace.write(`${LONG_TEXT}\n\n${LONG_TEXT}`) },
  { name: 'Draft, right to left', options: WITHOUT, act: ({ workspace }) => workspace.write(RTL_TEXT) },
  {
    name: 'Draft, too long',
    options: WITHOUT,
    act: ({ workspace }) => workspace.write('word '.repeat(MESSAGE_TEXT_MAX / 4)),
  },
  { name: 'Proposed reply', options: WITH_PROPOSAL },
  {
    name: 'Proposed reply, edited',
    options: WITH_PROPOSAL,
    act: ({ workspace }) => workspace.write(`${workspace.ticket.plan.value?.text} Kind regards`),
  },
  {
    name: 'Proposed reply, offered',
    options: WITH_PROPOSAL,
    act({ workspace }) {
      workspace.ticket.writeOwn();
      workspace.write(TEXT);
    },
  },
  { name: 'Proposed reply, being sent', options: WITH_PROPOSAL, act: ({ workspace }) => workspace.send() },
  {
    name: 'Another agent typing',
    options: WITHOUT,
    act({ workspace, live }) {
      workspace.write(TEXT);
      live.presence([{ ticketId: 't-1', agents: [otherAgent] }]);
      live.agentTyping({ ticketId: 't-1', agent: otherAgent, on: true });
    },
  },
  {
    name: 'Rewriting',
    options: { ...WITHOUT, pending: /writing-help/ },
    act({ workspace }) {
      workspace.write(TEXT);
      void workspace.assist.start({ task: 'shorter', text: TEXT });
    },
  },
  {
    name: 'With a macro',
    options: WITHOUT,
    async act({ workspace }) {
      await workspace.cannedReplies.list.load();
      workspace.write('All done now.');
      workspace.ticket.attachMacro('c-4');
    },
  },
  { name: 'Sending', options: { ...WITHOUT, pending: /\/reply$/ }, act: send },
  { name: 'Failed', options: { ...WITHOUT, failing: /\/reply$/ }, act: send },
  {
    name: 'Sent',
    options: WITHOUT,
    act: async (sample) => {
      await send(sample);
      await until(() => sample.workspace.ticket.busy.value === undefined);
    },
  },
  { name: 'Viewer', options: { ...WITHOUT, role: 'viewer' } },
  { name: 'Resolved', options: DONE },
];

export async function loadComposerSamples(): Promise<ComponentType> {
  const opened = await Promise.all(
    STATES.map(async ({ name, options, act }) => {
      const sample = await openSampleWorkspace(options);
      await act?.(sample);
      return { name, workspace: sample.workspace };
    }),
  );
  return () => (
    <>
      {opened.map(({ name, workspace }) => (
        <Sample key={name} name={`Composer: ${name}`} kind="talk">
          <NoticeLine workspace={workspace} />
          <Shown workspace={workspace} />
        </Sample>
      ))}
    </>
  );
}

function Shown({ workspace }: { workspace: Workspace }) {
  const shown = workspace.ticket.current.value?.detail;
  return shown === undefined ? null : <Composer workspace={workspace} detail={shown} />;
}
