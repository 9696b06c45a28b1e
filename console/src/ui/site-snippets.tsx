/** What to add to the pages of a site, to be copied. */
import type { SiteOverview } from '@firstword/shared/site-settings';
import { useSignal } from '@preact/signals';
import { basePath } from '../base-path.ts';
import { siteSnippets } from '../site-snippets.ts';
import { siteTexts as texts } from '../texts/site-texts.ts';
import { CopyButton } from './copy-button.tsx';

export interface SiteSnippetsProps {
  readonly siteId: string;
  readonly overview: SiteOverview | undefined;
  readonly accent: string | undefined;
  readonly title?: string;
}

export function SiteSnippets({ siteId, overview, accent, title = texts.snippet }: SiteSnippetsProps) {
  const chosen = useSignal('script');
  const address = overview?.address ?? `${location.origin}${basePath}`;
  const snippets = siteSnippets({ siteId, address, accent, ...overview });
  const snippet = snippets.find(({ id }) => id === chosen.value) ?? snippets[0];
  return (
    <section class="report__part" aria-label={title}>
      <h2>{title}</h2>
      <fieldset class="snippet-kinds">
        <legend class="visually-hidden">{texts.snippetHint}</legend>
        {snippets.map(({ id, title }) => (
          <label key={id}>
            <input
              type="radio"
              name="snippet"
              checked={id === snippet?.id}
              onChange={() => {
                chosen.value = id;
              }}
            />
            {title}
          </label>
        ))}
      </fieldset>
      <p class="report__quiet">{snippet?.hint}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long code is scrolled with the keyboard */}
      <pre class="snippet-code" tabIndex={0}>
        <code>{snippet?.code}</code>
      </pre>
      <CopyButton text={snippet?.code ?? ''} />
    </section>
  );
}
