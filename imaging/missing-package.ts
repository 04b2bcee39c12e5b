/** The name of the package that an import failed for, because it is not installed; by what Node says of it. */
export function missingPackageOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'ERR_MODULE_NOT_FOUND') return;
  return /Cannot find package '([^']+)'/.exec(error.message)?.[1];
}
