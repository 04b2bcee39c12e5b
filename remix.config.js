/** The Remix options, imported by vite.config.ts. */
export default {
  appDirectory: 'app',
  // scripts/build.js builds beside the pages that are being served and then swaps the folders.
  buildDirectory: process.env.BUILD_DIRECTORY || 'build',
  future: {
    v3_fetcherPersist: true,
    v3_lazyRouteDiscovery: false,
    v3_relativeSplatPath: true,
    v3_routeConfig: true,
    v3_singleFetch: true,
    v3_throwAbortReason: true,
  },
};
