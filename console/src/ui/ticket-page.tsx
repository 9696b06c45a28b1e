/** The main area: the open ticket, or a placeholder. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { commonTexts } from '../texts/common-texts.ts';
import { ticketTexts } from '../texts/ticket-texts.ts';
import type { Workspace } from '../workspace.ts';
import { AnalysisPane } from './analysis-pane.tsx';
import { Composer } from './composer.tsx';
import { Conversation } from './conversation.tsx';
import { NoticeLine } from './notice-line.tsx';
import { PaneTabs } from './pane-tabs.tsx';
import { Placeholder } from './placeholder.tsx';
import { Splitter } from './splitter.tsx';
import { TicketHead } from './ticket-head.tsx';

export function TicketPage({ workspace }: { workspace: Workspace }) {
  const openTicket = workspace.ticket.current.value;
  const box = useRef<HTMLElement>(null);
  const loaded = openTicket?.detail === undefined ? undefined : openTicket.ticketId;

  // On a narrow screen, the list with the focused row is hidden now, so the ticket takes the focus.
  useLayoutEffect(() => {
    const focused = document.activeElement;
    if (loaded !== undefined && !(focused?.checkVisibility() && focused !== document.body)) box.current?.focus();
  }, [loaded]);

  const placeholder = { id: 'ticket', onBack: openTicket && (() => workspace.router.go(undefined)) };
  if (openTicket === undefined)
    return <Placeholder {...placeholder} title={ticketTexts.noTicketTitle} text={ticketTexts.noTicket} />;
  if (openTicket.missing === 'not-found')
    return <Placeholder {...placeholder} title={ticketTexts.notFound} text={ticketTexts.notFoundHint} />;
  if (openTicket.missing === 'erased')
    return <Placeholder {...placeholder} title={ticketTexts.erased} text={ticketTexts.erasedHint} />;
  if (openTicket.missing === 'unavailable')
    return (
      <Placeholder {...placeholder} title={ticketTexts.notLoaded} text={commonTexts.offline}>
        <button type="button" class="button button--plain" onClick={() => workspace.ticket.reload()}>
          {commonTexts.tryAgain}
        </button>
      </Placeholder>
    );
  if (openTicket.detail === undefined) return <Placeholder {...placeholder} title={commonTexts.loading} />;
  return (
    <section
      ref={box}
      class="ticket"
      id="ticket"
      tabIndex={-1}
      aria-label={ticketTexts.ticket(openTicket.detail.ticket.number)}
    >
      <TicketHead workspace={workspace} detail={openTicket.detail} />
      <PaneTabs pane={workspace.pane} />
      <div class={`panes panes--${workspace.pane.value}`}>
        <div class="panes__talk">
          <Conversation
            key={openTicket.ticketId}
            workspace={workspace}
            openTicket={openTicket}
            detail={openTicket.detail}
          />
          <NoticeLine workspace={workspace} />
          <Composer key={openTicket.ticketId} workspace={workspace} detail={openTicket.detail} />
        </div>
        <Splitter />
        <AnalysisPane workspace={workspace} openTicket={openTicket} detail={openTicket.detail} />
      </div>
    </section>
  );
}
