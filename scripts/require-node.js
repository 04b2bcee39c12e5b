// Plain JavaScript, so that it can report an old Node that can't run TypeScript.
const major = Number(process.versions.node.split('.')[0]);
if (process.platform === 'win32') {
  console.error('Project BFF runs on Linux and macOS. On Windows, run it in WSL.');
  process.exit(1);
}
if (major < 24) {
  console.error(
    `This is Node ${process.versions.node}; Project BFF needs Node 24 or newer. "npm install" brings it along on Linux and macOS ` +
      '(x64 and arm64): run it again, without --omit=optional, and then the same command through npm. ' +
      'On another system, install Node 24 first.',
  );
  process.exit(1);
}
