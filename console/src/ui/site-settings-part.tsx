/** The settings of the open site in sections, with what to add to its pages and its history. */
import { DEFAULT_ACCENT } from '@firstword/shared/accent';
import type { SiteSettings } from '@firstword/shared/site-settings';
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { SitesController } from '../sites-controller.ts';
import { type SectionId, SITE_SECTIONS, settingLabel, siteTexts as texts } from '../texts/site-texts.ts';
import { ConfirmButton } from './confirm-button.tsx';
import { ProactiveSetting } from './proactive-setting.tsx';
import { SecretSetting } from './secret-setting.tsx';
import { SettingField } from './setting-field.tsx';
import { recordOf } from './setting-parts.tsx';
import { SettingVersions } from './setting-versions.tsx';
import { SiteLook } from './site-look.tsx';
import { SiteSnippets } from './site-snippets.tsx';

export function SiteSettingsPart({ sites }: { sites: SitesController }) {
  const id = useId();
  const section = useSignal<SectionId>('pages');
  const view = sites.open.value;
  if (view === undefined) return null;
  const name = String(view.settings['name'] ?? view.id);
  const notice = sites.notice.value;
  return (
    <>
      <div class="report__title">
        <button type="button" class="button button--quiet site__back" onClick={() => void sites.show(undefined)}>
          ← {texts.back}
        </button>
        {view.origin === 'console' && <ArchiveButton sites={sites} name={name} />}
      </div>
      <h2>
        {name}
        {view.archived && <span class="settings-item__state">{texts.archivedMark}</span>}
      </h2>
      <p class="report__quiet">{`${view.id} · ${texts.origins[view.origin]}`}</p>
      <div class="site">
        <label class="site__choice" for={id}>
          {texts.section}
          <select
            id={id}
            value={section.value}
            onChange={({ currentTarget: { value } }) => {
              section.value = SITE_SECTIONS.find((one) => one.id === value)?.id ?? 'pages';
            }}
          >
            {SITE_SECTIONS.map((one) => (
              <option key={one.id} value={one.id}>
                {texts.sections[one.id]}
              </option>
            ))}
          </select>
        </label>
        <form
          class="site__form"
          aria-label={name}
          onSubmit={(event) => {
            event.preventDefault();
            void sites.save();
          }}
        >
          <Section sites={sites} section={section.value} />
          <div class="site__foot">
            <p class={notice?.kind === 'failed' ? 'report__failed' : 'report__quiet'} role="status">
              {notice?.text ?? (sites.isChanged.value ? texts.unsaved : '')}
            </p>
            <button
              type="button"
              class="button button--quiet"
              disabled={!sites.isChanged.value}
              onClick={sites.discard}
            >
              {texts.discard}
            </button>
            <button
              type="submit"
              class="button button--primary"
              disabled={!sites.isChanged.value || sites.busy.value || view.origin === 'demo'}
            >
              {texts.save}
            </button>
          </div>
        </form>
      </div>
      <SiteSnippets siteId={view.id} overview={sites.overview.response.value} accent={accentOf(view.settings)} />
      <SettingVersions
        title={texts.versions}
        of={texts.title}
        versions={view.versions}
        current={view.version}
        shown={sites.diff.value}
        isBusy={sites.busy.value}
        labelOf={settingLabel}
        onCompare={sites.compare}
        onRollBack={sites.rollBack}
      />
    </>
  );
}

/** Undefined for the widget's own colour, which the launcher has by itself. */
function accentOf({ theme }: SiteSettings): string | undefined {
  const accent = recordOf(theme)?.['accent'];
  return typeof accent === 'string' && accent !== DEFAULT_ACCENT ? accent : undefined;
}

function ArchiveButton({ sites, name }: { sites: SitesController; name: string }) {
  if (sites.open.value?.archived)
    return (
      <button type="button" class="button button--plain" onClick={() => void sites.archive(false)}>
        {texts.reopen}
      </button>
    );
  return (
    <div class="settings-item__actions">
      <ConfirmButton
        label={texts.archive}
        name={name}
        sure={texts.archiveSure}
        cancel={texts.cancel}
        onConfirm={() => void sites.archive(true)}
      />
    </div>
  );
}

function Section({ sites, section }: { sites: SitesController; section: SectionId }) {
  const properties = sites.schema.response.value?.schema.properties ?? {};
  const required = sites.schema.response.value?.schema.required ?? [];
  const { id, settings } = SITE_SECTIONS.find(({ id }) => id === section) ?? SITE_SECTIONS[0];
  const view = sites.open.value;
  return (
    <section class="site__section" aria-label={texts.sections[id]}>
      {section === 'look' && <SiteLook draft={sites.draft.value} />}
      {settings.map((name) => {
        const node = properties[name];
        if (node === undefined) return null;
        const isFixed = view?.fixed.includes(name) ?? false;
        const fixedBy = isFixed ? (view?.origin === 'demo' ? 'demo' : 'file') : undefined;
        if (name === 'identitySecret')
          return (
            <SecretSetting
              key={name}
              name={name}
              node={node}
              value={sites.draft.value[name]}
              isSet={view?.secrets.includes(name) ?? false}
              fixedBy={fixedBy}
              onChange={(value) => sites.edit(name, value)}
            />
          );
        if (name === 'proactiveMessages')
          return (
            <ProactiveSetting
              key={name}
              name={name}
              node={node}
              value={sites.draft.value[name]}
              fixedBy={fixedBy}
              isRequired={false}
              onChange={(value) => sites.edit(name, value)}
              draft={sites.draft.value}
            />
          );
        return (
          <SettingField
            key={name}
            name={name}
            node={node}
            value={sites.draft.value[name]}
            fixedBy={fixedBy}
            isRequired={required.includes(name)}
            onChange={(value) => sites.edit(name, value)}
          />
        );
      })}
    </section>
  );
}
