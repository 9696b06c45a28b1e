/**
 * Shows the site's name and who answers, with the menu and the close button. Text that changes has its own text as its key: a page
 * translator replaces text nodes, and a change to a replaced one would not be seen.
 */
import type { ComponentChildren } from 'preact';
import type { ChatState } from '../chat/chat-state.ts';
import { texts } from '../texts.ts';
import { Icon } from './icons.tsx';
import { useAway } from './use-away.ts';

/** The line under the site's name: who answers the visitor's next message. */
function whoAnswers({ responder, messages }: ChatState, away: string | undefined): string {
  const { answersInstantly, waitingForAgent, awayTitle, chattingWith, closed, agent } = texts.value;
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

export function Header(props: { state: ChatState; onClose: (() => void) | undefined; children: ComponentChildren }) {
  const { state, onClose, children } = props;
  const { fallbackSite, close, demo, demoExplained } = texts.value;
  const title = state.site?.name ?? fallbackSite;
  const who = whoAnswers(state, useAway(state));
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
          <span class={`dot dot--${state.responder.responder}`} />
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
