package dev.tintype.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.api.ApiUnderTest.Answer;
import dev.tintype.api.access.Tenants;
import dev.tintype.job.Tenant;
import dev.tintype.queue.TenantPlan;
import dev.tintype.testing.RedisServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a client hears that asks for too much. */
class LimitsTest {
  @RegisterExtension static final RedisServer redis = RedisServer.bundled();

  private static final String CAPTURE = "{\"html\": \"<p>hello\"}";

  private ApiUnderTest api;

  @BeforeEach
  void start() {
    var few = new TenantPlan(1, 10, 2, 0, 1);
    var slow = new TenantPlan(1, 10, 100, 0.1, 2);
    api =
        new ApiUnderTest(
            redis.uri(),
            new Tenants(
                "X-Tenant",
                TenantPlan.DEFAULT,
                Map.of(new Tenant("few"), few, new Tenant("slow"), slow)));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void aTenantWithAllItsJobsWaitingIsToldToComeBack() {
    api.post(CAPTURE, "X-Tenant", "few");
    api.post(CAPTURE, "X-Tenant", "few");

    Answer answer = api.post(CAPTURE, "X-Tenant", "few");

    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.code()).isEqualTo("too_many_waiting");
    assertThat(answer.json().path("detail").textValue()).startsWith("2 of your jobs wait");
    assertThat(answer.header("Retry-After")).isEqualTo("5");
    assertThat(api.post(CAPTURE, "X-Tenant", "other").status()).isEqualTo(202);
  }

  @Test
  void whoseBatchCouldNeverComeInIsNotToldToComeBack() {
    Answer answer =
        api.send(
            api.request("/v1/batches")
                .header("X-Tenant", "few")
                .POST(
                    BodyPublishers.ofString(
                        "{\"captures\": [%1$s, %1$s, %1$s]}".formatted(CAPTURE)))
                .build());

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().at("/errors/0/pointer").textValue()).isEqualTo("/captures");
    assertThat(answer.json().at("/errors/0/detail").textValue()).contains("allowed are 2 here");
    assertThat(answer.header("Retry-After")).isEmpty();
  }

  @Test
  void aTenantThatIsTooFastIsToldWhenItsNextTurnIs() {
    api.post(CAPTURE, "X-Tenant", "slow");
    api.post(CAPTURE, "X-Tenant", "slow");

    Answer answer = api.post(CAPTURE, "X-Tenant", "slow");

    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.code()).isEqualTo("too_fast");
    assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(8, 10);
  }

  @Test
  void aNameThatIsNoTenantIsRefused() {
    Answer answer = api.post(CAPTURE, "X-Tenant", "Some Body");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("detail").textValue()).contains("X-Tenant", "a-z");
  }

  @Test
  void withoutTheHeaderARequestIsOfTheDefaultTenant() {
    api.post(CAPTURE);

    assertThat(api.claim().lease().attempt()).isEqualTo(1);
  }
}
