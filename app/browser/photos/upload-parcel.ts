import { parse } from 'devalue';
import type { Bytes } from '#core/bytes.ts';

/** Seconds before each further try. */
const pauses = [1, 2, 4, 8, 15];

/** The server does not take it; the message is a sentence for the person. */
export class UploadRefused extends Error {
  override readonly name = 'UploadRefused';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The network stayed away, or the server busy, at every try. */
export class UploadFailed extends Error {
  override readonly name = 'UploadFailed';
}

/**
 * Sends one parcel, and sends it again while the network is away or the server is busy: the same photo twice is one photo.
 * @throws UploadRefused, UploadFailed
 */
export async function uploadParcel(parcel: Bytes, onWaiting: () => void): Promise<void> {
  for (const pause of [...pauses, null]) {
    const response = await send(parcel);
    if (response?.ok) return;
    if (response && response.status !== 429 && response.status < 500) throw await refusalOf(response);
    if (pause === null) break;
    onWaiting();
    await new Promise((resolve) => setTimeout(resolve, pause * 1000));
  }
  throw new UploadFailed('The photo could not be sent: the network is away.');
}

async function send(parcel: Bytes): Promise<Response | null> {
  try {
    return await fetch('/api/trpc/photos.uploadSealed', {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: parcel,
    });
  } catch {
    return null;
  }
}

async function refusalOf(response: Response): Promise<UploadRefused> {
  try {
    const { error } = (await response.json()) as { error: string };
    return new UploadRefused(response.status, (parse(error) as { message: string }).message);
  } catch {
    return new UploadRefused(response.status, 'The server did not take this photo.');
  }
}
