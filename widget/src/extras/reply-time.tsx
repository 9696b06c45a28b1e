/** When the team replies: how soon it usually does, or outside of its hours when it is back. */
import type { ChatState } from '../chat/chat-state.ts';
import { useTexts } from '../texts.ts';
import { awayUntil } from './away-until.ts';
import { useExtraTexts } from './extra-texts.ts';

/** Undefined where the site's figures are too few. */
export function useUsualReply({ site }: ChatState): string | undefined {
  const { locale } = useTexts();
  const { usualReply } = useExtraTexts();
  const minutes = site?.replyMinutes;
  if (minutes === undefined) return undefined;
  const isHours = minutes >= 60;
  // Polish would need another case for the whole word.
  const unitDisplay = locale.startsWith('pl') ? 'short' : 'long';
  const unit = isHours ? 'hour' : 'minute';
  const time = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay });
  return usualReply(time.format(isHours ? minutes / 60 : minutes));
}

export function ReplyTime({ state }: { state: ChatState }) {
  const { locale } = useTexts();
  const { teamBack } = useExtraTexts();
  const usual = useUsualReply(state);
  const hours = state.site?.hours;
  const away = hours && awayUntil(hours, Date.now() + state.clockOffsetMs, locale);
  const text = away === undefined ? usual : teamBack(away);
  return text === undefined ? null : <p class="home__reply">{text}</p>;
}
