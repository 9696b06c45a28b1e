/** The form to write a test case by hand. */
import { useSignal } from '@preact/signals';
import type { KnowledgeController } from '../knowledge-controller.ts';
import { evaluationTexts as texts } from '../texts/evaluation-texts.ts';
import { CaseFields, readCase } from './case-fields.tsx';
import { focusFirstField, useFocusBack } from './focus.ts';
import { FormFoot } from './form-foot.tsx';

export function CaseForm({ knowledge }: { knowledge: KnowledgeController }) {
  const isOpen = useSignal(false);
  const isSending = useSignal(false);
  const opener = useFocusBack(isOpen.value);
  const close = () => {
    isOpen.value = false;
  };
  async function submit(event: SubmitEvent & { currentTarget: HTMLFormElement }) {
    event.preventDefault();
    isSending.value = true;
    const isAdded = await knowledge.addCase(readCase(event.currentTarget));
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
      <CaseFields />
      {knowledge.caseFailure.value !== undefined && (
        <p class="report__failed" role="alert">
          {knowledge.caseFailure.value}
        </p>
      )}
      <FormFoot action={texts.addCase} disabled={isSending.value} onCancel={close} />
    </form>
  );
}
