/** The form of a site's guidance. What is typed stays until it is saved. */
import type { Guidance } from '@firstword/shared/guidance';
import type { RefObject } from 'preact';
import type { GuidanceController } from '../guidance-controller.ts';
import { guidanceTexts as texts } from '../texts/guidance-texts.ts';
import { GuidanceFields } from './guidance-fields.tsx';
import { readGuidance } from './read-guidance.ts';

export interface GuidanceFormProps {
  readonly formRef: RefObject<HTMLFormElement | null>;
  /** What is saved. */
  readonly guidance: Guidance;
  readonly saving: boolean;
  readonly notice: GuidanceController['notice']['value'];
  readonly onSave: (guidance: Guidance) => void;
}

export function GuidanceForm({ formRef, guidance, saving, notice, onSave }: GuidanceFormProps) {
  return (
    <form
      ref={formRef}
      class="source-form"
      aria-label={texts.title}
      onSubmit={(event) => {
        event.preventDefault();
        onSave(readGuidance(event.currentTarget));
      }}
    >
      <GuidanceFields guidance={guidance} />
      <div class="form-foot">
        <p class={notice?.kind === 'failed' ? 'report__failed' : 'report__quiet'} role="status">
          {notice?.text}
        </p>
        <button type="submit" class="button button--primary" disabled={saving}>
          {texts.save}
        </button>
      </div>
    </form>
  );
}
