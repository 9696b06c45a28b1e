/** Texts of macros: what is done with a ticket once a canned reply is sent. */
import { countOf } from './common-texts.ts';
import { type Texts, translated } from './translated.ts';

const english = {
  title: 'Then',
  hint: 'Done once the reply is sent, or at once if the text is empty.',
  tags: 'Add tags',
  assignTo: 'Assign to',
  end: 'Ticket',
  unchanged: 'Leave unchanged',
  tag: (tags: readonly string[]) => `Add ${tags.length === 1 ? 'tag' : 'tags'} ${tags.join(', ')}`,
  assign: (name: string) => `Assign to ${name}`,
  resolve: (resolution: string) => `Resolve: ${resolution}`,
  snooze: (hours: number | undefined) =>
    hours === undefined ? 'Snooze until the visitor replies' : `Snooze for ${countOf(hours, 'hour', 'hours')}`,
  afterSending: 'After sending:',
  drop: 'Don’t do this',
  applied: (what: string) => `Done: ${what}.`,
  undo: 'Undo',
} as const;
export type MacroTexts = Texts<typeof english>;
export const macroTexts = translated<MacroTexts>('macro', english);
