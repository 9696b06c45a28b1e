/** Compares a draft with the message that was sent: blanks and the encoding of accents may differ, letters may not. */
export function sameText(draft: string, sent: string): boolean {
  return normalised(draft) === normalised(sent);
}

const normalised = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ').trim();
