/** What few answers have below them: claims that no article supports, the offer of an agent, the form after a thumbs down. */
import type { Chat } from '../chat/create-chat.ts';
import type { AnswerRow } from '../ui/answer-text.tsx';
import { AskAgent } from './ask-agent.tsx';
import { useExtraTexts } from './extra-texts.ts';
import { ReasonForm } from './reason-form.tsx';

export function AnswerNotes(props: {
  row: AnswerRow;
  chat: Chat;
  last: boolean;
  failed: boolean;
  rating: 'up' | 'down' | undefined;
}) {
  const { row, chat, last, failed, rating } = props;
  const { unsupported: title, offerAgent } = useExtraTexts();
  const { unsupported = [], offer, id } = row.message ?? {};
  return (
    <>
      {unsupported.length > 0 && (
        <div class="unsupported">
          <p>{title}</p>
          <ul>
            {unsupported.map((sentence) => (
              <li key={sentence} dir="auto">
                {sentence}
              </li>
            ))}
          </ul>
        </div>
      )}
      {(failed || (offer && last)) && (
        <p class="note">
          {!failed && offerAgent} <AskAgent chat={chat} />
        </p>
      )}
      {rating === 'down' && id && <ReasonForm send={(reason) => chat.rateAnswer(row.key, id, 'down', reason)} />}
    </>
  );
}
