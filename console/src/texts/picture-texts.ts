/** Texts of the agent's picture on the page Your account. */
import { type Texts, translated } from './translated.ts';

const english = {
  title: 'Picture',
  hint: 'Visitors see it beside your messages, and other agents see it in the console. Without one, your initials are shown.',
  choose: 'Choose a picture',
  replace: 'Choose another picture',
  remove: 'Remove',
  undo: 'Undo',
  saving: 'Saving…',
  saved: 'Picture saved.',
  removed: 'Picture removed.',
  unreadable: 'This file isn’t a picture that your browser can read. Choose a PNG or JPEG.',
  chooseAgain: 'The removed picture can’t be restored. Choose it again.',
} as const;
export type PictureTexts = Texts<typeof english>;
export const pictureTexts = translated<PictureTexts>('picture', english);
