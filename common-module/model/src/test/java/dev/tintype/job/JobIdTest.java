package dev.tintype.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class JobIdTest {
  private final SecureRandom random = new SecureRandom();

  @Test
  void laterIdsSortAfterEarlierOnes() {
    Instant now = Instant.parse("2026-11-22T00:00:00Z");

    assertThat(JobId.next(now, random)).isLessThan(JobId.next(now.plusMillis(1), random));
  }

  @Test
  void idsOfOneMomentDiffer() {
    assertThat(JobId.next(Instant.EPOCH, random)).isNotEqualTo(JobId.next(Instant.EPOCH, random));
  }

  @Test
  void whatCouldLeaveItsKeyIsNoId() {
    assertThatThrownBy(() -> new JobId("../../../../../../../../aa"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Tenant("a:b")).isInstanceOf(IllegalArgumentException.class);
  }
}
