// A worker with BullMQ's own settings, and a job that does not end; says when it begins with one.
//
// node worker.mjs REDIS-URI QUEUE
import { Worker } from 'bullmq';
import { connectionTo } from './connection.mjs';

const [uri, name] = process.argv.slice(2);
const endless = () => {
  console.log('event=began');
  return new Promise(() => {});
};
const worker = new Worker(name, endless, { connection: connectionTo(uri) });
await worker.waitUntilReady();
console.log('event=ready');
