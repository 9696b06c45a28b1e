/** Parts that few conversations need, in one file that is fetched on demand. */
export { nextOpening } from '@firstword/shared/hours';
export { applyTheme } from './extras/apply-theme.ts';
export { Attach } from './extras/attach.tsx';
export { ContactForm } from './extras/contact-form.tsx';
export { copyByCommand } from './extras/copy-text.ts';
export { extraTexts, loadExtraTexts } from './extras/extra-texts.ts';
export { default as css } from './extras/extras.css?inline';
export { FileLink } from './extras/file-link.tsx';
export { HandOffCard } from './extras/hand-off-card.tsx';
export { PreChat } from './extras/pre-chat.tsx';
export { ReasonForm } from './extras/reason-form.tsx';
export { Satisfaction } from './extras/satisfaction.tsx';
export { playTone } from './extras/tone.ts';
export { readAll, saveText, transcript } from './extras/transcript.ts';
