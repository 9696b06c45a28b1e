/** A gateway that records calls without a visitor under purposes of their own, so that reports on answers don't count them. */
import type { ChatRequest, Gateway, Purpose } from '../gateway/chat-call.ts';

export function createRecordedGateway(
  { stream, close }: Gateway,
  purposes: Readonly<Record<'answer' | 'triage', Purpose>>,
  record: ChatRequest['record'] & object,
): Gateway {
  return {
    stream(request, signal) {
      const purpose = request.purpose === 'triage' ? purposes.triage : purposes.answer;
      return stream({ ...request, purpose, record }, signal);
    },
    close,
  };
}
