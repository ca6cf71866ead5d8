package dev.tintype.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;

/** The jobs of a server, asked for a page at a time, each when it is wanted. Not thread-safe. */
final class JobPages implements Iterator<RemoteJob> {
  private final Exchanges exchanges;
  private final JobQuery query;
  private final Queue<RemoteJob> jobs = new ArrayDeque<>();
  private String next; // Empty when there are no more.

  JobPages(Exchanges exchanges, JobQuery query) {
    this.exchanges = exchanges;
    this.query = query;
    this.next = query.path();
  }

  @Override
  public boolean hasNext() {
    // A page may be empty while there are more: the server looks at a bounded number of jobs.
    while (jobs.isEmpty() && !next.isEmpty()) {
      turn();
    }
    return !jobs.isEmpty();
  }

  @Override
  public RemoteJob next() {
    if (!hasNext()) {
      throw new NoSuchElementException("there are no more jobs");
    }
    return jobs.remove();
  }

  private void turn() {
    Answer answer = Answer.of(exchanges.retrying(exchanges.request(next).build(), Exchanges.SHORT));
    JsonNode list = answer.json().path("jobs");
    if (!answer.isSuccess() || !list.isArray()) {
      throw new ProblemException(exchanges.server(), answer);
    }
    list.forEach(job -> jobs.add(new RemoteJob(job)));
    JsonNode cursor = answer.json().path("cursor");
    next = cursor.isTextual() ? query.pathAfter(cursor.textValue()) : "";
  }
}
