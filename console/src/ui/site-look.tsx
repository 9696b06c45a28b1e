/** A drawing of the widget with the colours and texts that are being edited, adjusted as the widget adjusts them. */
import { DEFAULT_ACCENT } from '@firstword/shared/accent';
import { schemeColours } from '@firstword/shared/theme';
import type { SettingValue } from '../sites-controller.ts';
import { siteTexts as texts } from '../texts/site-texts.ts';
import { recordOf } from './setting-parts.tsx';

const FONTS: Readonly<Record<string, string>> = {
  serif: 'Georgia, serif',
  rounded: 'ui-rounded, system-ui, sans-serif',
  mono: 'ui-monospace, monospace',
};
const COLOUR = /^#[0-9a-f]{6}$/i;

export function SiteLook({ draft }: { draft: SiteDraft }) {
  return (
    <div class="site-look" role="img" aria-label={texts.look}>
      {(['light', 'dark'] as const).map((scheme) => (
        <Panel key={scheme} draft={draft} scheme={scheme} />
      ))}
    </div>
  );
}

export type SiteDraft = Readonly<Record<string, SettingValue>>;

/** Colours, font and corners of the site in one of its schemes, for what is drawn like its widget. */
export function lookOf(draft: SiteDraft, scheme: 'light' | 'dark') {
  const theme = recordOf(draft['theme']) ?? {};
  const own = recordOf(theme[scheme]) ?? {};
  const colours = schemeColours(colourOf(theme['accent']) ?? DEFAULT_ACCENT, scheme, {
    surface: colourOf(own['surface']),
    text: colourOf(own['text']),
  });
  const radius = typeof theme['radius'] === 'number' ? `${theme['radius']}px` : '16px';
  return {
    ...colours,
    fontFamily: FONTS[String(theme['font'])] ?? 'system-ui, sans-serif',
    '--look-radius': radius,
  };
}

function Panel({ draft, scheme }: { draft: SiteDraft; scheme: 'light' | 'dark' }) {
  return (
    <div class="site-look__panel" style={lookOf(draft, scheme)}>
      <p class="site-look__head">{String(draft['name'] ?? '')}</p>
      <p class="site-look__said">{String(draft['greeting'] ?? '')}</p>
      <p class="site-look__asked">{texts.previewVisitor}</p>
      <p class="site-look__said">{texts.previewAnswer}</p>
    </div>
  );
}

const colourOf = (value: SettingValue) => (typeof value === 'string' && COLOUR.test(value) ? value : undefined);
