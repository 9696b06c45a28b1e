/** The form to write a test case by hand. */
import { ANSWER_KINDS, FACTS_MAX } from '@firstword/shared/answer-cases';
import type { CaseKind } from '@firstword/shared/evaluation-case';
import { useSignal } from '@preact/signals';
import type { KnowledgeController } from '../knowledge-controller.ts';
import { linesOf } from '../lines-of.ts';
import { evaluationTexts as texts } from '../texts/evaluation-texts.ts';
import { fieldText } from './field.tsx';
import { focusFirstField, useFocusBack } from './focus.ts';
import { FormFoot } from './form-foot.tsx';
import { LinesField } from './lines-field.tsx';
import { SelectField } from './select-field.tsx';

const LINES = { rows: 2, maxLength: FACTS_MAX * 400, dir: 'auto' } as const;
const KINDS: readonly CaseKind[] = [...ANSWER_KINDS, 'any'];

export function CaseForm({ knowledge }: { knowledge: KnowledgeController }) {
  const isOpen = useSignal(false);
  const isSending = useSignal(false);
  const opener = useFocusBack(isOpen.value);
  const close = () => {
    isOpen.value = false;
  };
  async function submit(event: SubmitEvent & { currentTarget: HTMLFormElement }) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const lines = (name: string) => linesOf(fieldText(form, name));
    isSending.value = true;
    const isAdded = await knowledge.addCase({
      conversation: lines('messages'),
      facts: lines('facts'),
      absent: lines('absent'),
      cites: lines('cites'),
      kind: KINDS.find((kind) => kind === fieldText(form, 'kind')) ?? 'any',
    });
    isSending.value = false;
    if (isAdded) close();
  }
  if (!isOpen.value)
    return (
      <button
        ref={opener}
        type="button"
        class="button button--plain"
        onClick={() => {
          isOpen.value = true;
        }}
      >
        {texts.addCase}
      </button>
    );
  return (
    <form class="settings-form" aria-label={texts.addCase} ref={focusFirstField} onSubmit={submit}>
      <LinesField {...LINES} name="messages" label={texts.messages} hint={texts.messagesHint} required />
      <LinesField {...LINES} name="facts" label={texts.facts} hint={texts.factsHint} />
      <LinesField {...LINES} name="absent" label={texts.absent} hint={texts.absentHint} />
      <LinesField {...LINES} name="cites" label={texts.cites} hint={texts.citesHint} />
      <SelectField
        label={texts.outcome}
        name="kind"
        options={KINDS.map((value) => ({ value, label: texts.outcomes[value] }))}
      />
      {knowledge.caseFailure.value !== undefined && (
        <p class="report__failed" role="alert">
          {knowledge.caseFailure.value}
        </p>
      )}
      <FormFoot action={texts.addCase} disabled={isSending.value} onCancel={close} />
    </form>
  );
}
