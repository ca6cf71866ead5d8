package dev.tintype.capture;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tintype.capture.field.Field;
import dev.tintype.capture.field.Values;
import dev.tintype.webhook.Webhook;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a client asks for. Two requests are equal if every option has the same value,
 * however it was written.
 *
 * @param values of options of {@link CaptureOptions#TABLE}
 */
public record CaptureRequest(Values values) {
  public CaptureRequest {
    Input.of(values);
  }

  /** A request for a capture as soon as possible, without a webhook or a reusable image. */
  public static CaptureRequest of(CaptureSpec capture) {
    return new CaptureRequest(capture.values());
  }

  /** The same with one option set. */
  public <T> CaptureRequest with(Field<T> option, T value) {
    return new CaptureRequest(values.with(option, value));
  }

  /** The same on another schedule. */
  public CaptureRequest on(Schedule schedule) {
    Values scheduled = values.with(Schedule.PRIORITY, schedule.priority());
    scheduled = scheduled.withOrWithout(Schedule.NOT_BEFORE, schedule.notBefore());
    scheduled = scheduled.withOrWithout(Schedule.DEADLINE, schedule.deadline());
    return new CaptureRequest(
        scheduled.withOrWithout(Schedule.QUEUE_TIMEOUT, schedule.queueTimeout()));
  }

  /** The request as its shortest body: equal requests have equal bodies. */
  public ObjectNode canonical() {
    return CaptureOptions.TABLE.write(values);
  }

  public CaptureSpec capture() {
    return new CaptureSpec(values);
  }

  public Schedule schedule() {
    return Schedule.of(values);
  }

  /**
   * The maximum age of an identical capture whose image may answer this one; null if the image has
   * to be a new one.
   */
  public @Nullable Duration cacheMaxAge() {
    return values.find(Cache.MAX_AGE);
  }

  /** The webhook of the job; null if only the tenant's endpoints are called. */
  public @Nullable Webhook webhook() {
    return JobWebhook.webhook(values);
  }

  /** The client's own JSON object; null for none. */
  public @Nullable String metadata() {
    return values.find(Metadata.METADATA);
  }
}
