/** Loads the code that opens photos and stamps; two lists of its parts would weigh on the page. */
export const loadOpenPhoto = () => import('#core/letters/open-photo.ts');
