/** Agents' pictures: their limits, and the REST answers about them. */
import { z } from 'zod';

/** The console sends far less: it makes the picture small first. */
export const PICTURE_MAX_BYTES = 256 * 1024;
/** Of each side. */
export const PICTURE_MAX_PX = 1024;

/** `GET /api/v1/pictures`: the file of each agent who has one, below `/pictures`. */
export const agentPicturesSchema = z.object({ pictures: z.record(z.string(), z.string()) });
export type AgentPictureList = z.infer<typeof agentPicturesSchema>;

/** `POST /api/v1/picture` */
export const ownPictureSchema = z.object({ picture: z.string() });
export type OwnPicture = z.infer<typeof ownPictureSchema>;
