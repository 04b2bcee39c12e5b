import type { Bytes } from '../bytes.ts';
import type { SealedDraftPage } from '../drafts/draft-view.ts';
import type { LetterView, SealedLetterPage, StampView } from '../letters/letter-view.ts';

interface ExportedFriend {
  username: string;
  displayName: string;
  since: Date;
}

/** The account data that an installation stores in the clear. */
export interface ExportedAccount {
  profile: {
    username: string;
    displayName: string;
    email: string;
    emailVerifiedAt: Date | null;
    mobile: string | null;
    timeZone: string | null;
    locale: string | null;
    friendCode: string;
    joinedAt: Date;
    deleteAt: Date | null;
  };
  friends: {
    friends: ExportedFriend[];
    asking: ExportedFriend[];
    asked: ExportedFriend[];
    blocked: ExportedFriend[];
  };
  /** One-time invitations that nobody has accepted. */
  invitations: { createdAt: Date; expiresAt: Date }[];
  settings: { notifications: Record<string, unknown> };
  devices: { device: string | null; since: Date; lastSeenAt: Date }[];
  activity: { kind: string; device: string | null; address: string | null; at: Date }[];
  feedback: { subject: string; message: string; at: Date }[];
}

/**
 * The source of an export's sealed data: stores on the server, procedures in a browser. Each call
 * may fail, which costs the export only that item.
 */
export interface ExportSource {
  account(): Promise<ExportedAccount>;
  inbox(cursor: string | null): Promise<SealedLetterPage>;
  /** What the user has taken out of the inbox. */
  archived(cursor: string | null): Promise<SealedLetterPage>;
  sent(cursor: string | null): Promise<SealedLetterPage>;
  letter(id: string): Promise<LetterView>;
  /** A photo in full size; `n` counts from 0. */
  photo(letterId: string, n: number): Promise<Bytes>;
  stamp(letterId: string): Promise<StampView>;
  drafts(cursor: string | null): Promise<SealedDraftPage>;
  draftPhoto(draftId: string, n: number): Promise<Bytes>;
}

export interface ExportFile {
  /** Path inside the archive, with `/`. */
  name: string;
  input: Bytes | string;
  lastModified: Date;
}
