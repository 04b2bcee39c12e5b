import { z } from 'zod';
import { passwordProof } from './accounts.ts';

export const beginExportInput = z.object({ proof: passwordProof });
export type BeginExportInput = z.infer<typeof beginExportInput>;
