/** Derives all widget colours of each scheme from a site's colours, adjusted to enough contrast. Pure. */
import { accentShades, contrast, mix, nearest, parseHex, type Rgb, toCss } from './accent.ts';
import type { ThemeView } from './site-view.ts';

type Scheme = 'light' | 'dark';
interface Colours {
  readonly surface?: string | undefined;
  readonly text?: string | undefined;
}
export interface Theme {
  readonly accent: string;
  readonly radius?: number | undefined;
  readonly font?: ThemeView['font'] | undefined;
  readonly light?: Colours | undefined;
  readonly dark?: Colours | undefined;
}

const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];
/** WCAG 2.2: 1.4.3 for text, 1.4.11 for the edges of controls. */
const TEXT_LEAST = 4.5;
const EDGE_LEAST = 3;
/** Below this contrast, soft text, hover shades and status colours don't fit between surface and text. */
const SURFACE_LEAST = 9;
/** The widget's default colours; must equal its stylesheet. */
const OWN: Readonly<Record<Scheme, Readonly<Record<'surface' | 'text' | 'good' | 'warn' | 'bad', Rgb>>>> = {
  light: { surface: [255, 254, 251], text: [28, 31, 38], good: [23, 106, 66], warn: [138, 86, 4], bad: [176, 36, 42] },
  dark: {
    surface: [19, 23, 31],
    text: [233, 235, 239],
    good: [96, 200, 146],
    warn: [232, 178, 92],
    bad: [248, 132, 128],
  },
};

/** Custom properties by name. */
export function schemeColours(
  accent: string,
  scheme: Scheme,
  { surface: named, text }: Colours,
): Record<string, string> {
  const wanted = parseHex(named ?? '') ?? OWN[scheme].surface;
  const isLight = contrast(wanted, BLACK) >= contrast(wanted, WHITE);
  const [far, near] = isLight ? [BLACK, WHITE] : [WHITE, BLACK];
  const surface = nearest(wanted, near, SURFACE_LEAST, [far]);
  const sunken = mix(surface, far, 0.04);
  const on = [surface, sunken];
  const ink = nearest(parseHex(text ?? '') ?? OWN[isLight ? 'light' : 'dark'].text, far, TEXT_LEAST, on);
  const read = (colour: Rgb) => toCss(nearest(colour, far, TEXT_LEAST, on));
  const { good, warn, bad } = OWN[isLight ? 'light' : 'dark'];
  return {
    '--surface': toCss(surface),
    '--sunken': toCss(sunken),
    '--line': toCss(mix(surface, ink, 0.14)),
    '--line-strong': toCss(nearest(mix(surface, ink, 0.45), far, EDGE_LEAST, on)),
    '--ink': toCss(ink),
    '--ink-soft': read(mix(ink, surface, 0.3)),
    '--good': read(good),
    '--warn': read(warn),
    '--bad': read(bad),
    ...accentShades(accent, isLight ? 'light' : 'dark', surface),
  };
}

export function themeView({ accent, radius, font, light, dark }: Theme): ThemeView {
  return {
    accent,
    ...(radius !== undefined && { radius }),
    ...(font && { font }),
    ...(light && { light: schemeColours(accent, 'light', light) }),
    ...(dark && { dark: schemeColours(accent, 'dark', dark) }),
  };
}
