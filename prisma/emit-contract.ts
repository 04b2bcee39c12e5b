import path from 'node:path';
import { defineConfig } from '@prisma/orm-mongo/config';
import { executeContractEmit } from '@prisma/orm-toolchain/cli/control-api';

const here = import.meta.dirname;

/**
 * Writes `contract.json` and `contract.d.ts` from `schema.prisma`.
 *
 * @param outputPath absolute path of the folder to write into
 * @throws when the schema has a mistake, with its place
 */
export async function emitContract(outputPath: string): Promise<void> {
  await executeContractEmit({
    config: defineConfig({ contract: path.join(here, 'schema.prisma') }),
    cwd: here,
    projectDir: path.dirname(here),
    outputPath,
  });
}

if (import.meta.main) await emitContract(here);
