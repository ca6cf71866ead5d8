package dev.tintype.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.api.ApiUnderTest.Answer;
import dev.tintype.job.JobId;
import dev.tintype.queue.Assignment;
import dev.tintype.queue.LeaseReply;
import dev.tintype.testing.Fixtures;
import dev.tintype.testing.QueueAccess;
import java.util.List;
import org.junit.jupiter.api.Test;

class CancelTest extends WithApi {
  @Test
  void aQueuedJobIsCancelledAndNeverRuns() {
    JobId id = api.submit();

    Answer answer = api.cancel(id);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("state").textValue()).isEqualTo("cancelled");
    assertThat(api.worker().claim(QueueAccess.WORKER, "nonce").await()).isEmpty();
  }

  @Test
  void cancellingTwiceIsAnsweredTwice() {
    JobId id = api.submit();
    api.cancel(id);

    assertThat(api.cancel(id).status()).isEqualTo(200);
  }

  @Test
  void aRunningJobIsCancelledAndItsWorkerIsTold() {
    JobId id = api.submit();
    Assignment running = api.claim();

    assertThat(api.cancel(id).json().path("state").textValue()).isEqualTo("cancelled");

    assertThat(api.worker().renew(QueueAccess.WORKER, List.of(running.lease())).await())
        .containsValue(LeaseReply.CANCELLED);
    assertThat(api.get("/v1/jobs/" + id + "/image").code()).isEqualTo("capture_failed");
  }

  @Test
  void aFinishedJobCannotBeCancelled() {
    JobId id = api.submit();
    Assignment running = api.claim();
    api.worker().complete(running.lease(), Fixtures.aResult()).await();

    Answer answer = api.cancel(id);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("job_finished");
  }

  @Test
  void whoeverWaitsForAJobHearsAtOnceThatItIsCancelled() throws InterruptedException {
    JobId id = api.submit();
    var waiting = api.sendAsync(api.request("/v1/jobs/" + id + "?wait=2").build());
    api.awaitWait();

    api.cancel(id);

    assertThat(waiting.join().json().path("state").textValue()).isEqualTo("cancelled");
  }

  @Test
  void aDeletedJobIsGoneAndNotUnknown() {
    JobId id = api.submit();

    assertThat(api.delete(id).status()).isEqualTo(204);

    for (String path : List.of("/v1/jobs/" + id, "/v1/jobs/" + id + "/image")) {
      Answer answer = api.get(path);
      assertThat(answer.status()).isEqualTo(410);
      assertThat(answer.code()).isEqualTo("job_gone");
      assertThat(answer.json().path("detail").textValue()).contains("a client deleted it");
    }
    assertThat(api.delete(id).status()).as("again").isEqualTo(204);
    assertThat(api.cancel(id).status()).isEqualTo(410);
  }

  @Test
  void aJobThatNeverWasIsNotFound() {
    JobId id = Fixtures.aJobId();

    assertThat(api.delete(id).status()).isEqualTo(404);
    assertThat(api.cancel(id).status()).isEqualTo(404);
  }
}
