/** The work area: the open ticket, or what to do when none is open. */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { texts } from '../texts.ts';
import type { Workspace } from '../workspace.ts';
import { AnalysisPane } from './analysis-pane.tsx';
import { Composer } from './composer.tsx';
import { Conversation } from './conversation.tsx';
import { NoticeLine } from './notice-line.tsx';
import { PaneTabs } from './pane-tabs.tsx';
import { Splitter } from './splitter.tsx';
import { TicketHead } from './ticket-head.tsx';

export function TicketPage({ workspace }: { workspace: Workspace }) {
  const desk = workspace.ticket.desk.value;
  const box = useRef<HTMLElement>(null);
  const loaded = desk?.detail === undefined ? undefined : desk.ticketId;

  // On a phone the list is gone now, and with it the focus.
  useLayoutEffect(() => {
    const focused = document.activeElement;
    if (loaded !== undefined && !(focused?.checkVisibility() && focused !== document.body)) box.current?.focus();
  }, [loaded]);

  if (desk === undefined) return <Nothing title={texts.noTicketTitle} text={texts.noTicket} />;
  if (desk.missing === 'not-found') return <Nothing title={texts.notFound} text="" />;
  if (desk.missing === 'unavailable')
    return (
      <Nothing title={texts.notLoaded} text={texts.offline}>
        <button type="button" class="button button--plain" onClick={() => workspace.ticket.reload()}>
          {texts.tryAgain}
        </button>
      </Nothing>
    );
  if (desk.detail === undefined) return <Nothing title={texts.loading} text="" />;
  return (
    <section ref={box} class="ticket" id="ticket" tabIndex={-1} aria-label={texts.ticket(desk.detail.ticket.number)}>
      <TicketHead workspace={workspace} detail={desk.detail} />
      <PaneTabs pane={workspace.pane} />
      <div class={`panes panes--${workspace.pane.value}`}>
        <div class="panes__talk">
          <Conversation key={desk.ticketId} desk={desk} detail={desk.detail} />
          <NoticeLine workspace={workspace} />
          <Composer key={desk.ticketId} workspace={workspace} detail={desk.detail} />
        </div>
        <Splitter />
        <AnalysisPane workspace={workspace} desk={desk} detail={desk.detail} />
      </div>
    </section>
  );
}

function Nothing({ title, text, children }: { title: string; text: string; children?: ComponentChildren }) {
  return (
    <section class="ticket ticket--none" id="ticket" tabIndex={-1} aria-label={title}>
      <div class="nothing">
        <h2>{title}</h2>
        <p>{text}</p>
        {children}
      </div>
    </section>
  );
}
