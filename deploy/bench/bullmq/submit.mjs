// Adds one job.
//
// node submit.mjs REDIS-URI QUEUE DATA
import { Queue } from 'bullmq';
import { connectionTo } from './connection.mjs';

const [uri, name, data] = process.argv.slice(2);
const queue = new Queue(name, { connection: connectionTo(uri) });
await queue.add('capture', JSON.parse(data));
await queue.close();
