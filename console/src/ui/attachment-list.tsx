/** The files of the reply: those that are uploaded, and those on their way or refused. */
import { FILE_TYPES, PICTURE_TYPES } from '@firstword/shared/files';
import type { SentFile } from '@firstword/shared/wire';
import type { Upload } from '../attachments.ts';
import { basePath } from '../base-path.ts';
import { sizeText } from '../figures.ts';
import { faultText, attachmentTexts as texts } from '../texts/attachment-texts.ts';
import type { Workspace } from '../workspace.ts';
import { Icon } from './icons.tsx';

const MB = 1024 * 1024;

export function AttachmentList({ workspace }: { workspace: Workspace }) {
  const { ticket } = workspace;
  const detail = ticket.current.value?.detail;
  const attached = ticket.draft.value?.attachments ?? [];
  const uploads = ticket.attachments.uploads.value;
  if (detail === undefined || attached.length + uploads.length === 0) return null;
  return (
    <ul class="attachments" aria-label={texts.attachments}>
      {attached.map((file) => (
        <Attached key={file.id} file={file} ticket={ticket} conversationId={detail.ticket.conversationId} />
      ))}
      {uploads.map((upload) => (
        <Uploading key={upload.id} upload={upload} ticket={ticket} />
      ))}
    </ul>
  );
}

type TicketProp = Pick<Workspace, 'ticket'>;

function Attached({ file, ticket, conversationId }: TicketProp & { file: SentFile; conversationId: string }) {
  const address = `${basePath}/files/${encodeURIComponent(conversationId)}/${encodeURIComponent(file.id)}`;
  return (
    <li class="attachment">
      {PICTURE_TYPES.includes(file.type) ? (
        <img class="attachment__picture" src={address} alt="" />
      ) : (
        <Icon name="article" size={16} />
      )}
      <span class="attachment__name" dir="auto">
        {file.name}
      </span>
      <span class="attachment__size">{sizeText(file.size)}</span>
      <Remove name={file.name} onRemove={() => ticket.detach(file)} />
    </li>
  );
}

function Uploading({ upload, ticket }: TicketProp & { upload: Upload }) {
  const { file, share, fault } = upload;
  const uploads = ticket.current.value?.detail?.uploads;
  const endings = (uploads?.types ?? []).flatMap((type) => FILE_TYPES[type].extensions).join(', ');
  const size = sizeText((uploads?.maxMb ?? 0) * MB);
  return (
    <li class={fault === undefined ? 'attachment' : 'attachment attachment--failed'}>
      <span class="attachment__name" dir="auto">
        {file.name}
      </span>
      {fault === undefined ? (
        <progress class="attachment__bar" aria-label={texts.uploading(file.name)} value={share} />
      ) : (
        <span class="attachment__fault">
          <span role="alert">{faultText(fault, { endings, size })}</span>{' '}
          {fault === 'failed' && (
            <button type="button" class="link" onClick={() => ticket.attachments.retry(upload)}>
              {texts.retry}
            </button>
          )}
        </span>
      )}
      <Remove name={file.name} onRemove={() => ticket.attachments.cancel(upload)} />
    </li>
  );
}

function Remove({ name, onRemove }: { name: string; onRemove: () => void }) {
  return (
    <button
      type="button"
      class="icon-button attachment__remove"
      aria-label={texts.remove(name)}
      title={texts.remove(name)}
      onClick={onRemove}
    >
      <Icon name="cross" size={14} />
    </button>
  );
}
