/** Where the events of conversations go as they happen. The room that shows them to viewers implements it. */
import type { Message, ResponderChange, TurnEvent } from '@firstword/shared/wire';

/** What viewers are shown. A stored answer comes before its `turn-end`. */
export type ViewerEvent =
  | TurnEvent
  | { readonly type: 'message'; readonly message: Message }
  | { readonly type: 'responder'; readonly change: ResponderChange };

/** Called in order, once for each delta, and not awaited. Delivery is not guaranteed: clients replay what they missed. */
export type Sink = (conversationId: string, event: ViewerEvent) => void;
