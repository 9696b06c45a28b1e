/** Draws a picture on a canvas: the page's content security policy may not allow images of the widget. */
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** Only what is on screen is loaded. A picture that is gone or can't be read leaves the canvas empty. */
export function useDrawn(
  load: () => Promise<Blob | undefined>,
  paint: (target: HTMLCanvasElement, picture: ImageBitmap) => void,
): RefObject<HTMLCanvasElement | null> {
  const canvas = useRef<HTMLCanvasElement>(null);

  async function draw() {
    const blob = await load();
    const picture = blob && (await createImageBitmap(blob).catch(() => undefined));
    if (picture && canvas.current) paint(canvas.current, picture);
    picture?.close();
  }
  useEffect(() => {
    const { current: target } = canvas;
    if (!target) return;
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      void draw();
    });
    observer.observe(target);
    return () => observer.disconnect();
  }, []);
  return canvas;
}
