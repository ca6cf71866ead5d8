package dev.tintype.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a client asks for.
 *
 * @param cacheMaxAge how old the image of an equal capture may be to answer this one, too; null if
 *     it has to be a new one
 */
public record CaptureRequest(
    CaptureSpec capture, Schedule schedule, @Nullable Duration cacheMaxAge) {}
