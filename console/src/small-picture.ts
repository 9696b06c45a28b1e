/** Makes a picture small and square before it is sent, without what the camera wrote into it. */
const SIDE_PX = 256;
const QUALITY = 0.9;

/** The middle of it, as a JPEG; undefined for a file that the browser can't read as a picture. */
export async function smallPicture(file: Blob): Promise<Blob | undefined> {
  const picture = await createImageBitmap(file).catch(() => undefined);
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (picture === undefined || context === null) return undefined;
  const { width, height } = picture;
  const side = Math.min(width, height);
  canvas.width = SIDE_PX;
  canvas.height = SIDE_PX;
  // Where the picture is transparent.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, SIDE_PX, SIDE_PX);
  context.drawImage(picture, (width - side) / 2, (height - side) / 2, side, side, 0, 0, SIDE_PX, SIDE_PX);
  picture.close();
  return new Promise((resolve) => canvas.toBlob((made) => resolve(made ?? undefined), 'image/jpeg', QUALITY));
}
