/** The fields of a test case, and what is written in them. */
import { ANSWER_KINDS, CASE_MESSAGE_MAX_CHARS, CASE_MESSAGES_MAX, FACTS_MAX } from '@firstword/shared/answer-cases';
import type { CaseKind } from '@firstword/shared/evaluation-case';
import type { CaseDraft } from '../case-draft.ts';
import { linesOf } from '../lines-of.ts';
import { evaluationTexts as texts } from '../texts/evaluation-texts.ts';
import { fieldText } from './field.tsx';
import { LinesField } from './lines-field.tsx';
import { SelectField } from './select-field.tsx';

const LINES = { rows: 2, maxLength: FACTS_MAX * 400, dir: 'auto' } as const;
const KINDS: readonly CaseKind[] = [...ANSWER_KINDS, 'any'];
const EMPTY: CaseDraft = { conversation: [], facts: [], absent: [], cites: [], kind: 'answered' };

/** @param draft what the fields start with */
export function CaseFields({ draft = EMPTY }: { draft?: CaseDraft }) {
  const lines = (name: 'facts' | 'absent' | 'cites') => ({ ...LINES, name, defaultValue: draft[name].join('\n') });
  return (
    <>
      <LinesField
        {...LINES}
        name="messages"
        label={texts.messages}
        hint={texts.messagesHint}
        maxLength={CASE_MESSAGES_MAX * CASE_MESSAGE_MAX_CHARS}
        defaultValue={draft.conversation.join('\n')}
        required
      />
      <LinesField {...lines('facts')} label={texts.facts} hint={texts.factsHint} />
      <LinesField {...lines('absent')} label={texts.absent} hint={texts.absentHint} />
      <LinesField {...lines('cites')} label={texts.cites} hint={texts.citesHint} />
      <SelectField
        label={texts.outcome}
        name="kind"
        options={KINDS.map((value) => ({ value, label: texts.outcomes[value] }))}
        defaultValue={draft.kind}
      />
    </>
  );
}

export function readCase(element: HTMLFormElement) {
  const form = new FormData(element);
  const lines = (name: string) => linesOf(fieldText(form, name));
  return {
    conversation: lines('messages'),
    facts: lines('facts'),
    absent: lines('absent'),
    cites: lines('cites'),
    kind: KINDS.find((kind) => kind === fieldText(form, 'kind')) ?? 'any',
  };
}
