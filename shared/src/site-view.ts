/** The part of a site's settings that its visitors' pages receive. */
import type { FileType } from './files.ts';
import type { Hours } from './hours.ts';

/** What a site asks before the first message. */
export interface PreChatForm {
  name?: 'required' | 'optional' | undefined;
  email?: 'required' | 'optional' | undefined;
  question?: { label: string; required: boolean } | undefined;
  /** What the visitor has to agree to before anything that they write is accepted. */
  consent?: Consent | undefined;
}

export interface Consent {
  version: string;
  text: string;
  link?: { label: string; url: string } | undefined;
}

/** `light` and `dark` map custom properties to colours with enough contrast; absent where the widget's own apply. */
export interface ThemeView {
  accent: string;
  /** Pixels. */
  radius?: number;
  font?: 'system' | 'serif' | 'rounded' | 'mono';
  light?: Record<string, string>;
  dark?: Record<string, string>;
}

/** Steps to which agents' usual time to reply is rounded up. */
export const REPLY_MINUTES = [5, 10, 15, 30, 60, 240, 1440] as const;
export type ReplyMinutes = (typeof REPLY_MINUTES)[number];

export interface SiteView {
  name: string;
  greeting: string;
  suggestions: string[];
  theme: ThemeView;
  locale: string;
  /** After this many minutes without an agent's reply the assistant may help meanwhile. */
  agentSilenceMinutes: number;
  /** When agents answer, if the site states its hours. */
  hours?: Hours;
  /** Agents usually reply in less than this, during their hours; absent where too little is known. */
  replyMinutes?: ReplyMinutes;
  /** Whether a reply can be sent to the visitor's e-mail address. */
  mail: boolean;
  /** The form to show before the first message; absent once it is answered. */
  preChat?: PreChatForm;
  /** The files that may be sent; absent: none. */
  uploads?: { maxMb: number; types: FileType[] };
  /** The widget sends drafts while the visitor types; absent: it sends none. */
  answerWhileTyping?: true;
  /** Visitors may search and read the site's articles; absent: they may not, or there are none. */
  articles?: true;
  /** Visitors may download and delete their own data; absent: they may not. */
  dataRequests?: true;
}
