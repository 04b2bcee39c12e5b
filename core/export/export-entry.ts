/** A photo as an export has it; without a file it is missing, and `trouble` says why. */
export interface EntryPhoto {
  file: string | null;
  caption: string;
  width: number;
  height: number;
  trouble: string | null;
}

/** A letter or draft as its page and its JSON show it. Files are named relative to its own folder. */
export interface ExportEntry {
  id: string;
  kind: 'received' | 'sent' | 'draft';
  /** Inside the archive, without a slash at the end. */
  folder: string;
  from: string;
  to: string;
  /** When it was sent, or last saved. */
  at: Date;
  status: string;
  deliveredAt: Date | null;
  readAt: Date | null;
  /** Null when it could not be opened; `trouble` then says why. */
  content: { title: string; body: string; photos: EntryPhoto[] } | null;
  stampFile: string | null;
  trouble: string | null;
}

/** What the table of contents keeps of an entry: no text, so that a thousand letters take no room. */
export type EntryLine = Pick<ExportEntry, 'id' | 'kind' | 'folder' | 'from' | 'to' | 'at' | 'trouble'> & {
  title: string | null;
  photos: number;
  missingPhotos: number;
};

export function lineOf({ id, kind, folder, from, to, at, trouble, content }: ExportEntry): EntryLine {
  const photos = content?.photos ?? [];
  return {
    ...{ id, kind, folder, from, to, at, trouble },
    title: content?.title ?? null,
    photos: photos.length,
    missingPhotos: photos.filter(({ file }) => file === null).length,
  };
}

/** Why something is missing, in words. */
export const troubles = {
  locked: 'This was sealed with the keys you had before you started over. It can’t be opened any more.',
  damaged: 'This is damaged or has been tampered with, so it isn’t shown.',
  unreachable: 'We couldn’t fetch this when your copy was made. Make another copy later.',
  photo: 'This photo is damaged or missing.',
} as const;

/** A folder's name: the day, the friend's name and the id, of characters that every file system takes. */
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

/** `photo-1.jpg`; an unknown type gets a name that no program opens by itself. */
export function photoFile(n: number, mediaType: string): string {
  return `photo-${n + 1}.${extensions[mediaType] ?? 'bin'}`;
}
