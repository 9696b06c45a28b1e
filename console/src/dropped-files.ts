/** The files of a paste or a drop. */

/** Undefined where it is about text: Office programs add a picture of the copied text. */
export function filesOf(data: DataTransfer | null): readonly File[] | undefined {
  if (!data?.types.includes('Files') || data.types.includes('text/plain')) return undefined;
  return [...data.files];
}
