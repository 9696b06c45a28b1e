/** Texts about files that an agent attaches to a reply. */
import { ATTACHMENTS_MAX } from '@firstword/shared/limits';
import type { AttachFault } from '../attachments.ts';
import { type Texts, translated } from './translated.ts';

const english = {
  attach: 'Attach files',
  attachments: 'Attachments',
  remove: (name: string) => `Remove ${name}`,
  retry: 'Try again',
  uploading: (name: string) => `Uploading ${name}`,
  faults: {
    type: (endings: string) => `This file type isn’t allowed. Allowed: ${endings}.`,
    empty: 'This file is empty.',
    content: 'The content of this file doesn’t match its name.',
    unsafe: 'This file contains macros, scripts or malware.',
    'too-large': (limit: string) => `This file is larger than ${limit}.`,
    'too-many': 'This conversation has reached its limit of files.',
    'too-many-in-reply': (most: number) => `A reply can carry up to ${most} files.`,
    failed: 'The file couldn’t be uploaded.',
  } satisfies Record<AttachFault, unknown>,
} as const;
export type AttachmentTexts = Texts<typeof english>;
export const attachmentTexts = translated<AttachmentTexts>('attachment', english);

/** @param limits what the site accepts, as text */
export function faultText(fault: AttachFault, limits: { endings: string; size: string }): string {
  const { faults } = attachmentTexts;
  switch (fault) {
    case 'type':
      return faults.type(limits.endings);
    case 'too-large':
      return faults['too-large'](limits.size);
    case 'too-many-in-reply':
      return faults['too-many-in-reply'](ATTACHMENTS_MAX);
    default:
      return faults[fault];
  }
}
