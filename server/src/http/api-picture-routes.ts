/** The picture of the signed-in agent, and which pictures the others have. */
import {
  type AgentPictureList,
  agentPicturesSchema,
  type OwnPicture,
  ownPictureSchema,
  PICTURE_MAX_BYTES,
  PICTURE_MAX_PX,
} from '@firstword/shared/agent-picture';
import type { Phrase } from '@firstword/shared/phrase';
import type { AgentPictures, PictureChange } from '../agents/agent-pictures.ts';
import { phrase } from '../lib/phrase.ts';
import { ApiRefusal } from './api-refusal.ts';
import { type ApiRoute, routeForAgents } from './api-route.ts';

export interface PictureRouteParts {
  readonly pictures: Pick<AgentPictures, 'all' | 'save' | 'remove'>;
}

const REFUSALS: Readonly<Record<Exclude<PictureChange['kind'], 'saved'>, Phrase>> = {
  type: phrase`This file is not a PNG or JPEG picture. Other types, such as GIF, WebP and SVG, are refused. Save it as one of the two.`,
  broken: phrase`This picture is damaged. Save it again as PNG or JPEG.`,
  'too-large': phrase`This picture has more than ${PICTURE_MAX_PX} × ${PICTURE_MAX_PX} pixels. Make it smaller.`,
};

export function createPictureRoutes({ pictures }: PictureRouteParts): ApiRoute[] {
  return [
    routeForAgents(
      {
        method: 'get',
        path: '/pictures',
        summary: 'Lists the files of agents’ pictures, by agent. Each is at `/pictures/{file}`.',
        answer: { status: 200, schema: agentPicturesSchema },
      },
      async (): Promise<AgentPictureList> => ({ pictures: { ...(await pictures.all()) } }),
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/picture',
        summary: 'Replaces the picture of the signed-in agent by a PNG or JPEG, whose metadata is removed.',
        bytesMax: PICTURE_MAX_BYTES,
        answer: { status: 200, schema: ownPictureSchema },
      },
      async ({ bytes }, { agent }): Promise<OwnPicture> => {
        const saved = await pictures.save(agent.id, bytes);
        if (saved.kind !== 'saved') throw new ApiRefusal('bad-request', REFUSALS[saved.kind]);
        return { picture: saved.picture };
      },
    ),
    routeForAgents(
      {
        method: 'delete',
        path: '/picture',
        summary: 'Deletes the picture of the signed-in agent.',
        answer: { status: 204 },
      },
      (_request, { agent }) => pictures.remove(agent.id),
    ),
  ];
}
