/** An agent's reply beside the closed launcher: a click opens the chat. */
import type { Message } from '@firstword/shared/wire';
import type { Signal } from '@preact/signals';
import { firstCharacter } from '../cut.ts';
import { useTexts } from '../texts.ts';
import { Icon } from '../ui/icons.tsx';
import { spokenSentences } from '../ui/spoken-sentences.ts';
import { AgentPicture } from './agent-picture.tsx';
import { useExtraTexts } from './extra-texts.ts';

export function Preview(props: { message: Signal<Message | undefined>; server: string; onOpen: () => void }) {
  const { message, server, onOpen } = props;
  const { agent: fallbackName } = useTexts();
  const { dismiss } = useExtraTexts();
  const { value } = message;
  if (!value) return null;
  const { name = fallbackName, picture } = value.agent ?? {};
  return (
    <div class="preview" role="status">
      <button type="button" class="preview__open" onClick={onOpen}>
        <span class="agent__avatar" aria-hidden="true">
          {firstCharacter(name)}
          {picture && <AgentPicture key={picture} server={server} picture={picture} />}
        </span>
        <span class="preview__words">
          <b class="preview__name">{name}</b>
          <span class="preview__text" dir="auto">
            {value.file?.name ?? spokenSentences(value.text, 0, true).sentences.join(' ')}
          </span>
        </span>
      </button>
      <button
        type="button"
        class="tool"
        aria-label={dismiss}
        title={dismiss}
        onClick={() => {
          message.value = undefined;
        }}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}
