/** Adds a source: a website, a sitemap, a single page or file, or files from this computer. */
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { SourceOriginInput } from '../knowledge-api.ts';
import type { KnowledgeController, PickedFile } from '../knowledge-controller.ts';
import { SCHEDULES, knowledgeTexts as texts } from '../texts/knowledge-texts.ts';
import { fieldText } from './field.tsx';
import { FilePicker } from './file-picker.tsx';
import { focusFirstField } from './focus.ts';
import { FormFoot } from './form-foot.tsx';
import { UploadProgress } from './upload-progress.tsx';

const KINDS = ['crawl', 'upload', 'sitemap', 'url'] as const;
type Kind = (typeof KINDS)[number];

interface SourceFormProps {
  readonly knowledge: KnowledgeController;
  readonly canCancel: boolean;
  /** Whether the agent has just opened it. */
  readonly isOpened: boolean;
  readonly onClose: () => void;
}

export function SourceForm({ knowledge, canCancel, isOpened, onClose }: SourceFormProps) {
  const id = useId();
  const kind = useSignal<Kind>('crawl');
  const files = useSignal<readonly PickedFile[]>([]);
  const busy = useSignal(false);
  const isUpload = kind.value === 'upload';
  const hasScope = kind.value === 'crawl' || kind.value === 'sitemap';

  async function submit(form: FormData) {
    busy.value = true;
    const hours = Number(fieldText(form, 'schedule'));
    const schedule = hours > 0 ? { everyHours: hours } : {};
    if (await knowledge.add({ origin: readOrigin(kind.value, form), ...schedule }, files.value)) onClose();
    busy.value = false;
  }

  return (
    <form
      class="source-form"
      aria-label={texts.addTitle}
      ref={isOpened ? focusFirstField : null}
      onSubmit={(event) => {
        event.preventDefault();
        void submit(new FormData(event.currentTarget));
      }}
    >
      <div class="field">
        <label for={`${id}-kind`}>{texts.kind}</label>
        <select
          id={`${id}-kind`}
          value={kind.value}
          onChange={({ currentTarget }) => {
            kind.value = KINDS.find((name) => name === currentTarget.value) ?? 'crawl';
          }}
        >
          {KINDS.map((name) => (
            <option key={name} value={name}>
              {texts.kinds[name]}
            </option>
          ))}
        </select>
      </div>
      {isUpload ? (
        <FilePicker
          files={files.value}
          onPick={(picked) => {
            files.value = picked;
          }}
        />
      ) : (
        <div class="field source-form__wide">
          <label for={`${id}-url`}>{texts.url}</label>
          <input
            id={`${id}-url`}
            name="url"
            type="url"
            required
            maxLength={2000}
            autocomplete="off"
            aria-describedby={`${id}-hint`}
          />
          <p class="field__hint" id={`${id}-hint`}>
            {texts.urlHint}
          </p>
        </div>
      )}
      {hasScope && (
        <>
          <TextField name="include" label={texts.include} hint={texts.pathsHint} />
          <TextField name="exclude" label={texts.exclude} hint={texts.pathsHint} />
          <div class="field">
            <label for={`${id}-pages`}>{texts.maxPages}</label>
            <input id={`${id}-pages`} name="pages" type="number" min={1} max={20_000} required value={500} />
          </div>
        </>
      )}
      {!isUpload && (
        <div class="field">
          <label for={`${id}-schedule`}>{texts.schedule}</label>
          <select id={`${id}-schedule`} name="schedule">
            {SCHEDULES.map(({ hours, label }) => (
              <option key={label} value={hours ?? 0}>
                {label}
              </option>
            ))}
          </select>
        </div>
      )}
      <FormFoot
        action={texts.addAndImport}
        disabled={busy.value || (isUpload && files.value.length === 0)}
        onCancel={canCancel ? onClose : undefined}
      >
        <UploadProgress knowledge={knowledge} />
      </FormFoot>
    </form>
  );
}

function TextField({ name, label, hint }: { name: string; label: string; hint: string }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input id={id} name={name} autocomplete="off" aria-describedby={`${id}-hint`} />
      <p class="field__hint" id={`${id}-hint`}>
        {hint}
      </p>
    </div>
  );
}

function readOrigin(kind: Kind, form: FormData): SourceOriginInput {
  const url = fieldText(form, 'url').trim();
  if (kind === 'upload') return { kind };
  if (kind === 'url') return { kind, url };
  const paths = (name: string) =>
    fieldText(form, name)
      .split(/[\s,]+/)
      .filter((path) => path !== '');
  return {
    kind,
    url,
    include: paths('include'),
    exclude: paths('exclude'),
    maxPages: Number(fieldText(form, 'pages')),
  };
}
