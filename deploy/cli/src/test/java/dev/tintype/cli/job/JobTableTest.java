package dev.tintype.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobTableTest {
  @ParameterizedTest
  @CsvSource({"PT-5S, 0s", "PT59.9S, 59s", "PT1M, 1m", "PT23H59M, 23h", "P1D, 1d", "P400D, 400d"})
  void ageIsShownInItsLargestUnit(Duration age, String shown) {
    assertThat(JobTable.age(age)).isEqualTo(shown);
  }
}
