/** Failed analyses, for administrators. The list is refreshed when tickets change; each can be run again. */
import type { DeadLetterList } from '@firstword/shared/reports';
import type { Ticket } from '@firstword/shared/ticket';
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Api } from './api.ts';
import { createResource } from './resource.ts';

export type DeadLetter = DeadLetterList['deadLetters'][number];

export interface DeadLetters {
  readonly letters: ReadonlySignal<readonly DeadLetter[]>;
  /** Runs whose re-run request is pending. */
  readonly busy: ReadonlySignal<readonly string[]>;
  readonly failed: ReadonlySignal<boolean>;
  /** Called when a ticket changes; refreshes the list soon if a dead letter may be affected. */
  ticketChanged(ticket: Ticket | undefined): void;
  rerun(letter: DeadLetter): Promise<void>;
  close(): void;
}

/** A run is marked as failed a moment before its job becomes a dead letter. */
const SETTLE_MS = 1000;

export function createDeadLetters(api: Api, allowed: boolean): DeadLetters {
  const resource = createResource({}, api.readDeadLetters);
  const letters = computed(() => resource.response.value?.deadLetters ?? []);
  const busy = signal<readonly string[]>([]);
  const failed = signal(false);
  let soon: ReturnType<typeof setTimeout> | undefined;

  return {
    letters,
    busy,
    failed,
    ticketChanged(ticket) {
      const known = letters.value.some((letter) => letter.ticket.id === ticket?.id);
      if (!allowed || (ticket !== undefined && ticket.analysis?.state !== 'failed' && !known)) return;
      clearTimeout(soon);
      soon = setTimeout(() => void resource.load(), ticket === undefined ? 0 : SETTLE_MS);
    },
    async rerun({ runId, ticket }) {
      busy.value = [...busy.value, runId];
      const change = { expectedVersion: ticket.version, idempotencyKey: crypto.randomUUID() };
      const result = await api.act(ticket.id, 'rerun', change);
      failed.value = !result.ok;
      if (result.ok) await resource.load();
      busy.value = busy.value.filter((id) => id !== runId);
    },
    close: () => clearTimeout(soon),
  };
}
