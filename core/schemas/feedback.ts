import { z } from 'zod';
import { limits } from './limits.ts';

export const feedbackInput = z.object({
  subject: z
    .string({ error: 'Add a short subject.' })
    .trim()
    .min(limits.feedbackSubjectMin, 'Add a short subject.')
    .max(limits.feedbackSubjectMax, `Subjects can have at most ${limits.feedbackSubjectMax} characters.`)
    .regex(/^[^\r\n]*$/, 'Keep the subject to one line.'),
  message: z
    .string({ error: 'Write a message first.' })
    .max(limits.feedbackMessageMax, `Messages can have at most ${limits.feedbackMessageMax} characters.`)
    .refine((text) => text.trim().length > 0, 'Write a message first.'),
});
export type FeedbackInput = z.infer<typeof feedbackInput>;
