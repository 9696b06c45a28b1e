/** A picture that was sent, drawn small. */
import type { SentFile } from '@firstword/shared/wire';
import type { Chat } from '../chat/create-chat.ts';
import { fetchFile } from './send-file.ts';
import { useDrawn } from './use-drawn.ts';

/** Twice the height on screen, for sharp displays. */
const HEIGHT_PX = 264;
/** A panorama would take the whole memory of a phone. */
const WIDTH_MAX_PX = 800;

export function Picture({ chat, file }: { chat: Chat; file: SentFile }) {
  const canvas = useDrawn(() => fetchFile(chat, file.id), paint);
  return <canvas class="file__picture" ref={canvas} width={1} height={1} />;
}

function paint(target: HTMLCanvasElement, picture: ImageBitmap): void {
  const scale = Math.min(HEIGHT_PX / picture.height, WIDTH_MAX_PX / picture.width, 1);
  target.width = Math.max(1, Math.round(picture.width * scale));
  target.height = Math.max(1, Math.round(picture.height * scale));
  target.getContext('2d')?.drawImage(picture, 0, 0, target.width, target.height);
}
