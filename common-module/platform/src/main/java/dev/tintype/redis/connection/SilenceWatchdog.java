package dev.tintype.redis.connection;

import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts a connection whose peer does not answer, so that Lettuce opens another. The operating system
 * sees a peer that is gone, by keep-alive and user timeout; it does not see one whose kernel goes
 * on to acknowledge while the process is stopped or stuck, nor a proxy that lost its other side.
 *
 * <p>After one silent interval it asks by PING, after a second it cuts. Every Redis answers PING in
 * every state, also to a subscriber, while it loads and before it is told a password: any answer
 * will do.
 *
 * <p>Confined to the channel's event loop.
 */
final class SilenceWatchdog extends IdleStateHandler {
  private static final Logger log = LoggerFactory.getLogger(SilenceWatchdog.class);

  private final Duration interval;
  private boolean asked;
  private @Nullable Object sending;
  private long sent;

  SilenceWatchdog(Duration interval) {
    super(interval.toMillis(), 0, 0, TimeUnit.MILLISECONDS);
    this.interval = interval;
  }

  @Override
  protected void channelIdle(ChannelHandlerContext ctx, IdleStateEvent event) {
    if (event.isFirst()) {
      asked = false;
    }
    if (isSending(ctx.channel())) {
      return;
    }
    if (!asked) {
      asked = true;
      // Through the whole pipeline, where Lettuce pairs the answer with this command.
      ctx.channel()
          .writeAndFlush(new Command<>(CommandType.PING, new StatusOutput<>(StringCodec.ASCII)))
          .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    } else {
      var peer = ctx.channel().remoteAddress();
      ctx.close()
          .addListener(
              closed ->
                  log.warn(
                      "event=redis_silent peer={} limit={}s note=\"cut, to be opened anew\"",
                      peer,
                      interval.multipliedBy(2).toSeconds()));
    }
  }

  /** An image on a slow link leaves no room for an answer before its last byte is out. */
  private boolean isSending(Channel channel) {
    var outbound = channel.unsafe().outboundBuffer();
    Object current = outbound == null ? null : outbound.current();
    long progress = outbound == null ? 0 : outbound.currentProgress();
    boolean moved = current != null && (current != sending || progress != sent);
    sending = current;
    sent = progress;
    return moved;
  }
}
