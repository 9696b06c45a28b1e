/** An agent's picture over the initial, which stays where there is none. */
import type { ChatState } from '../chat/chat-state.ts';
import { firstCharacter } from '../cut.ts';
import { useDrawn } from './use-drawn.ts';

/** More than twice the size on screen, for sharp displays. */
const SIDE_PX = 96;

/** @param server the address of the server, without a trailing slash */
export function AgentPicture({ server, picture }: { server: string; picture: string }) {
  const canvas = useDrawn(() => fetchPicture(`${server}/pictures/${picture}`), paint);
  return <canvas class="agent__picture" ref={canvas} width={SIDE_PX} height={SIDE_PX} />;
}

/** Beside the site's name, while an agent has the conversation. */
export function HeaderAgent({ state, server }: { state: ChatState; server: string }) {
  const { responder, agent } = state.responder;
  if (responder !== 'agent' || !agent) return null;
  const { name, picture } = agent;
  return (
    <span class="agent__avatar agent__avatar--header" aria-hidden="true">
      {firstCharacter(name)}
      {picture && <AgentPicture key={picture} server={server} picture={picture} />}
    </span>
  );
}

async function fetchPicture(url: string): Promise<Blob | undefined> {
  try {
    const response = await fetch(url, { credentials: 'omit' });
    return response.ok ? await response.blob() : undefined;
  } catch {
    return undefined;
  }
}

/** The middle of it, as a square. A transparent one must not show the initial. */
function paint(target: HTMLCanvasElement, picture: ImageBitmap): void {
  const context = target.getContext('2d');
  if (!context) return;
  const { width, height } = picture;
  const side = Math.min(width, height);
  context.fillStyle = '#fff';
  context.fillRect(0, 0, SIDE_PX, SIDE_PX);
  context.drawImage(picture, (width - side) / 2, (height - side) / 2, side, side, 0, 0, SIDE_PX, SIDE_PX);
}
