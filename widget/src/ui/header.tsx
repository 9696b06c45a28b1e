/** Shows the site's name and who answers, with the menu and the close button. */
import type { ComponentChildren } from 'preact';
import type { ChatState } from '../chat/chat-state.ts';
import type { Texts } from '../languages/texts-en.ts';
import { useTexts } from '../texts.ts';
import { Icon } from './icons.tsx';
import { useAway } from './use-away.ts';

/** The line under the site's name: who answers the visitor's next message. */
function whoAnswers({ responder, messages }: ChatState, away: string | undefined, texts: Texts): string {
  const { answersInstantly, waitingForAgent, awayTitle, chattingWith, closed, agent } = texts;
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
  const texts = useTexts();
  const { fallbackSite, close, demo, demoExplained } = texts;
  return (
    <header class="header">
      <div class="header__names">
        <div class="header__line">
          <h2 class="header__title">{state.site?.name ?? fallbackSite}</h2>
          {state.mode === 'demo' && (
            <span class="demo" title={demoExplained}>
              {demo}
            </span>
          )}
        </div>
        <p class="header__who">
          <span class={`dot dot--${state.responder.responder}`} />
          {whoAnswers(state, useAway(state), texts)}
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
