// Plain JavaScript, so that it can say what is wrong on a Node that cannot run TypeScript.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `This is Node ${process.versions.node}; Project BFF brings its own Node 24 as an npm package. ` +
      'Run "npm install" again, without --ignore-scripts, and then the same command through npm.',
  );
  process.exit(1);
}
