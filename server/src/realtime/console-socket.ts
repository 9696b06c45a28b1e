/** The sockets of the console's pages: what is known of each, and the Socket.IO rooms that it is in. */
import type { AgentView } from '@firstword/shared/agent-view';
import type { ConsoleClientEvents, ConsoleServerEvents } from '@firstword/shared/console-events';
import type { Namespace, Socket } from 'socket.io';
import { hashId } from '../lib/tokens.ts';
import { createSiteRooms } from './site-rooms.ts';

interface SocketData {
  agent: AgentView;
  token: string;
  /** Whether the agent sees the page. */
  visible?: boolean;
  /** The conversation that the page shows without its ticket. */
  reading?: string | null;
  watched?: { readonly ticketId: string; readonly conversationId: string; readonly siteId: string };
}
/** Between processes: who views which ticket, who is online, or what an agent may do has changed. */
interface ProcessEvents {
  'presence-change': () => void;
  'access-change': (agentId: string) => void;
}
export type ConsoleSocket = Socket<ConsoleClientEvents, ConsoleServerEvents, ProcessEvents, SocketData>;
export type ConsoleServer = Namespace<ConsoleClientEvents, ConsoleServerEvents, ProcessEvents, SocketData>;

/** Of the pages that show tickets. */
export const ticketRooms = createSiteRooms('tickets', 'tickets:read');
/** The pages that show tickets of a site. `to`: the namespace, or its pages on this process. */
export function pagesOf(to: Pick<ConsoleServer, 'to'>, siteId: string): ReturnType<ConsoleServer['except']> {
  const { to: rooms, except } = ticketRooms.at(siteId);
  return to.to([ticketRooms.everywhere, ...rooms]).except(except);
}
export const ticketRoom = (ticketId: string) => `ticket:${ticketId}`;
/** Of the pages that show a ticket of this conversation, for its answers. */
export const answerRoom = (conversationId: string) => `answers:${conversationId}`;
/** Of the pages that show this conversation without its ticket, for its answers and messages. */
export const readingRoom = (conversationId: string) => `reading:${conversationId}`;
export const sessionRoom = (token: string) => `session:${hashId(token)}`;
