import { hasInk } from '../schemas/has-ink.ts';

/** The title of a letter or a draft where there is something to see of it, else what stands in its place. */
export function titleOr(title: string | null | undefined, otherwise: string): string {
  return title && hasInk(title) ? title.trim() : otherwise;
}
