/** The choice of the sites that a token is for. */
import type { SiteName } from '@firstword/shared/reports';
import { useSignal } from '@preact/signals';
import { teamTexts as texts } from '../texts/team-texts.ts';

interface SitesFieldProps {
  /** Those that can be given. */
  readonly sites: readonly SiteName[];
  /** Whether the signed-in agent may give access to all sites. */
  readonly mayGiveAll: boolean;
}

export function SitesField({ sites, mayGiveAll }: SitesFieldProps) {
  const some = useSignal(!mayGiveAll);
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
            <input type="checkbox" name="site" value={site.id} />
            {site.name}
          </label>
        ))}
    </fieldset>
  );
}

/** Without `sites` for all of them; undefined when none was chosen. */
export function readReach(form: FormData, mayGiveAll: boolean): { sites?: string[] } | undefined {
  if (mayGiveAll && form.get('reach') === 'all') return {};
  const sites = form.getAll('site').filter((value) => typeof value === 'string');
  return sites.length === 0 ? undefined : { sites };
}
