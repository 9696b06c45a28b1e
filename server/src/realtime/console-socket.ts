/** A page of the console as the server sees it. */
import type { ConsoleClientEvents, ConsoleServerEvents } from '@firstword/shared/console-events';
import type { AgentView } from '@firstword/shared/console-wire';
import type { Namespace, Socket } from 'socket.io';

interface SocketData {
  agent: AgentView;
  token: string;
  watched?: { readonly ticketId: string; readonly conversationId: string; readonly siteId: string };
}
/** Between processes: who views which ticket, or who is online, has changed. */
interface ProcessEvents {
  'presence-change': () => void;
}
export type ConsoleSocket = Socket<ConsoleClientEvents, ConsoleServerEvents, ProcessEvents, SocketData>;
export type ConsoleSockets = Namespace<ConsoleClientEvents, ConsoleServerEvents, ProcessEvents, SocketData>;
