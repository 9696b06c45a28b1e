/** Why the content of an upload is refused, in one sentence each. */
import type { StoreOutcome } from '../store/file-store.ts';

export type FileFault = Exclude<StoreOutcome['kind'], 'stored'>;

export const FILE_FAULTS: Readonly<Record<FileFault, string>> = {
  type: "This file type isn't allowed here.",
  content: "This file's content doesn't match its extension.",
  unsafe: 'This file contains macros, scripts or malware.',
  'too-large': 'This file is too large.',
  'too-many': 'This conversation has reached its file limit.',
};
