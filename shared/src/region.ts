/** The schema of a region's name. */
import { z } from 'zod';

export const regionSchema = z
  .string()
  .regex(
    /^(?=.{1,32}$)[a-z0-9]+(-[a-z0-9]+)*$/,
    'is not the name of a region. Use 1 to 32 characters: a-z, 0-9, and single - between them',
  );
