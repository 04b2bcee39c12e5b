/** Photos in the order their ids are named in; those that are not named come after them, as they were. */
export function orderPhotos<Photo extends { photoId: string }>(
  photos: readonly Photo[],
  order: readonly string[],
): Photo[] {
  const placeOf = ({ photoId }: Photo) => (order.includes(photoId) ? order.indexOf(photoId) : order.length);
  return [...photos].sort((one, other) => placeOf(one) - placeOf(other));
}

/** The ways a photo can go among the others. */
export const photoWays = { earlier: -1, later: 1 } as const;
export type PhotoWay = keyof typeof photoWays;

/** A list whose item has changed places with its neighbour, if it has one there. */
export function movePhoto<Item>(list: readonly Item[], item: Item, way: PhotoWay): Item[] {
  const from = list.indexOf(item);
  const to = from + photoWays[way];
  if (from < 0 || to < 0 || to >= list.length) return [...list];
  const moved = [...list];
  moved.splice(to, 0, ...moved.splice(from, 1));
  return moved;
}
