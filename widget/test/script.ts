/** What the scripted server answers. Tests can change each part at any time. */
import type { Hours } from '@firstword/shared/hours';
import type { ProactiveMessages } from '@firstword/shared/proactive-message';
import type { PreChatForm, SiteView, ThemeView } from '@firstword/shared/site-view';
import type { ArticleView, Citation, SessionStart, WidgetClientEvents } from '@firstword/shared/wire';
import type { Refusal } from '@firstword/shared/wire-refusals';

export interface Script {
  answer: string;
  citations: Citation[];
  /** Delay before the first delta. */
  firstMs: number;
  /** Delay between deltas. */
  pieceMs: number;
  pieceLength: number;
  /** Numbers of deltas that are logged but not sent, so that only `replay` returns them. */
  lost: ReadonlySet<number>;
  refuse: Partial<Record<keyof WidgetClientEvents, Refusal>>;
  /** Number of times that an event is not acknowledged. */
  silent: Partial<Record<keyof WidgetClientEvents, number>>;
  refuseConnection: { code: string; message?: string; retryAfterMs?: number } | undefined;
  mode: SessionStart['mode'];
  accent: string;
  /** In addition to the accent. */
  theme: Partial<ThemeView>;
  greeting: string;
  /** What the closed chat says on its own; undefined for a site that has no such messages. */
  proactive: ProactiveMessages | undefined;
  /** Whether the server can send mail. */
  mail: boolean;
  /** The visitor's confirmed e-mail address. */
  contact: string | undefined;
  hours: Hours | undefined;
  replyMinutes: SiteView['replyMinutes'];
  /** The server's time; default: the real one. */
  now: number | undefined;
  preChat: PreChatForm | undefined;
  uploads: SiteView['uploads'];
  /** Searched for their title; undefined where visitors may not read them. */
  articles: readonly (ArticleView & { id: string })[] | undefined;
  answerWhileTyping: boolean;
  /** Whether visitors may delete what is theirs. */
  dataRequests: boolean;
  /** The server can't delete anything at the moment. */
  refuseErasure: boolean;
  /** The response to the next file; undefined accepts it. */
  refuseFile: { status: number; code: string } | undefined;
  /** Agents' pictures by the name of their file. */
  pictures: Readonly<Record<string, Uint8Array>>;
  /** How the turn ends; any state but `done` ends it half way. */
  ends: 'done' | 'interrupted' | 'failed';
}

export const defaultScript: Script = {
  pictures: {},
  answer: 'Hello **there**.',
  citations: [],
  firstMs: 0,
  pieceMs: 0,
  pieceLength: 4,
  lost: new Set(),
  refuse: {},
  silent: {},
  refuseConnection: undefined,
  mode: 'live',
  accent: '#0f6b5c',
  theme: {},
  greeting: 'Hello. What can we help you with?',
  proactive: undefined,
  ends: 'done',
  mail: true,
  contact: undefined,
  hours: undefined,
  replyMinutes: undefined,
  now: undefined,
  preChat: undefined,
  uploads: undefined,
  articles: undefined,
  answerWhileTyping: false,
  dataRequests: false,
  refuseErasure: false,
  refuseFile: undefined,
};
