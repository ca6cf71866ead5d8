// How a process of BullMQ reaches Redis, from an address redis://HOST:PORT.
export function connectionTo(uri) {
  const { hostname, port } = new URL(uri);
  return { host: hostname, port: Number(port) };
}
