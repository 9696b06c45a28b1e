/** A language as settings name it. */
import { z } from 'zod';

export const languageCodeSchema = z
  .string()
  .regex(/^[a-z]{2,3}$/, 'is not a language. Use a code of two or three letters such as de, without a region');
