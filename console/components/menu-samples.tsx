/** Menus, open, and the notices that tell what an action led to. */
import type { ComponentChildren, ComponentType } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Notice } from '../src/reply-draft.ts';
import { ModelBanner } from '../src/ui/model-banner.tsx';
import { NoticeLine } from '../src/ui/notice-line.tsx';
import { StatusMenu } from '../src/ui/status-menu.tsx';
import { ViewMenu } from '../src/ui/view-menu.tsx';
import { WritingMenu } from '../src/ui/writing-menu.tsx';
import { shopTickets } from '../test/shop-tickets.ts';
import { LONG_TEXT, nothing, RTL_TEXT, Sample } from './sample.tsx';
import { openSampleWorkspace, until } from './sample-workspace.ts';

const SHOP = { tickets: shopTickets(Date.now()), open: 't-1042' };
const remedy = { label: 'Try again', run: nothing };
const NOTICES: readonly (readonly [name: string, notice: Notice])[] = [
  ['done', { kind: 'done', text: 'Tag “vip” removed.', remedy: { label: 'Undo', run: nothing } }],
  ['failed', { kind: 'failed', text: 'Not sent: the server didn’t respond.', remedy }],
  ['conflict', { kind: 'conflict', text: 'Another agent changed this ticket meanwhile.' }],
  ['refused, long', { kind: 'refused', text: LONG_TEXT }],
  ['right to left', { kind: 'refused', text: RTL_TEXT, remedy }],
];

export async function loadMenuSamples(): Promise<ComponentType> {
  const { workspace } = await openSampleWorkspace(SHOP);
  await until(() => workspace.list.ticketRows.value.rows !== undefined);
  await workspace.models.status.load();
  const noticed = await Promise.all(
    NOTICES.map(async ([name, notice]) => {
      const sample = await openSampleWorkspace(SHOP);
      sample.workspace.ticket.say(notice);
      return { name, workspace: sample.workspace };
    }),
  );
  return () => (
    <>
      {noticed.map((one) => (
        <Sample key={one.name} name={`Notice, ${one.name}`}>
          <NoticeLine workspace={one.workspace} />
        </Sample>
      ))}
      <Sample name="Notice of an outage, open" kind="list">
        <Opened>
          <div class="list">
            <ModelBanner workspace={workspace} />
          </div>
        </Opened>
      </Sample>
      <Sample name="Menu of views" kind="menu">
        <Opened>
          <ViewMenu workspace={workspace} />
        </Opened>
      </Sample>
      <Sample name="Menu that rewrites" kind="menu">
        <Opened>
          <WritingMenu workspace={workspace} text={LONG_TEXT} language="de" />
        </Opened>
      </Sample>
      <Sample name="Menu of the agent" kind="menu">
        <Opened>
          <StatusMenu workspace={workspace} />
        </Opened>
      </Sample>
    </>
  );
}

/** Opens what its first button opens. */
function Opened({ children }: { children: ComponentChildren }) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => box.current?.querySelector<HTMLElement>('button, summary')?.click(), []);
  return (
    <div class="sample__opened" ref={box}>
      {children}
    </div>
  );
}
