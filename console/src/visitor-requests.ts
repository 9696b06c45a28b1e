/** Requests of visitors about their data: exports or deletes what is stored of one. For administrators. */
import type { ErasureReport } from '@firstword/shared/visitor-data';
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Api } from './api.ts';
import { downloadText } from './download.ts';

/** The visitor of a conversation. */
export interface VisitorOnSite {
  readonly site: string;
  readonly visitorId: string;
}

export interface VisitorRequests {
  /** Whom the dialog is about. */
  readonly subject: ReadonlySignal<VisitorOnSite | undefined>;
  readonly busy: ReadonlySignal<boolean>;
  /** The last request failed. */
  readonly failed: ReadonlySignal<boolean>;
  /** What was deleted. */
  readonly removed: ReadonlySignal<ErasureReport['removed'] | undefined>;
  choose(subject: VisitorOnSite): void;
  exportAll(): Promise<void>;
  erase(): Promise<void>;
}

export function createVisitorRequests(
  api: Pick<Api, 'exportVisitor' | 'eraseVisitor'>,
  onErased: () => void,
): VisitorRequests {
  const subject = signal<VisitorOnSite | undefined>(undefined);
  const busy = signal(false);
  const failed = signal(false);
  const removed = signal<ErasureReport['removed'] | undefined>(undefined);

  const send = async (work: (visitor: VisitorOnSite) => Promise<boolean>) => {
    if (subject.value === undefined || busy.value) return;
    busy.value = true;
    failed.value = !(await work(subject.value));
    busy.value = false;
  };

  return {
    subject,
    busy,
    failed,
    removed,
    choose(visitor) {
      subject.value = visitor;
      failed.value = false;
      removed.value = undefined;
    },
    exportAll: () =>
      send(async (visitor) => {
        const result = await api.exportVisitor(visitor);
        if (result.ok)
          downloadText(`visitor-${visitor.visitorId}.json`, 'application/json', JSON.stringify(result.value, null, 2));
        return result.ok;
      }),
    erase: () =>
      send(async (visitor) => {
        const result = await api.eraseVisitor(visitor);
        if (result.ok) {
          removed.value = result.value.removed;
          onErased();
        }
        return result.ok;
      }),
  };
}
