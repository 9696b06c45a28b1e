/** The line below a message that translates it, and shows its original again. */
import type { Message } from '@firstword/shared/wire';
import { languageName } from '../language-name.ts';
import type { Translation } from '../message-translations.ts';
import { assistTexts as texts } from '../texts/assist-texts.ts';
import { ticketTexts } from '../texts/ticket-texts.ts';

export interface TranslationLineProps {
  readonly message: Message;
  /** The language of the message. */
  readonly language: string;
  readonly translation: Translation | undefined;
  readonly onToggle: () => void;
}

export function TranslationLine({ message, language, translation, onToggle }: TranslationLineProps) {
  const isTranslated = translation?.isShown === true;
  const label = translation === undefined ? texts.translate : isTranslated ? texts.showOriginal : texts.showTranslation;
  return (
    <p class="message__translation">
      {isTranslated && (
        <>{translation.text === '' ? texts.translating : texts.translatedFrom(languageName(language))} · </>
      )}
      <button
        type="button"
        class="link"
        aria-label={`${label}, ${ticketTexts.message(message.seq)}`}
        onClick={onToggle}
      >
        {label}
      </button>
    </p>
  );
}
