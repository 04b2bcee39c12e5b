import type { Stationery } from '../schemas/stationery.ts';

/** A photo in an export. Without a file it is missing, and `trouble` says why. */
export interface EntryPhoto {
  file: string | null;
  caption: string;
  alt: string;
  width: number;
  height: number;
  trouble: string | null;
}

/** A letter or draft for its page and its JSON. File names are relative to its folder. */
export interface ExportEntry {
  id: string;
  kind: 'received' | 'sent' | 'draft';
  /** Path in the archive, without a slash at the end. */
  folder: string;
  from: string;
  to: string;
  at: Date;
  status: string;
  deliveredAt: Date | null;
  readAt: Date | null;
  starred: boolean;
  archived: boolean;
  /** Null if it couldn't be opened; `trouble` says why. */
  content: { title: string; body: string; photos: EntryPhoto[]; stationery: Stationery } | null;
  stampFile: string | null;
  trouble: string | null;
}

/**
 * An entry in the table of contents. It holds no text, so that a thousand letters need little
 * memory.
 */
export type EntryLine = Pick<
  ExportEntry,
  'id' | 'kind' | 'folder' | 'from' | 'to' | 'at' | 'starred' | 'archived' | 'trouble'
> & {
  title: string | null;
  photos: number;
  missingPhotos: number;
};

export function lineOf(entry: ExportEntry): EntryLine {
  const { id, kind, folder, from, to, at, starred, archived, trouble, content } = entry;
  const photos = content?.photos ?? [];
  return {
    ...{ id, kind, folder, from, to, at, starred, archived, trouble },
    title: content?.title ?? null,
    photos: photos.length,
    missingPhotos: photos.filter(({ file }) => file === null).length,
  };
}

export const troubles = {
  locked: 'This was sealed with the keys you had before you started over. It can’t be opened any more.',
  damaged: 'This is damaged or has been tampered with, so it isn’t shown.',
  unreachable: 'We couldn’t fetch this when your copy was made. Make another copy later.',
  photo: 'This photo is damaged or missing.',
} as const;

/**
 * Makes a folder path from the day, the friend's name and the id, in characters that every file
 * system accepts.
 */
export function folderOf(kind: ExportEntry['kind'], at: Date, friend: string, id: string): string {
  const safe = (text: string) => text.replace(/[^a-z0-9_]/g, '');
  const day = Number.isNaN(at.getTime()) ? 'undated' : at.toISOString().slice(0, 10);
  const group = kind === 'draft' ? 'drafts' : `letters/${kind}`;
  return `${group}/${[day, safe(friend) || (kind === 'draft' ? 'nobody' : 'former-friend'), safe(id)].join('-')}`;
}

const extensions: Record<string, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/avif': 'avif',
};

/**
 * Names a photo file, like `photo-1.jpg`. An unknown type gets an extension that no program opens.
 */
export function photoFile(n: number, mediaType: string): string {
  return `photo-${n + 1}.${extensions[mediaType] ?? 'bin'}`;
}
