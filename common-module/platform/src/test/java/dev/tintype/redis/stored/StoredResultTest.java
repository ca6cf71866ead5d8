package dev.tintype.redis.stored;

import static dev.tintype.testing.Fixtures.aResultOf;
import static dev.tintype.testing.Fixtures.anImage;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.capture.Format.ImageType;
import dev.tintype.job.CaptureResult;
import dev.tintype.job.CaptureResult.Image;
import dev.tintype.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Results in Redis, which processes of two versions read during an upgrade. */
class StoredResultTest {
  /** As commit e61c90e, the last with a single image, stored it. */
  private static final String WITH_SINGLE_IMAGE =
      "{\"image\":{\"key\":\"01kb:1-n\",\"type\":\"webp\",\"bytes\":1234,\"sha256\":\""
          + "ab".repeat(32)
          + "\",\"width\":640,\"height\":480},\"finalUrl\":\"https://example.com/\",\"status\":404,"
          + "\"title\":\"Lost\",\"steps\":[{\"step\":\"open\",\"took\":\"PT0.006811322S\"}],"
          + "\"warnings\":[{\"code\":\"page_cut\",\"message\":\"cut\"}]}";

  @Test
  void resultWithSingleImageOfOlderVersionIsRead() {
    CaptureResult result = StoredResult.read(WITH_SINGLE_IMAGE);

    assertThat(result.images())
        .containsExactly(
            new Image("image", "01kb:1-n", ImageType.WEBP, 1234, "ab".repeat(32), 640, 480));
    assertThat(result.status()).isEqualTo(404);
    assertThat(result.steps()).hasSize(1);
    assertThat(result.warnings()).hasSize(1);
  }

  @Test
  void resultWithSingleImageIsStoredAsOlderVersionsReadIt() {
    assertThat(StoredResult.write(StoredResult.read(WITH_SINGLE_IMAGE)))
        .isEqualTo(WITH_SINGLE_IMAGE);
  }

  @Test
  void olderVersionsFindTheFirstOfSeveralImages() {
    CaptureResult result = aResultOf(anImage("image", "k", 3), anImage("top", "k.1", 5));

    String stored = StoredResult.write(result);

    assertThat(StoredResult.read(stored)).isEqualTo(result);
    JsonNode first = Json.read(stored, JsonNode.class).path("image");
    assertThat(List.of(first.path("key").textValue(), first.path("bytes").intValue()))
        .isEqualTo(List.of("k", 3));
  }
}
