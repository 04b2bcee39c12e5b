import { createMemoryQueue } from '#server/queue/memory.ts';
import { describeQueue } from './queue-contract.ts';

console.log('queue contract: memory runs');
describeQueue('memory', { priorities: true }, async () => {
  const driver = createMemoryQueue();
  return {
    driver,
    moment: 60,
    realMoment: 60,
    interval: { every: 300, real: 300 },
    close: () => driver.close(),
  };
});
