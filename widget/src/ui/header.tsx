/** Names the site and who answers now, and holds the menu and the way out. */
import type { ChatState } from '../chat/chat-state.ts';
import { texts } from '../texts.ts';
import { Icon } from './icons.tsx';
import { Menu, MenuItem } from './menu.tsx';

/** The words under the site's name: who answers what the visitor writes next. */
function whoAnswers({ handler, messages }: ChatState): string {
  const { answersAtOnce, waitsForPerson, isHere, closed, person } = texts.value;
  switch (handler.handler) {
    case 'ai':
      return answersAtOnce;
    case 'waiting_human':
      return waitsForPerson;
    case 'human':
      return isHere((handler.agent ?? messages.findLast(({ from }) => from === 'agent')?.agent)?.name ?? person);
    case 'closed':
      return closed;
  }
}

export function Header(props: { state: ChatState; onPerson: () => void; onEnd: () => void; onClose: () => void }) {
  const { state, onPerson, onEnd, onClose } = props;
  const { fallbackSite, close, demo, demoMeans, talkToPerson, endChat } = texts.value;
  return (
    <header class="header">
      <div class="header__names">
        <div class="header__line">
          <h2 class="header__title">{state.site?.name ?? fallbackSite}</h2>
          {state.mode === 'demo' && (
            <span class="demo" title={demoMeans}>
              {demo}
            </span>
          )}
        </div>
        <p class="header__who">
          <span class={`dot dot--${state.handler.handler}`} />
          {whoAnswers(state)}
        </p>
      </div>
      <Menu>
        {state.handler.handler === 'ai' && <MenuItem icon="person" label={talkToPerson} act={onPerson} />}
        {state.messages.length > 0 && !state.ended && <MenuItem icon="end" label={endChat} act={onEnd} />}
      </Menu>
      <button type="button" class="tool" aria-label={close} title={close} onClick={onClose}>
        <Icon name="close" />
      </button>
    </header>
  );
}
