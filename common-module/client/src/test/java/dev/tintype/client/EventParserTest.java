package dev.tintype.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The rules of WHATWG HTML, section 9.2.6. */
class EventParserTest {
  private final EventParser parser = new EventParser("before", Duration.ofSeconds(3));

  @Test
  void anEventIsWhatStandsBeforeAnEmptyLine() {
    List<RemoteEvent> events = read("id: 7", "event: started", "data: {\"attempt\": 1}", "");

    assertThat(events).hasSize(1);
    assertThat(events.get(0).id()).isEqualTo("7");
    assertThat(events.get(0).name()).isEqualTo("started");
    assertThat(events.get(0).json().path("attempt").intValue()).isEqualTo(1);
    assertThat(parser.lastId()).isEqualTo("7");
  }

  @Test
  void dataOfSeveralLinesIsPutTogether() {
    assertThat(read("data: {\"a\":", "data:1", "data: }", "").get(0).json().path("a").intValue())
        .isEqualTo(1);
  }

  @Test
  void commentsAndUnknownFieldsAreNothing() {
    assertThat(read(":", ": hello", "", "color: red", "")).isEmpty();
  }

  @Test
  void dataThatIsNoJsonIsPassedOver() {
    assertThat(read("id: 9", "data", "", "data: hello", "")).isEmpty();
    assertThat(parser.lastId()).isEqualTo("9");
  }

  @Test
  void anEventWithoutANameIsAMessageAndKeepsTheLastId() {
    RemoteEvent event = read("data: 1", "").get(0);

    assertThat(event.name()).isEqualTo("message");
    assertThat(event.id()).isEqualTo("before");
  }

  @Test
  void aNameIsForgottenWithItsEvent() {
    assertThat(read("event: a", "data: 1", "", "data: 2", ""))
        .extracting(RemoteEvent::name)
        .containsExactly("a", "message");
  }

  @Test
  void anIdAloneIsKeptAndTellsNothing() {
    assertThat(read("id: 9", "")).isEmpty();
    assertThat(parser.lastId()).isEqualTo("9");
    assertThat(read("id", "")).isEmpty();
    assertThat(parser.lastId()).isEmpty();
  }

  @Test
  void whatIsCutOffWasNeverSent() {
    assertThat(read("id: 9", "data: 1")).isEmpty();
    assertThat(parser.lastId()).isEqualTo("before");
  }

  @Test
  void theServerSaysWhenToComeAgain() {
    read("retry: 40");
    assertThat(parser.retry()).hasMillis(40);
    read("retry: soon", "retry:", "retry: -1");
    assertThat(parser.retry()).hasMillis(40);
  }

  @Test
  void aByteOrderMarkBeforeTheFirstLineIsPassedOver() {
    assertThat(read("\uFEFFdata: 1", "", "\uFEFFdata: 2", "")).hasSize(1);
  }

  private List<RemoteEvent> read(String... lines) {
    return List.of(lines).stream().map(parser::line).flatMap(Optional::stream).toList();
  }
}
