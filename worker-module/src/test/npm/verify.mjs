// Verifies what stands on standard input, one JSON object a line: key, headers, body. Answers each with a line, true or false.
import { createInterface } from "node:readline";
import { Webhook } from "standardwebhooks";

for await (const line of createInterface({ input: process.stdin })) {
  const { key, headers, body } = JSON.parse(line);
  try {
    new Webhook(key).verify(body, headers);
    console.log("true");
  } catch (refused) {
    console.log("false");
  }
}
