/** Fits the panel into what a touch keyboard leaves of the screen; only the visual viewport reports its size. */
import { useEffect } from 'preact/hooks';

/** Below this height the panel leaves out what is not needed to read and write. */
const TIGHT_PX = 260;

export function useVisiblePart(panel: { current: HTMLElement | null }) {
  useEffect(() => {
    const viewport = window.visualViewport;
    const { current: element } = panel;
    if (!viewport || !element) return;
    const fit = () => {
      // While a visitor has zoomed in, the panel keeps its size.
      const zoomed = viewport.scale > 1.01;
      const { height, offsetTop } = zoomed ? { height: window.innerHeight, offsetTop: 0 } : viewport;
      element.style.setProperty('--visible-height', `${height}px`);
      element.style.setProperty('--visible-top', `${offsetTop}px`);
      element.style.setProperty('--covered', `${Math.max(0, window.innerHeight - height - offsetTop)}px`);
      element.dataset['tight'] = String(height < TIGHT_PX);
    };
    fit();
    viewport.addEventListener('resize', fit);
    viewport.addEventListener('scroll', fit);
    return () => {
      viewport.removeEventListener('resize', fit);
      viewport.removeEventListener('scroll', fit);
    };
  }, []);
}
