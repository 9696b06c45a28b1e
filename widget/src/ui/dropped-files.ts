/** Files that the visitor drops or pastes anywhere in the chat. */

/** The files of a drop or paste; undefined where it is about text. */
export function filesOf(data: DataTransfer | null): readonly File[] | undefined {
  if (!data?.types.includes('Files')) return undefined;
  // Office programs add a picture of the copied text.
  return data.types.includes('text/plain') ? undefined : [...data.files];
}
