import { z } from 'zod';
import { limits } from './limits.ts';

export const feedbackInput = z.object({
  subject: z
    .string({ error: 'Give it a subject.' })
    .trim()
    .min(limits.feedbackSubjectMin, 'Give it a subject.')
    .max(limits.feedbackSubjectMax, `A subject has at most ${limits.feedbackSubjectMax} characters.`)
    .regex(/^[^\r\n]*$/, 'A subject is one line.'),
  message: z
    .string({ error: 'The message is still empty.' })
    .max(limits.feedbackMessageMax, `A message has at most ${limits.feedbackMessageMax} characters.`)
    .refine((text) => text.trim().length > 0, 'The message is still empty.'),
});
export type FeedbackInput = z.infer<typeof feedbackInput>;
