/** Applies a site's theme beyond its accent: corners, font, and colours for each scheme. */
import type { ThemeView } from '@firstword/shared/site-view';

const FONTS: Readonly<Record<NonNullable<ThemeView['font']>, string>> = {
  system: '',
  serif: 'ui-serif, Georgia, Cambria, "Times New Roman", serif',
  rounded: 'ui-rounded, "Hiragino Maru Gothic ProN", Quicksand, Nunito, system-ui, sans-serif',
  mono: 'ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace',
};

/** Returns a function that stops it; until then the colours follow the scheme. */
export function applyTheme(frame: HTMLElement, { radius, font, light = {}, dark = {} }: ThemeView): () => void {
  if (radius !== undefined) frame.style.setProperty('--radius', `${radius}px`);
  if (font) frame.style.fontFamily = FONTS[font];
  function draw() {
    const [now, other] = frame.dataset['scheme'] === 'dark' ? [dark, light] : [light, dark];
    // The frame recomputes the accent's shades with each scheme; remove the other colours of the old one.
    for (const name of Object.keys(other)) if (!name.includes('accent')) frame.style.removeProperty(name);
    for (const [name, value] of Object.entries(now)) frame.style.setProperty(name, value);
  }
  draw();
  const observer = new MutationObserver(draw);
  observer.observe(frame, { attributeFilter: ['data-scheme'] });
  return () => observer.disconnect();
}
