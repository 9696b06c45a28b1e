import type { BulkAction, BulkOutcome } from '@firstword/shared/ticket-requests';
import { expect, test } from 'vitest';
import type { Result } from './api-result.ts';
import type { BulkGuard } from './inbox-api.ts';
import { createTicketSelection } from './ticket-selection.ts';

function open(outcome: (request: BulkGuard) => Result<BulkOutcome>) {
  const asked: [BulkAction, readonly string[]][] = [];
  let changes = 0;
  const selection = createTicketSelection(
    {
      async actOnMany(action, request) {
        asked.push([action, request.ticketIds]);
        return outcome(request);
      },
    },
    () => {
      changes += 1;
    },
  );
  return { selection, asked, changes: () => changes };
}
const done = ({ ticketIds }: BulkGuard): Result<BulkOutcome> => ({
  ok: true,
  value: { done: ticketIds, notDone: [] },
});

test('selected tickets are marked as spam together, and can be restored', async () => {
  const { selection, asked, changes } = open(done);
  selection.start();
  for (const id of ['a', 'b', 'c', 'b']) selection.toggle(id);
  await selection.act('mark-spam', {});
  expect(selection.selected.value).toBeUndefined();
  expect(selection.notice.value).toEqual({ kind: 'done', action: 'mark-spam', ids: ['a', 'c'], left: 0 });
  await selection.undo();
  expect(selection.notice.value).toEqual({ kind: 'restored', count: 2 });
  expect(asked).toEqual([
    ['mark-spam', ['a', 'c']],
    ['restore', ['a', 'c']],
  ]);
  expect(changes()).toBe(2);
});

test('all rows can be selected, and none', () => {
  const { selection } = open(done);
  selection.start();
  selection.toggleAll(['a', 'b']);
  expect([...(selection.selected.value ?? [])]).toEqual(['a', 'b']);
  selection.toggleAll(['a', 'b']);
  expect([...(selection.selected.value ?? [])]).toEqual([]);
});

test('after a failure the selection is kept', async () => {
  const { selection } = open(() => ({ ok: false, code: 'offline', message: 'The server didn’t respond.' }));
  selection.start();
  selection.toggle('a');
  await selection.act('mark-spam', {});
  expect([...(selection.selected.value ?? [])]).toEqual(['a']);
  expect(selection.notice.value).toEqual({ kind: 'failed', message: 'The server didn’t respond.' });
});
