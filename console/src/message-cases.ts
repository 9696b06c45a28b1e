/** Adds a visitor's message to the test cases: what is stored is shown first, and can be undone. */
import { caseIdOf } from '@firstword/shared/answer-cases';
import type { NewCase, SavedCase } from '@firstword/shared/evaluation-case';
import type { Message } from '@firstword/shared/wire';
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { failureOf } from './failure-of.ts';
import type { KnowledgeApi } from './knowledge-api.ts';
import { createResource, type Resource } from './resource.ts';
import { evaluationTexts as texts } from './texts/evaluation-texts.ts';

export interface CaseTarget {
  readonly conversationId: string;
  readonly siteId: string;
  readonly question: Message;
  readonly messages: readonly Message[];
}

/** What became of a message, shown below it. */
export interface CaseNotice {
  readonly caseId: string;
  readonly text: string;
  readonly undo?: () => void;
}

export type WrittenCase = Omit<NewCase, 'site' | 'conversationId' | 'seq'>;

export interface MessageCases {
  readonly target: ReadonlySignal<CaseTarget | undefined>;
  /** The cases of the target's conversation. */
  readonly stored: Resource<{ site: string; conversation: string }, { cases: SavedCase[] }>;
  /** The case that the message has already. */
  readonly known: ReadonlySignal<SavedCase | undefined>;
  /** Why it could not be added. */
  readonly failure: ReadonlySignal<string | undefined>;
  readonly notice: ReadonlySignal<CaseNotice | undefined>;
  choose(target: CaseTarget): void;
  /** Resolves with whether it was accepted. */
  add(written: WrittenCase): Promise<boolean>;
}

export function createMessageCases(api: Pick<KnowledgeApi, 'readCases' | 'addCase' | 'removeCase'>): MessageCases {
  const target = signal<CaseTarget | undefined>(undefined);
  const failure = signal<string | undefined>(undefined);
  const notice = signal<CaseNotice | undefined>(undefined);
  const stored = createResource<{ site: string; conversation: string }, { cases: SavedCase[] }>(
    { site: '', conversation: '' },
    ({ site, conversation }) => api.readCases(site, conversation),
  );
  const idOf = ({ conversationId, question }: CaseTarget) => caseIdOf(conversationId, question.seq);
  const known = computed(() => {
    const about = target.value;
    return about && stored.response.value?.cases.find(({ id }) => id === idOf(about));
  });
  const save = ({ siteId: site, conversationId, question: { seq } }: CaseTarget, written: WrittenCase) =>
    api.addCase({ ...written, site, conversationId, seq });

  async function undo(about: CaseTarget, before: SavedCase | undefined) {
    const caseId = idOf(about);
    const result = await (before === undefined ? api.removeCase(caseId) : save(about, writtenOf(before)));
    const text = before === undefined ? texts.addingUndone : texts.replacingUndone;
    notice.value = result.ok
      ? { caseId, text }
      : { caseId, text: texts.notUndone(failureOf(result) ?? ''), undo: () => void undo(about, before) };
  }
  return {
    target,
    stored,
    known,
    failure,
    notice,
    choose(chosen) {
      failure.value = undefined;
      notice.value = undefined;
      target.value = chosen;
      stored.clear();
      void stored.load({ site: chosen.siteId, conversation: chosen.conversationId });
    },
    async add(written) {
      const [about, before] = [target.value, known.value];
      if (about === undefined) return false;
      const result = await save(about, written);
      failure.value = failureOf(result);
      if (!result.ok) return false;
      const text = before === undefined ? texts.added : texts.replaced;
      notice.value = { caseId: idOf(about), text, undo: () => void undo(about, before) };
      return true;
    },
  };
}

const writtenOf = ({ conversation, facts, absent, cites = [], kind, note }: SavedCase): WrittenCase => ({
  ...{ conversation, facts, absent, cites, kind, note },
});
