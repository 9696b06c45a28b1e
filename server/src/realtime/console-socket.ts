/** The sockets of the console's pages: what is known of each, and the Socket.IO rooms that it is in. */
import type { AgentView } from '@firstword/shared/agent-view';
import type { ConsoleClientEvents, ConsoleServerEvents } from '@firstword/shared/console-events';
import { may } from '@firstword/shared/permissions';
import type { Namespace, Socket } from 'socket.io';
import { hashId } from '../lib/tokens.ts';

interface SocketData {
  agent: AgentView;
  token: string;
  watched?: { readonly ticketId: string; readonly conversationId: string; readonly siteId: string };
}
/** Between processes: who views which ticket has changed. */
interface ProcessEvents {
  'presence-change': () => void;
}
export type ConsoleSocket = Socket<ConsoleClientEvents, ConsoleServerEvents, ProcessEvents, SocketData>;
export type ConsoleServer = Namespace<ConsoleClientEvents, ConsoleServerEvents, ProcessEvents, SocketData>;

/** Of the pages whose agent has access to all sites. */
export const ALL_SITES = 'sites';
export const siteRoom = (siteId: string) => `site:${siteId}`;
/** The pages that may see what happens on a site. */
export const roomsOf = ({ role, sites }: AgentView) =>
  may({ role }, 'tickets:read') ? (sites?.map(siteRoom) ?? [ALL_SITES]) : [];
export const ticketRoom = (ticketId: string) => `ticket:${ticketId}`;
export const sessionRoom = (token: string) => `session:${hashId(token)}`;
