/** The choice of a role for all sites and for each of them. */
import { AGENT_ROLES, type AgentRole, ALL_SITES, type SiteRoles } from '@firstword/shared/permissions';
import type { SiteName } from '@firstword/shared/reports';
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { teamTexts as texts } from '../texts/team-texts.ts';

interface RolesFieldProps {
  /** Those where a role can be given. */
  readonly sites: readonly SiteName[];
  readonly initial: SiteRoles;
  /** Whether the signed-in agent may give a role on all sites. */
  readonly mayGiveAll: boolean;
}

export function RolesField({ sites, initial, mayGiveAll }: RolesFieldProps) {
  const everywhere = useSignal(mayGiveAll ? roleIn(initial[ALL_SITES]) : undefined);
  const isAdmin = everywhere.value === 'admin';
  return (
    <fieldset class="roles-field">
      <legend>{texts.rolePerSite}</legend>
      {mayGiveAll && (
        <RoleSelect
          site={{ id: ALL_SITES, name: texts.allSites }}
          initial={initial[ALL_SITES]}
          none={texts.onlyBelow}
          onChoose={(role) => {
            everywhere.value = role;
          }}
        />
      )}
      {isAdmin ? (
        <p class="field__hint">{texts.adminEverywhere}</p>
      ) : (
        sites.map((site) => (
          <RoleSelect
            key={site.id}
            site={site}
            initial={Object.hasOwn(initial, site.id) ? initial[site.id] : undefined}
            none={everywhere.value === undefined ? texts.noAccess : texts.asElsewhere}
          />
        ))
      )}
      <details class="roles-field__about">
        <summary>{texts.aboutRoles}</summary>
        <dl>
          {AGENT_ROLES.map((role) => (
            <div key={role}>
              <dt>{texts.roles[role]}</dt>
              <dd>{texts.roleHints[role]}</dd>
            </div>
          ))}
        </dl>
      </details>
    </fieldset>
  );
}

interface RoleSelectProps {
  readonly site: SiteName;
  readonly initial: AgentRole | undefined;
  /** The choice of no role of its own. */
  readonly none: string;
  readonly onChoose?: (role: AgentRole | undefined) => void;
}

function RoleSelect({ site, initial, none, onChoose }: RoleSelectProps) {
  const id = useId();
  return (
    <div class="roles-field__site">
      <label for={id}>{site.name}</label>
      <select
        id={id}
        name={`${NAME}${site.id}`}
        onChange={({ currentTarget }) => onChoose?.(roleIn(currentTarget.value))}
      >
        <option value="">{none}</option>
        {AGENT_ROLES.map((role) => (
          <option key={role} value={role} selected={role === initial}>
            {texts.roles[role]}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Of the fields; a site's id follows. */
const NAME = 'role ';

const roleIn = (value: unknown): AgentRole | undefined => AGENT_ROLES.find((role) => role === value);

/** Undefined when no role was chosen. */
export function readRoles(form: FormData): Record<string, AgentRole> | undefined {
  const chosen = [...form.entries()].flatMap(([name, value]) => {
    const role = roleIn(value);
    return name.startsWith(NAME) && role !== undefined ? [[name.slice(NAME.length), role] as const] : [];
  });
  return chosen.length === 0 ? undefined : Object.fromEntries(chosen);
}
