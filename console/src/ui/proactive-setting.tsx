/** The proactive messages of a site, each with a drawing of what visitors see. */
import { newProactiveMessage, withoutId } from '../proactive-draft.ts';
import { settingHint, settingLabel, siteTexts as texts } from '../texts/site-texts.ts';
import { SettingEntry } from './setting-entries.tsx';
import { SettingField } from './setting-field.tsx';
import { recordOf } from './setting-parts.tsx';
import type { SettingFieldProps } from './setting-props.ts';
import { lookOf, type SiteDraft } from './site-look.tsx';

export function ProactiveSetting(props: SettingFieldProps & { readonly draft: SiteDraft }) {
  const { name, node, value, fixedBy, onChange, draft } = props;
  const messages = Array.isArray(value) ? value : [];
  const item = withoutId(node.items ?? {});
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
          <SettingEntry
            key={String(record['id'] ?? at)}
            {...{ name, entry: message, at, onChange }}
            entries={messages}
            node={item}
            Field={SettingField}
          >
            <Drawing text={String(record['text'] ?? '')} draft={draft} />
          </SettingEntry>
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
