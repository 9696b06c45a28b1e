/** A picture that was sent, drawn small. On a canvas: the page's content security policy may not allow images of the widget. */
import type { SentFile } from '@firstword/shared/wire';
import { useEffect, useRef } from 'preact/hooks';
import type { Chat } from '../chat/create-chat.ts';
import { fetchFile } from './send-file.ts';

/** Twice the height on screen, for sharp displays. */
const HEIGHT_PX = 264;
/** A panorama would take the whole memory of a phone. */
const WIDTH_MAX_PX = 800;

export function Picture({ chat, file }: { chat: Chat; file: SentFile }) {
  const canvas = useRef<HTMLCanvasElement>(null);

  async function draw() {
    const blob = await fetchFile(chat, file.id);
    // A file that is gone or can't be read keeps its name and its link.
    const picture = blob && (await createImageBitmap(blob).catch(() => undefined));
    const { current: target } = canvas;
    if (!picture || !target) return;
    const scale = Math.min(HEIGHT_PX / picture.height, WIDTH_MAX_PX / picture.width, 1);
    target.width = Math.max(1, Math.round(picture.width * scale));
    target.height = Math.max(1, Math.round(picture.height * scale));
    target.getContext('2d')?.drawImage(picture, 0, 0, target.width, target.height);
    picture.close();
  }
  useEffect(() => {
    const { current: target } = canvas;
    if (!target) return;
    // Only what is on screen is fetched.
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      void draw();
    });
    observer.observe(target);
    return () => observer.disconnect();
  }, []);

  return <canvas class="file__picture" ref={canvas} width={1} height={1} />;
}
