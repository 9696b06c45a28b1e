/** The proactive messages of a site, each with a drawing of what visitors see. */
import { newProactiveMessage, withoutId } from '../proactive-draft.ts';
import type { SettingValue } from '../sites-controller.ts';
import { settingHint, settingLabel, siteTexts as texts } from '../texts/site-texts.ts';
import { SettingField } from './setting-field.tsx';
import { recordOf, SettingParts } from './setting-parts.tsx';
import type { SettingFieldProps } from './setting-props.ts';
import { lookOf, type SiteDraft } from './site-look.tsx';

export function ProactiveSetting(props: SettingFieldProps & { readonly draft: SiteDraft }) {
  const { name, node, value, fixedBy, onChange, draft } = props;
  const messages = Array.isArray(value) ? value : [];
  const item = node.items ?? {};
  const replace = (at: number, changed: SettingValue) =>
    onChange(messages.flatMap((each, index) => (index === at ? (changed === undefined ? [] : [changed]) : [each])));
  return (
    <fieldset class="setting-group" disabled={fixedBy !== undefined}>
      <legend>{settingLabel(name)}</legend>
      <p class="field__hint">
        {[settingHint(name, node.description), fixedBy === undefined ? '' : texts.fixed[fixedBy]]
          .filter(Boolean)
          .join(' ')}
      </p>
      {messages.map((message, at) => {
        const record = recordOf(message) ?? {};
        return (
          <div key={String(record['id'] ?? at)} class="setting-entry">
            <Drawing text={String(record['text'] ?? '')} draft={draft} />
            <SettingParts
              node={withoutId(item)}
              record={record}
              onChange={(changed) => replace(at, changed)}
              Field={SettingField}
            />
            <button
              type="button"
              class="button button--quiet"
              aria-label={`${texts.removeEntry}, ${settingLabel(name)} ${at + 1}`}
              onClick={() => replace(at, undefined)}
            >
              {texts.removeEntry}
            </button>
          </div>
        );
      })}
      <button
        type="button"
        class="button button--plain"
        disabled={messages.length >= (node.maxItems ?? Number.POSITIVE_INFINITY)}
        onClick={() => onChange([...messages, newProactiveMessage(messages)])}
      >
        {texts.addMessage}
      </button>
    </fieldset>
  );
}

function Drawing({ text, draft }: { text: string; draft: SiteDraft }) {
  return (
    <div class="proactive-look" role="img" aria-label={texts.messagePreview(text)}>
      {(['light', 'dark'] as const).map((scheme) => (
        <div key={scheme} class="proactive-look__page" style={lookOf(draft, scheme)}>
          <p class="proactive-look__bubble">
            <b>{String(draft['name'] ?? '')}</b>
            <span>{text}</span>
          </p>
          <span class="proactive-look__launcher" />
        </div>
      ))}
    </div>
  );
}
