/** A file sent by the visitor: pictures are shown, other files are downloaded. The server serves them to signed-in agents only. */
import { PICTURE_TYPES } from '@firstword/shared/files';
import type { SentFile } from '@firstword/shared/wire';
import { basePath } from '../base-path.ts';
import { sizeText } from '../figures.ts';
import { ticketTexts } from '../texts/ticket-texts.ts';

export function FileView({ file, conversationId }: { file: SentFile; conversationId: string }) {
  const { id, name, type, size, risk } = file;
  const address = `${basePath}/files/${encodeURIComponent(conversationId)}/${encodeURIComponent(id)}`;
  const isPicture = PICTURE_TYPES.includes(type);
  return (
    <p class="file">
      <a href={address} {...(isPicture ? { target: '_blank', rel: 'noopener noreferrer' } : { download: name })}>
        {isPicture && <img class="file__picture" src={address} alt="" loading="lazy" />}
        <span dir="auto">{name}</span>
      </a>{' '}
      <span class="file__size">{sizeText(size)}</span>
      {risk !== undefined && <strong class="file__risk">{ticketTexts.fileRisks[risk]}</strong>}
    </p>
  );
}
