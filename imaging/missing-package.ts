/** Returns the name of the package that an import failed to find, from Node's error. */
export function missingPackageOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'ERR_MODULE_NOT_FOUND') return;
  return /Cannot find package '([^']+)'/.exec(error.message)?.[1];
}
