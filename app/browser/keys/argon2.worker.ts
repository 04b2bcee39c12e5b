// biome-ignore lint/style/noRestrictedImports: the only part that runs by itself, and behind app/browser/keys/argon2.ts
import { argon2Wasm } from '#core/crypto/argon2-wasm.ts';
import type { Argon2Answer, Argon2Request } from './argon2-messages.ts';

const answer = (message: Argon2Answer) => postMessage(message);

addEventListener('message', ({ data }: MessageEvent<Argon2Request>) => {
  argon2Wasm(data).then(
    (derived) => answer({ derived }),
    (error: Error) => answer({ failed: error.message }),
  );
});
