/** Derives from one accent colour the shades of both colour schemes, each with enough contrast. Pure. */

export type Rgb = readonly [number, number, number];

/** Of a site that sets none. The launcher has it before it knows the site's. */
export const DEFAULT_ACCENT = '#1f6f5c';
/** The backgrounds of accent text; must equal `--surface` in tokens.css. */
const SURFACE = { light: [255, 254, 251], dark: [19, 23, 31] } as const satisfies Record<string, Rgb>;
const INK: Rgb = [16, 19, 26];
const WHITE: Rgb = [255, 255, 255];
/** WCAG AA for text of normal size. */
const READABLE = 4.5;

/** `#rgb` or `#rrggbb`; undefined for anything else, so that a theme can't inject CSS. */
export function parseHex(hex: string): Rgb | undefined {
  const digits = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(hex)?.[1];
  if (!digits) return undefined;
  const step = digits.length / 3;
  const channel = (index: number) => {
    const part = digits.slice(index * step, (index + 1) * step);
    return Number.parseInt(step === 1 ? part + part : part, 16);
  };
  return [channel(0), channel(1), channel(2)];
}

function luminance(colour: Rgb): number {
  const linear = (value: number) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2]);
}

export function contrast(one: Rgb, other: Rgb): number {
  const a = luminance(one);
  const b = luminance(other);
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** Mixes `share` (0…1) of `to` into `from`. */
export function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const part = (a: number, b: number) => Math.round(a + (b - a) * share);
  return [part(from[0], to[0]), part(from[1], to[1]), part(from[2], to[2])];
}

export function toCss([red, green, blue]: Rgb): string {
  return `rgb(${red} ${green} ${blue})`;
}

/** The colour closest to `colour`, on the way to `towards`, that has at least the contrast `least` on all surfaces. */
export function nearest(colour: Rgb, towards: Rgb, least: number, surfaces: readonly Rgb[]): Rgb {
  for (let share = 0; share < 1; share += 0.04) {
    const shade = mix(colour, towards, share);
    if (surfaces.every((surface) => contrast(shade, surface) >= least)) return shade;
  }
  return towards;
}
const readable = (colour: Rgb, towards: Rgb, ...surfaces: Rgb[]) => nearest(colour, towards, READABLE, surfaces);

/** Custom properties for the host element. An invalid hex colour becomes the default accent. */
export function accentShades(
  hex: string,
  scheme: 'light' | 'dark',
  surface: Rgb = SURFACE[scheme],
): Record<string, string> {
  const named = parseHex(hex) ?? parseHex(DEFAULT_ACCENT) ?? INK;
  const away = scheme === 'light' ? INK : WHITE;
  // A fill that is too close to its surface moves away until it has a contrast of 3:1 (controls).
  const fill = contrast(named, surface) >= 3 ? named : readable(named, away, surface);
  const nearby = contrast(WHITE, fill) >= READABLE ? WHITE : INK;
  const moved = readable(fill, nearby === WHITE ? INK : WHITE, nearby);
  // If that moved it too close to the surface, use the other text colour and move the other way.
  const onFill = contrast(moved, surface) >= 3 ? nearby : scheme === 'light' ? WHITE : INK;
  const settled = onFill === nearby ? moved : readable(fill, away, onFill);
  const soft = mix(surface, named, scheme === 'light' ? 0.08 : 0.16);
  return {
    '--accent': toCss(settled),
    '--accent-hover': toCss(mix(settled, onFill === WHITE ? INK : WHITE, 0.12)),
    '--on-accent': toCss(onFill),
    '--accent-text': toCss(readable(named, away, surface, soft)),
    '--accent-soft': toCss(soft),
  };
}
