/** One line of the header's menu. */

export type ExtraIconName = 'save' | 'sound' | 'end' | 'person';

export interface MenuEntry {
  readonly icon: ExtraIconName;
  /** Names the text. */
  readonly label: 'talkToAgent' | 'saveTranscript' | 'sound' | 'endChat';
  readonly act: () => void;
  /** Makes it a switch. */
  readonly checked?: boolean;
}
