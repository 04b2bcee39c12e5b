import { defineConfig } from 'vitest/config';
import settings from './vitest.config.ts';

// For `npm run mutate`, which names the kinds of tests that look for faults.
const kinds = process.env.MUTATE_KINDS?.split(',') ?? ['unit'];

export default defineConfig({
  test: {
    ...settings.test,
    projects: settings.test?.projects?.filter(
      (project) =>
        typeof project === 'object' && 'test' in project && kinds.includes(String(project.test?.name)),
    ),
  },
});
