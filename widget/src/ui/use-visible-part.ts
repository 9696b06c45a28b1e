/** Fits the panel into what a touch keyboard leaves of the screen; only the visual viewport knows how much that is. */
import { useEffect } from 'preact/hooks';

/** Below this height the panel leaves out what is not needed to read and write. */
const TIGHT_PX = 260;

export function useVisiblePart(panel: { current: HTMLElement | null }) {
  useEffect(() => {
    const viewport = window.visualViewport;
    const { current: element } = panel;
    if (!viewport || !element) return;
    const fit = () => {
      // A visitor who has zoomed in sees a part of the panel, and wants it to stay as large.
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
