// BullMQ's rounds: reads the name of a queue a line, lets one round of jobs pass through it, and answers with the seconds that it took.
//
// node cycles.mjs REDIS-URI JOBS CONCURRENCY DATA RESULT
import { createInterface } from 'node:readline';
import { Queue, Worker } from 'bullmq';
import { connectionTo } from './connection.mjs';

const [uri, jobs, concurrency, data, result] = process.argv
  .slice(2)
  .map((argument, i) => (i === 0 ? argument : JSON.parse(argument)));
const KEEP_SECONDS = 24 * 60 * 60; // as long as Tintype keeps a finished job

async function round(name) {
  const queue = new Queue(name, {
    connection: connectionTo(uri),
    defaultJobOptions: { removeOnComplete: { age: KEEP_SECONDS } },
  });
  const worker = new Worker(name, async () => result, { connection: connectionTo(uri), concurrency });
  await Promise.all([queue.waitUntilReady(), worker.waitUntilReady()]);

  const allCompleted = new Promise((resolve, reject) => {
    let completed = 0;
    worker.on('completed', () => ++completed === jobs && resolve());
    worker.on('failed', (job, failure) => reject(failure));
    worker.on('error', reject);
  });
  let added = 0;
  const add = async () => {
    while (added < jobs) {
      added++;
      await queue.add('capture', data);
    }
  };
  const begin = process.hrtime.bigint();
  await Promise.all([allCompleted, ...Array.from({ length: concurrency }, add)]);
  const seconds = Number(process.hrtime.bigint() - begin) / 1e9;

  await worker.close();
  await queue.close();
  return seconds;
}

for await (const name of createInterface({ input: process.stdin })) {
  console.log(await round(name));
}
