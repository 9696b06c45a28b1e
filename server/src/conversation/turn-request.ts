/** What a turn is asked to answer, and for which site. */
import type { Region } from '@firstword/shared/catalog';
import type { MaskPolicy } from '@firstword/shared/masking';
import type { Message } from '@firstword/shared/wire';
import type { FoundPassage } from '../knowledge/knowledge.ts';
import type { HandOffPolicy } from '../triage/hand-off.ts';
import type { Draft } from './draft.ts';
import type { LiveTurn } from './live-turns.ts';

/** What a turn needs to know about its site. */
export interface TurnSite extends MaskPolicy {
  readonly id: string;
  readonly name: string;
  readonly handOff: HandOffPolicy;
  readonly allowedRegions?: readonly Region[] | undefined;
  /** What is done with a draft; absent: none is accepted. */
  readonly answerWhileTyping?: 'off' | 'search' | 'answer';
}

export interface TurnRequest {
  readonly live: LiveTurn;
  readonly site: TurnSite;
  readonly visitorId: string;
  /** Where the visitor connects from, as a keyed hash; absent for a turn that is asked again after its process died. */
  readonly address?: string | undefined;
  readonly text: string;
  /** The site has verified the visitor's identity. */
  readonly identified?: boolean | undefined;
  /** Earlier messages, oldest first. */
  readonly history: readonly Message[];
  readonly locale: string | undefined;
  readonly region: Region;
  /** `performance.now()` when the send arrived; the hold's cap counts from here. */
  readonly receivedAt: number;
  /** Only a first answer to a visitor whom the site has not identified may come from the cache. */
  readonly mayBeCached: boolean;
  /** Found before the message was sent; otherwise the turn searches. */
  readonly passages?: readonly FoundPassage[] | undefined;
  /** Set where the question was asked before the message was sent. */
  readonly draft?: Draft | undefined;
}
