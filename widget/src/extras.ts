/** Parts that few conversations need, in one file that is fetched on demand. */
export { AgentCard } from './extras/agent-card.tsx';
export { AnswerEnd } from './extras/answer-end.tsx';
export { applyTheme } from './extras/apply-theme.ts';
export { Attach } from './extras/attach.tsx';
export { awayUntil } from './extras/away-until.ts';
export { BesideField } from './extras/beside-field.tsx';
export { Ended } from './extras/ended.tsx';
export { loadExtraTexts } from './extras/extra-texts.ts';
export { default as css } from './extras/extras.css?inline';
export { FileLink } from './extras/file-link.tsx';
export { HandOffCard } from './extras/hand-off-card.tsx';
export { CoverPage, HomeButton } from './extras/home.tsx';
export { MenuList } from './extras/menu-list.tsx';
export { PreChat } from './extras/pre-chat.tsx';
export { Preview } from './extras/preview.tsx';
export { Satisfaction } from './extras/satisfaction.tsx';
export { playTone } from './extras/tone.ts';
export { readAll, saveText, transcript } from './extras/transcript.ts';
