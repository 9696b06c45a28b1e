/** The form to add or edit a canned reply. */
import type { CannedReply } from '@firstword/shared/canned-reply';
import { MESSAGE_TEXT_MAX, SHORTCUT_MAX } from '@firstword/shared/limits';
import { mayEverywhere } from '@firstword/shared/permissions';
import { REPLY_VARIABLES } from '@firstword/shared/reply-variables';
import type { SiteName } from '@firstword/shared/reports';
import { useId } from 'preact/hooks';
import { cannedTexts as texts } from '../texts/canned-texts.ts';
import type { Workspace } from '../workspace.ts';
import { Field, fieldText } from './field.tsx';
import { focusFirstField } from './focus.ts';
import { FormFoot } from './form-foot.tsx';
import { MacroFields, readMacro } from './macro-fields.tsx';

export interface CannedFormProps {
  readonly workspace: Workspace;
  readonly sites: readonly SiteName[];
  /** Absent for a new one. */
  readonly reply: CannedReply | undefined;
  readonly onClose: () => void;
}

export function CannedForm({ workspace, sites, reply, onClose }: CannedFormProps) {
  const id = useId();
  const { cannedReplies, session } = workspace;
  const mayReplyForAll = mayEverywhere(session.agent, 'replies:manage');
  const label = reply === undefined ? texts.add : `${texts.edit}, ${reply.shortcut}`;

  async function submit(event: SubmitEvent & { currentTarget: HTMLFormElement }) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const siteId = fieldText(form, 'site');
    const macro = readMacro(form, workspace.agents.response.value?.agents ?? [], reply?.macro);
    const body = {
      shortcut: fieldText(form, 'shortcut').replace(/^\s*\//, ''),
      text: fieldText(form, 'text'),
      ...(macro === undefined ? {} : { macro }),
      ...(siteId === '' ? {} : { siteId }),
    };
    if (await cannedReplies.save(reply?.id, body)) onClose();
  }

  return (
    <form class="settings-form" aria-label={label} ref={focusFirstField} onSubmit={submit}>
      <Field
        label={texts.shortcut}
        name="shortcut"
        type="text"
        autocomplete="off"
        maxLength={SHORTCUT_MAX}
        hint={texts.shortcutHint}
        initial={reply?.shortcut}
      />
      <div class="field">
        <label for={id}>{texts.text}</label>
        <textarea
          id={id}
          name="text"
          rows={6}
          maxLength={MESSAGE_TEXT_MAX}
          dir="auto"
          defaultValue={reply?.text ?? ''}
          aria-describedby={`${id}-hint`}
        />
        <p class="field__hint" id={`${id}-hint`}>
          {texts.textHint}{' '}
          {REPLY_VARIABLES.map((variable) => (
            <code key={variable}>{exampleOf(variable)} </code>
          ))}
          {texts.variableHint}
        </p>
      </div>
      <MacroFields workspace={workspace} macro={reply?.macro} />
      {(sites.length > 1 || !mayReplyForAll) && (
        <div class="field">
          <label for={`${id}-site`}>{texts.site}</label>
          <select id={`${id}-site`} name="site" defaultValue={reply?.siteId ?? ''}>
            {mayReplyForAll && <option value="">{texts.allSites}</option>}
            {sites.map((site) => (
              <option key={site.id} value={site.id} selected={site.id === reply?.siteId}>
                {site.name}
              </option>
            ))}
          </select>
        </div>
      )}
      <FormFoot action={texts.save} onCancel={onClose} />
    </form>
  );
}

function exampleOf(variable: (typeof REPLY_VARIABLES)[number]): string {
  return variable.startsWith('visitor.') ? `{{${variable}|there}}` : `{{${variable}}}`;
}
