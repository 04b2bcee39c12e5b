import { z } from 'zod';
import { isInvitationToken } from '../friends/invitation-link.ts';
import { isId, normalizeFriendCode } from '../id.ts';
import { username } from './accounts.ts';

/** Ten characters of Crockford base32; ignores case and hyphens, and corrects look-alikes. */
const friendCode = z.string({ error: 'Enter your friend’s code.' }).transform((text, context) => {
  const code = normalizeFriendCode(text);
  if (code) return code;
  context.addIssue({
    code: 'custom',
    message: 'Friend codes have ten letters and digits, like 7KQ2M-X4R9T.',
  });
  return z.NEVER;
});

export const friendCodeInput = z.object({ code: friendCode });
export const friendNameInput = z.object({ username });

export const invitationTokenInput = z.object({
  token: z
    .string()
    .refine(isInvitationToken, 'This link seems to be cut off. Ask your friend for the whole link.'),
});
export const invitationIdInput = z.object({ id: z.string().refine(isId, 'not an id') });
