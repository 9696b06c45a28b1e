/**
 * Shows the site's name and who answers, with the menu and the close button. Text that changes has its own text as its key: a page
 * translator replaces text nodes, and a change to a replaced one would not be seen.
 */
import type { ComponentChildren } from 'preact';
import type { ChatState } from '../chat/chat-state.ts';
import type { Texts } from '../languages/texts-en.ts';
import { useTexts } from '../texts.ts';
import { Icon } from './icons.tsx';
import { useAway } from './use-away.ts';

/** Disconnected for longer than a moment. A refusal has its own notice. */
const isDown = ({ kind }: ChatState['connection'], calm: boolean) => !calm && kind !== 'online' && kind !== 'refused';

/** The line under the site's name: who answers the visitor's next message, or that there is no connection. */
function whoAnswers(
  { connection, responder, messages }: ChatState,
  away: string | undefined,
  calm: boolean,
  texts: Texts,
): string {
  const { answersInstantly, waitingForAgent, awayTitle, chattingWith, closed, agent, connecting } = texts;
  if (isDown(connection, calm)) return connecting;
  switch (responder.responder) {
    case 'assistant':
      return answersInstantly;
    case 'waiting-agent':
      return away ? awayTitle : waitingForAgent;
    case 'agent': {
      const name = (responder.agent ?? messages.findLast(({ from }) => from === 'agent')?.agent)?.name;
      return name === undefined ? agent : chattingWith(name);
    }
    case 'closed':
      return closed;
  }
}

export function Header(props: {
  state: ChatState;
  /** False once the connection has been down for a while. */
  calm: boolean;
  onClose: (() => void) | undefined;
  children: ComponentChildren;
}) {
  const { state, calm, onClose, children } = props;
  const texts = useTexts();
  const { fallbackSite, close, demo, demoExplained } = texts;
  const title = state.site?.name ?? fallbackSite;
  const who = whoAnswers(state, useAway(state), calm, texts);
  return (
    <header class="header">
      <div class="header__names">
        <div class="header__line">
          <h2 class="header__title" key={title}>
            {title}
          </h2>
          {state.mode === 'demo' && (
            <span class="demo" title={demoExplained}>
              {demo}
            </span>
          )}
        </div>
        <p class="header__who">
          <span class={`dot dot--${isDown(state.connection, calm) ? 'closed' : state.responder.responder}`} />
          <span key={who}>{who}</span>
        </p>
      </div>
      {children}
      {onClose && (
        <button type="button" class="tool" aria-label={close} title={close} onClick={onClose}>
          <Icon name="close" />
        </button>
      )}
    </header>
  );
}
