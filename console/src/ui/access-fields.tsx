/** The choice of a role and of the sites where it applies. */
import { AGENT_ROLES, type AgentRole } from '@firstword/shared/permissions';
import type { SiteName } from '@firstword/shared/reports';
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { teamTexts as texts } from '../texts/team-texts.ts';

export function RoleField({ initial }: { initial: AgentRole }) {
  const id = useId();
  const role = useSignal(initial);
  return (
    <div class="field">
      <label for={id}>{texts.role}</label>
      <select
        id={id}
        name="role"
        value={role.value}
        aria-describedby={`${id}-hint`}
        onChange={({ currentTarget }) => {
          role.value = readRole(currentTarget.value);
        }}
      >
        {AGENT_ROLES.map((name) => (
          <option key={name} value={name}>
            {texts.roles[name]}
          </option>
        ))}
      </select>
      <p class="field__hint" id={`${id}-hint`}>
        {texts.roleHints[role.value]}
      </p>
    </div>
  );
}

export interface SitesFieldProps {
  /** Those that can be given. */
  readonly sites: readonly SiteName[];
  /** All when undefined. */
  readonly chosen: readonly string[] | undefined;
  /** Whether the signed-in agent may give access to all sites. */
  readonly mayGiveAll: boolean;
}

export function SitesField({ sites, chosen, mayGiveAll }: SitesFieldProps) {
  const some = useSignal(!mayGiveAll || chosen !== undefined);
  return (
    <fieldset class="check-field">
      <legend>{texts.access}</legend>
      {mayGiveAll &&
        ([false, true] as const).map((onlySome) => (
          <label key={String(onlySome)}>
            <input
              type="radio"
              name="reach"
              value={onlySome ? 'some' : 'all'}
              checked={some.value === onlySome}
              onChange={() => {
                some.value = onlySome;
              }}
            />
            {onlySome ? texts.chosenSites : texts.allSites}
          </label>
        ))}
      {some.value &&
        sites.map((site) => (
          <label key={site.id} class="check-field__inner">
            <input type="checkbox" name="site" value={site.id} checked={chosen?.includes(site.id) ?? false} />
            {site.name}
          </label>
        ))}
    </fieldset>
  );
}

export function readRole(value: unknown): AgentRole {
  return AGENT_ROLES.find((role) => role === value) ?? 'viewer';
}

/** Without `sites` for all of them; undefined when none was chosen. */
export function readReach(form: FormData, mayGiveAll: boolean): { sites?: string[] } | undefined {
  if (mayGiveAll && form.get('reach') === 'all') return {};
  const sites = form.getAll('site').filter((value) => typeof value === 'string');
  return sites.length === 0 ? undefined : { sites };
}
