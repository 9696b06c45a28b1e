/** One line of the header's menu. */
import type { ExtraTexts } from '../languages/extra-texts-en.ts';

export type ExtraIconName = 'save' | 'sound' | 'end' | 'person';

export interface MenuEntry {
  readonly icon: ExtraIconName;
  readonly label: keyof ExtraTexts & ('talkToAgent' | 'saveTranscript' | 'sound' | 'endChat');
  readonly act: () => void;
  /** Makes it a switch. */
  readonly checked?: boolean;
}
